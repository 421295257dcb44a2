import Adapters
import Domain
import Engine
import Formats
import FoundationEssentials
import HTTPTypes
import Hummingbird
import Storage

/// The simulated installation partner: serves the operator's `createJob`, `cancelJob` and `notifyJob`, and plays the
/// engineer's day back at it (decisions 22, 23). It knows the operator by its address and nothing else.
struct Installer: Sendable {
    let inbox: Inbox
    let store: any Store
    let time: TimeSource
    let pace: Pace
    let bell: Bell
    let hands: Hands
    /// Under the partner's certificate.
    let call: OutboundCall
    /// The operator's address, such as `https://localhost:8081/prod/ftth-installer`.
    let operatorURL: String

    /// `POST …/{method}`
    @Sendable func receive(request: Request, context: BasicContext) async throws -> ByteResponse {
        let body = try await RequestBody.collect(request)
        let method = context.parameters.get("method") ?? ""
        let now = time.now()
        let raw = LoggedMessage.letter(
            request,
            body: body,
            to: InboxParty.installer.rawValue,
            contract: "installation",
            operation: method,
            at: now
        )
        var letter = Inbox.Letter(addressee: InboxParty.installer.rawValue, raw: raw, identity: nil, body: body)
        do {
            let dispatch = try JobDispatch(method: method, body)
            letter.identity = "\(method)/\(dispatch.number)/\(dispatch.ref)"
            let response = try await inbox.receive(letter) { try take(dispatch, in: $0, at: now) }
            bell.ring()
            return response
        } catch let refusal as RPCRefusal {
            return try await inbox.receive(letter) { _ in
                Inbox.Reply(
                    status: refusal.error.code == RPCError.parseError ? 400 : 200,
                    body: RPCReply.failure(refusal),
                    problems: [refusal.error.message]
                )
            }
        }
    }

    // MARK: What the operator sends

    private func take(_ dispatch: JobDispatch, in transaction: any Transaction, at now: Date) throws -> Inbox.Reply {
        let known = try transaction.find(PlayedVisit.self, by: PlayedVisit.refLookup, dispatch.ref, limit: 1).first
        switch dispatch.content {
        case .createJob(let slot, let vendor):
            let behaviour = try transaction.behaviour()
            var visit =
                try known
                ?? PlayedVisit(
                    id: ID(transaction.draw("playedVisit")),
                    ref: dispatch.ref,
                    slot: slot,
                    vendor: vendor,
                    scenario: behaviour.scenario,
                    pace: pace,
                    at: now
                )
            if known == nil {
                try transaction.keep(&visit, at: now) { $0.take(in: behaviour.installer, at: now) }
            }
            if visit.state == .declined { return refuse(dispatch, Self.declined, "No engineer is free on that day.") }
            // By hand, the first message brings the number (X-29, decision 22).
            let number = behaviour.installer == .automatic ? visit.providerJobId : nil
            let answer = JSONWriter.bytes { $0.object { $0.field("providerJobId", number) } }
            return Inbox.Reply(status: 200, body: answer, problems: dispatch.problems)

        case .cancelJob, .notifyJob:
            guard var visit = known else { return refuse(dispatch, -32001, "There is no job \(dispatch.ref) here.") }
            do {
                try transaction.keep(&visit, at: now) { try $0.hear(dispatch.news, at: now) }
                return Inbox.Reply(status: 200, body: RPCReply.empty, problems: dispatch.problems)
            } catch let refusal as Rejection {
                return refuse(dispatch, -32002, refusal.message)
            }
        }
    }

    /// A code of the range that JSON-RPC leaves to servers: the contract has none for it (§3.7 "declined").
    private static let declined = -32000

    private func refuse(_ dispatch: JobDispatch, _ code: Int, _ message: String) -> Inbox.Reply {
        Inbox.Reply(
            status: 200,
            body: RPCReply.failure(.integer(dispatch.number), RPCError(code: code, message: message)),
            problems: dispatch.problems
        )
    }

    // MARK: What the engineer does

    /// Plays what a timer of a visit stands for; its hands are taken.
    func act(_ id: ID<PlayedVisit>, _ alarm: PlayedVisit.Alarm) async throws {
        let now = time.now()
        let begun = try await store.write { transaction -> PlayedVisit? in
            guard var visit = try transaction.find(id) else { return nil }
            guard try transaction.isArmed(visit.timer(alarm), dueBy: now) else { return nil }
            switch (alarm, visit.state) {
            case (.step, .planned(let event, _)):
                guard try transaction.behaviour().installer == .automatic else {
                    try transaction.keep(&visit, at: now) { $0.pause() }
                    return nil
                }
                let number = try transaction.draw(Self.numbers)
                try transaction.keep(&visit, at: now) { $0.begin(event, number: number, at: now) }
                return visit
            case (.send, .reporting):
                return visit
            case (_, _):
                try transaction.disarm(visit.timer(alarm))
                return nil
            }
        }
        if let begun { try await tell(begun) }
    }

    /// Does one thing by hand, and says what the operator made of it.
    func perform(_ event: VisitEvent, on ref: String, _ words: VisitWords) async throws {
        let found = try await store.read { try $0.find(PlayedVisit.self, by: PlayedVisit.refLookup, ref, limit: 1) }
        guard let id = found.first?.id else { throw CounterpartRefusal(.notFound, "The installer has no job \(ref).") }
        let entity = EntityRef(kind: .playedVisit, number: id.number)
        guard hands.take(entity) else {
            throw CounterpartRefusal(.conflict, "The installer is telling something else.")
        }
        defer {
            hands.release(entity)
            bell.ring()
        }
        let now = time.now()
        let begun = try await store.write { transaction -> PlayedVisit? in
            guard var visit = try transaction.find(id) else { return nil }
            if case .reporting = visit.state { return nil }
            let number = try transaction.draw(Self.numbers)
            try transaction.keep(&visit, at: now) {
                $0.begin(event, number: number, words: words, byHand: true, at: now)
            }
            return visit
        }
        guard let begun else { throw CounterpartRefusal(.conflict, "An earlier message is not answered yet.") }
        switch try await tell(begun) {
        case .taken: break
        case .refused(let reason): throw CounterpartRefusal(.conflict, reason)
        case .unanswered(let reason): throw CounterpartRefusal(.unreachable, reason)
        }
    }

    /// From now on by itself: takes up what was left to a hand.
    func takeUp(in transaction: any Transaction, at now: Date) throws {
        var last: Int64 = 0
        while true {
            let page = try transaction.list(PlayedVisit.self, of: nil, inState: "idle", after: last, limit: 500)
            guard let end = page.last else { return }
            for var visit in page { try transaction.keep(&visit, at: now) { $0.goOn(at: now) } }
            last = end.id.number
        }
    }

    private static let numbers = "jsonrpc"

    /// Sends what is being told, and writes down what became of it.
    @discardableResult
    private func tell(_ visit: PlayedVisit) async throws -> Reception {
        guard case .reporting(let report) = visit.state else { return .taken }
        let reception = await send(report, of: visit)
        let now = time.now()
        let id = visit.id
        try await store.write { transaction in
            guard var visit = try transaction.find(id) else { return }
            let mode = try transaction.behaviour().installer
            try transaction.keep(&visit, at: now) { visit in
                switch reception {
                case .taken: visit.taken(report, in: mode, at: now)
                case .refused(let reason): visit.refused(report, because: reason)
                case .unanswered: visit.unanswered(at: now)
                }
            }
        }
        return reception
    }

    private func send(_ report: VisitReport, of visit: PlayedVisit) async -> Reception {
        let request = OutboundRequest(
            url: "\(operatorURL)/\(report.event.method)",
            headers: [("Content-Type", "application/json"), ("Accept", "application/json")],
            body: report.spelt(for: visit)
        )
        switch await call.send(request) {
        case .success(let answer): return Reception(rpcStatus: answer.status, body: answer.body)
        case .failure(let failure): return .unanswered(reason: failure.text)
        }
    }
}

extension JobDispatch {
    /// As the visit's book hears it.
    var news: PlayedVisit.Input {
        switch content {
        case .notifyJob(let result): .provisioningTold(result: result)
        case .createJob, .cancelJob: .withdrawn
        }
    }
}
