import Adapters
import Domain
import Engine
import Formats
import FoundationEssentials
import HTTPTypes
import Hummingbird
import Storage

/// The simulated network desk: hears of tickets by the operator's webhook, and works them through `/operator/v1` with
/// credentials of its own, as any program of the operator's people would (decisions 22, 23).
struct PlayedDesk: Sendable {
    private static let name = "networkDesk"

    let inbox: Inbox
    let store: any Store
    let time: TimeSource
    let ids: IDSource
    let pace: Pace
    let bell: Bell
    let hands: Hands
    let credentials: ClientCredentials
    /// The desk's interface, such as `http://127.0.0.1:8080/operator/v1`.
    let operatorURL: String

    /// `POST …/desk/news`
    @Sendable func receive(request: Request, context: BasicContext) async throws -> ByteResponse {
        let body = try await RequestBody.collect(request)
        let now = time.now()
        let raw = LoggedMessage.letter(
            request,
            body: body,
            to: Self.name,
            contract: "desk",
            operation: "news",
            at: now
        )
        let root = (try? JSONDocument(parsing: body))?.root
        let identity = request.headers[.idempotencyKey] ?? root?["messageID"]?.string
        var letter = Inbox.Letter(addressee: Self.name, raw: raw, identity: identity, body: body)
        guard let root, let bulletin = DeskBulletin(root) else {
            return try await inbox.receive(letter) { _ in
                Inbox.Reply(status: 400, problems: ["an event and maintainerFaultReference are wanted"])
            }
        }
        letter.raw.operation = "desk \(bulletin.event.rawValue)"
        let problems = identity == nil ? ["Idempotency-Key is missing"] : []
        let response = try await inbox.receive(letter) { transaction in
            try learn(bulletin, in: transaction, at: now)
            return Inbox.Reply(status: 204, problems: problems)
        }
        bell.ring()
        return response
    }

    private func learn(_ bulletin: DeskBulletin, in transaction: any Transaction, at now: Date) throws {
        let key = PlayedTicket.referenceLookup
        let known = try transaction.find(PlayedTicket.self, by: key, bulletin.reference, limit: 1).first
        let behaviour = try transaction.behaviour()
        var ticket =
            try known
            ?? PlayedTicket(
                id: ID(transaction.draw("playedTicket")),
                reference: bulletin.reference,
                scenario: behaviour.scenario,
                pace: pace,
                at: now
            )
        try transaction.keep(&ticket, at: now) {
            try $0.hear(.told(bulletin: bulletin, mode: behaviour.networkDesk), at: now)
        }
    }

    // MARK: What the desk does

    /// Plays what a timer of a ticket stands for; its hands are taken.
    func act(_ id: ID<PlayedTicket>, _ alarm: PlayedTicket.Alarm) async throws {
        let now = time.now()
        let requestID = ids.messageID(at: now).rawValue
        let begun = try await store.write { transaction -> PlayedTicket? in
            guard var ticket = try transaction.find(id) else { return nil }
            guard try transaction.isArmed(ticket.timer(alarm), dueBy: now) else { return nil }
            switch (alarm, ticket.state) {
            case (.step, .planned(let event, _)):
                guard try transaction.behaviour().networkDesk == .automatic else {
                    try transaction.keep(&ticket, at: now) { $0.pause() }
                    return nil
                }
                try transaction.keep(&ticket, at: now) { $0.begin(event, requestID: requestID, at: now) }
                return ticket
            case (.send, .reporting):
                return ticket
            case (_, _):
                try transaction.disarm(ticket.timer(alarm))
                return nil
            }
        }
        if let begun { try await tell(begun, isRepeat: alarm == .send) }
    }

    /// Does one thing by hand, and says what the operator made of it.
    ///
    /// - Parameter body: JSON for the operator, as it stands; `nil` for the desk's own words.
    func perform(_ event: DeskStep, on reference: String, body: String?) async throws {
        let found = try await store.read {
            try $0.find(PlayedTicket.self, by: PlayedTicket.referenceLookup, reference, limit: 1)
        }
        guard let id = found.first?.id else {
            throw CounterpartRefusal(.notFound, "The network desk has no ticket \(reference).")
        }
        let entity = EntityRef(kind: .playedTicket, number: id.number)
        guard hands.take(entity) else { throw CounterpartRefusal(.conflict, "The desk is telling something else.") }
        defer {
            hands.release(entity)
            bell.ring()
        }
        let now = time.now()
        let requestID = ids.messageID(at: now).rawValue
        let begun = try await store.write { transaction -> PlayedTicket? in
            guard var ticket = try transaction.find(id) else { return nil }
            if case .reporting = ticket.state { return nil }
            try transaction.keep(&ticket, at: now) {
                $0.begin(event, requestID: requestID, body: body, byHand: true, at: now)
            }
            return ticket
        }
        guard let begun else { throw CounterpartRefusal(.conflict, "An earlier request is not answered yet.") }
        switch try await tell(begun, isRepeat: false) {
        case .taken: break
        case .refused(let reason): throw CounterpartRefusal(.conflict, reason)
        case .unanswered(let reason): throw CounterpartRefusal(.unreachable, reason)
        }
    }

    /// From now on by itself: takes up what was left to a hand.
    func takeUp(in transaction: any Transaction, at now: Date) throws {
        var last: Int64 = 0
        while true {
            let page = try transaction.list(PlayedTicket.self, of: nil, inState: "idle", after: last, limit: 500)
            guard let end = page.last else { return }
            for var ticket in page { try transaction.keep(&ticket, at: now) { $0.goOn(at: now) } }
            last = end.id.number
        }
    }

    /// Sends what is being told, and writes down what became of it.
    ///
    /// - Parameter isRepeat: it may have arrived before. Then a conflict says only that it was done already.
    @discardableResult
    private func tell(_ ticket: PlayedTicket, isRepeat: Bool) async throws -> Reception {
        guard case .reporting(let report) = ticket.state else { return .taken }
        let (reception, status) = await send(report, of: ticket)
        let wasDone = isRepeat && status == 409
        let now = time.now()
        let id = ticket.id
        try await store.write { transaction in
            guard var ticket = try transaction.find(id) else { return }
            let mode = try transaction.behaviour().networkDesk
            try transaction.keep(&ticket, at: now) { ticket in
                switch reception {
                case .taken: ticket.taken(report, in: mode, at: now)
                case .refused where wasDone: ticket.taken(report, in: mode, at: now)
                case .refused(let reason): ticket.refused(report, because: reason, in: mode, at: now)
                case .unanswered: ticket.unanswered(at: now)
                }
            }
        }
        return reception
    }

    private func send(_ report: DeskReport, of ticket: PlayedTicket) async -> (Reception, status: Int?) {
        let request = OutboundRequest(
            url: "\(operatorURL)/fault-reports/\(ticket.reference)/\(report.event.rawValue)",
            headers: [
                ("Content-Type", "application/json"), ("Accept", "application/json"),
                ("X-Request-ID", report.requestID), ("X-Conversation-ID", ticket.reference),
            ],
            body: report.spelt(for: ticket)
        )
        switch await credentials.send(request) {
        case .success(let answer): return (Reception(restStatus: answer.status, body: answer.body), answer.status)
        case .failure(let failure): return (.unanswered(reason: failure.text), nil)
        }
    }
}
