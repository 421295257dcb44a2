import Adapters
import Domain
import Engine
import FoundationEssentials
import Hummingbird
import Logging
import Storage

/// The simulated installation partner: a partner's own house in small, with its book, its server and its client, and an
/// engineer who lives by the book (decisions 22, 23). It knows the operator by its address and its certificate.
struct Installer: Sendable {
    /// As the operator is called here.
    static let dispatcher: DispatcherID = "OPERATOR"

    /// The partner's house, on the counterparts' store.
    let book: Exchange
    let delivery: Delivery
    let bell: Bell
    private let onlookers = Onlookers()
    private let reception: DispatchReception

    /// - Parameters:
    ///   - call: under the partner's certificate.
    ///   - operatorURL: the operator's address, such as `https://localhost:8081/prod/ftth-installer`.
    ///   - access: with which certificate the operator comes.
    init(
        store: any Store,
        time: TimeSource,
        ids: IDSource,
        activity: Activity,
        pace: Pace,
        bell: Bell,
        call: OutboundCall,
        operatorURL: String,
        access: MutualTLSTerms,
        logger: Logger
    ) {
        let terms = DispatcherTerms(access: access, endpoint: Endpoint(url: operatorURL))
        let directory = Directory([
            Party(id: ID(1), role: .dispatcher(id: Self.dispatcher, terms: terms), at: time.now())
        ])
        book = Exchange(store: store, time: time, ids: ids, directory: directory, activity: activity) {
            DispatchReception.spell($0, to: $1, from: $2, $3) ?? Spelling(contentType: "", body: [])
        }
        let party = InboxParty.installer.rawValue
        let courier = DispatcherCourier(directory: directory, call: call, name: party)
        delivery = Delivery(
            exchange: book,
            logger: logger,
            concluded: { [onlookers] in onlookers.tried($0.content.entity) }
        ) {
            recipient in
            guard case .dispatcher = recipient else { return nil }
            return courier
        }
        reception = DispatchReception(
            exchange: book,
            keeping: BookKeeping(
                name: party,
                number: { "INST-\($0)" },
                admit: { change, _, _ in try Self.admission(change) },
                heard: { try Self.follow($1, pace: pace, in: &$0) },
                verdict: { Verdict(status: $0, isDuplicate: $1, problems: $2).json }
            )
        )
        self.bell = bell
    }

    /// Its server, for the operator's certificate.
    func addRoutes(to router: Router<BasicContext>) {
        let routes = router.authenticated(
            RouterPath(InboxParty.installer.rawValue),
            as: DispatcherContext.self,
            by: MutualTLSAuthentication(
                .dispatcher,
                directory: book.directory,
                unauthorised: Installation.unauthorised
            )
        )
        reception.addRoutes(to: routes.add(middleware: RingAfterwards(bell: bell)))
    }

    // MARK: What the operator sends

    /// By hand, the first message brings the number (X-29, decision 22); in silence there is none.
    private static func admission(_ change: Change) throws -> WorkOrder.Admission {
        let behaviour = try change.find(KeptBehaviour.only)?.behaviour ?? Behaviour()
        switch (behaviour.scenario, behaviour.installer) {
        case (.declined, _): return .declined(reason: "No engineer is free on that day.")
        case (.silence, _), (_, .manual): return .pending
        case (_, .automatic): return .accepted
        }
    }

    /// The engineer reads the book after each dispatch.
    private static func follow(_ order: WorkOrder, pace: Pace, in change: inout Change) throws {
        let id = PlayedVisit.id(of: order)
        guard try change.find(id) == nil else {
            try change.decide(id) { $0.goOn(in: order, at: $1) }
            return
        }
        let behaviour = try change.find(KeptBehaviour.only)?.behaviour ?? Behaviour()
        var visit = PlayedVisit(of: order, scenario: behaviour.scenario, pace: pace, at: change.now)
        let effects = behaviour.installer == .automatic ? visit.takeUp(order, at: change.now) : []
        try change.found(visit, effects)
    }

    // MARK: What the engineer does

    /// Does what a timer of a visit stands for: in the book, and with the message about it, in one commit.
    func act(_ id: ID<PlayedVisit>) async throws {
        try await book.change(Cause("engineer", by: "installer")) { change in
            guard let visit = try change.find(id) else { return }
            let isAutomatic = try change.find(KeptBehaviour.only)?.behaviour.installer != .manual
            guard isAutomatic else {
                try change.decide(id) { visit, _ in visit.pause() }
                return
            }
            let order = try change.require(visit.order)
            // By the book as it is now: it may have gone on by hand since.
            let planned = try change.decide(id) { $0.goOn(in: order, at: $1) }
            guard let event = planned.due(at: change.now) else { return }
            let words = visit.story.words(for: event, in: order)
            let done = try change.decide(visit.order) { try $0.play(event, words, at: $1) }
            try change.decide(id) { visit, now in
                visit.did(done)
                return visit.goOn(in: done, at: now)
            }
        }
    }

    /// Does one thing by hand, and says what the operator made of it.
    func perform(_ event: VisitEvent, on ref: String, _ words: VisitWords) async throws {
        let key = WorkOrder.referenceKey(ref, of: Self.dispatcher)
        let found = try await book.read { try $0.find(WorkOrder.self, by: WorkOrder.referenceLookup, key, limit: 1) }
        guard let known = found.first else { throw CounterpartRefusal(.notFound, "The installer has no job \(ref).") }
        defer { bell.ring() }
        try await onlookers.watching(known.ref) { attempts in
            let told = try await write(event, words, to: known.id)
            guard let told else { return }
            // Where nobody delivers by himself, as in a test.
            _ = await delivery.step()
            for await _ in attempts {
                guard let reception = try await reception(of: told, in: known.id) else { return }
                switch reception {
                case .taken, .untold: return
                case .refused(_, let reason), .givenUp(let reason): throw CounterpartRefusal(.conflict, reason)
                case .underWay:
                    throw CounterpartRefusal(.unreachable, "The operator gave no answer; it is told again by itself.")
                }
            }
        }
    }

    /// - Returns: the number of the message about it; `nil` if there is none, for it was told before.
    private func write(_ event: VisitEvent, _ words: VisitWords, to id: ID<WorkOrder>) async throws -> Int64? {
        do {
            return try await book.change(Cause("job \(event.rawValue)", by: "hand")) { change in
                let before = try change.require(id)
                guard !before.steps.contains(where: { $0.reception == .underWay }) else {
                    throw CounterpartRefusal(.conflict, "An earlier message is not answered yet.")
                }
                let order = try change.decide(id) { try $0.play(event, words, at: $1) }
                try change.decide(PlayedVisit.id(of: order)) { $0.goOn(in: order, at: $1) }
                return order.reports > before.reports ? order.reports : nil
            }
        } catch let rejection as Rejection {
            // In the words that the operator would use.
            let code = rejection.code == .illegalTransition ? "-32002: " : ""
            throw CounterpartRefusal(.conflict, code + rejection.message)
        }
    }

    private func reception(of sequence: Int64, in id: ID<WorkOrder>) async throws -> WorkOrderStep.Reception? {
        try await book.read { try $0.find(id) }?.steps.last { $0.sequence == sequence }?.reception
    }

    /// From now on by itself: takes up what was left to a hand.
    func takeUp(in transaction: any Transaction, at now: Date) throws {
        var last: Int64 = 0
        while true {
            let page = try transaction.list(PlayedVisit.self, of: nil, inState: "idle", after: last, limit: 500)
            guard let end = page.last else { return }
            for var visit in page {
                guard let order = try transaction.find(visit.order) else { continue }
                try transaction.keep(&visit, at: now) { $0.takeUp(order, at: now) }
            }
            last = end.id.number
        }
    }
}

/// Has the stage look again once a dispatch is answered: it may have left the engineer something to do.
private struct RingAfterwards: RouterMiddleware {
    typealias Context = DispatcherContext

    let bell: Bell

    func handle(
        _ request: Request,
        context: DispatcherContext,
        next: (Request, DispatcherContext) async throws -> Response
    ) async throws -> Response {
        defer { bell.ring() }
        return try await next(request, context)
    }
}
