import Foundation
import Testing

@testable import Domain

/// Inputs in any order: what must hold always, held by a second, simpler account.
@Suite struct TenancyWalkTests {
    private static let reasons = SupplyUpdate.Reason.allCases

    @Test(arguments: UInt64(1)...300)
    func `whatever a supplier says in whatever order, an order keeps its promises`(seed: UInt64) throws {
        var dice = TenancyDice(state: seed)
        var order = try ServiceOrder.sample()
        var account = Account()
        var requests = Settlements()

        for step in 1...40 {
            let before = order
            let effects = (try? Self.happen(to: &order, &dice, step)) ?? []

            account.take(effects)
            requests.take(effects)
            #expect(requests.isFinal, "a request that is settled stays so")
            #expect(!order.isWaiting || order.openRequest != nil, "who waits knows for what")
            #expect(!order.isTerminal || order.openRequest == nil, "nothing is open after the end")
            #expect((order.early?.updates.count ?? 0) < EarlyUpdates.countMax, "what waits is bounded")
            #expect(account.isWithoutGap, "updates are numbered without a gap")
            #expect(account.count("COMMITTED") <= 1 && account.count("ACKNOWLEDGED") <= 1, "promised once")
            #expect(!before.isTerminal || order.state == before.state, "what has ended does not change again")
            #expect(!before.isTerminal || effects.told.allSatisfy { $0 == "ADDITIONAL" }, "only remarks after the end")
            #expect(before.committedDate == nil || order.committedDate == before.committedDate, "written once")
            #expect(order.log.sequence == account.last, "the counter is what was told")
            #expect(!order.isTerminal || account.ends == 1, "a tenant hears once how it ended")
        }
    }

    /// By which contract a supplier speaks of a problem.
    enum Speech: CaseIterable { case ticket, native }

    @Test(arguments: UInt64(1)...300, Speech.allCases)
    func `whatever a supplier says in whatever order, a problem keeps its promises`(
        seed: UInt64,
        speech: Speech
    ) throws {
        var dice = TenancyDice(state: seed)
        var requests = Requests()
        var problem = try ServiceProblem.sample()
        var account = Account()

        for step in 1...40 {
            let before = problem
            let effects = (try? Self.happen(to: &problem, by: speech, &dice, step)) ?? []

            account.take(effects)
            #expect((problem.early?.updates.count ?? 0) < EarlyUpdates.countMax, "what waits is bounded")
            #expect(account.isWithoutGap, "updates are numbered without a gap")
            #expect(account.count("COMMITTED") <= 1 && account.count("ACKNOWLEDGED") <= 1, "promised once")
            #expect(!before.isTerminal || problem.state == before.state, "what has ended does not change again")
            #expect(!problem.isTerminal || account.ends == 1, "a tenant hears once how it ended")
            #expect(Set(problem.lookups).count == problem.lookups.count, "each resolution is one")
            #expect(!problem.isTerminal || problem.openChange == nil, "what has ended asks for nothing more")
            #expect(!problem.isInterrupted || problem.openChange != nil, "somebody asked for what is pending")
            requests.take(effects, asked: before.openChange?.id, open: problem.openChange?.id)
            #expect(requests.isSound, "each request is decided once, and none is forgotten")
        }
    }

    /// Which requests of the tenant's were decided.
    private struct Requests {
        var asked: Set<ID<ProblemChange>> = []
        var decided: Set<ID<ProblemChange>> = []
        var isSound = true

        mutating func take(_ effects: [Effect], asked before: ID<ProblemChange>?, open: ID<ProblemChange>?) {
            for telling in effects.tellings {
                guard case .problemChange(let id, let input) = telling, input != .taken else { continue }
                isSound = isSound && decided.insert(id).inserted
            }
            if let before { asked.insert(before) }
            isSound = isSound && asked.subtracting(decided).allSatisfy { $0 == open }
        }
    }

    @Test(arguments: UInt64(1)...100)
    func `whatever a supplier says in whatever order, a test keeps its promises`(seed: UInt64) throws {
        var dice = TenancyDice(state: seed)
        var test = try ServiceTest.sample()
        var account = Account()

        for step in 1...20 {
            let before = test
            let number = Int64(step - dice.roll(3))
            let news = SupplierNews.sample(Self.reasons[dice.roll(Self.reasons.count)], number)
            let now = Date.placed + Double(step)
            let effects =
                (try? dice.roll(6) == 0 ? test.wake(.release, at: now) : test.hear(.supplierUpdated(news), at: now))
                ?? []

            account.take(effects)
            #expect((test.early?.updates.count ?? 0) < EarlyUpdates.countMax, "what waits is bounded")
            #expect(account.isWithoutGap, "updates are numbered without a gap")
            #expect(!before.isTerminal || test.state == before.state, "what has ended does not change again")
            #expect(!test.isTerminal || account.ends == 1, "a tenant hears once how it ended")
        }
    }

    /// Mostly news; now and then the tenant asks, or the supplier answers what was asked.
    private static func happen(to order: inout ServiceOrder, _ dice: inout TenancyDice, _ step: Int) throws -> [Effect]
    {
        let now = Date.placed + Double(step)
        let id = ID<ChangeRequest>(Int64(step))
        let notes = OrderChanges(site: SiteNotes(notes: "Ring twice"))
        switch dice.roll(8) {
        case 0: return try order.amend(id, notes, visit: nil, at: now)
        case 1: return try order.cancel(id, because: .other, isSent: dice.roll(4) > 0, at: now)
        case 2, 3:
            let answers: [ServiceOrder.RequestAnswer] = [
                .taken(reference: nil), .taken(reference: nil), .done(reference: nil), .refused(problems: []),
                .failed(reason: "x"),
            ]
            let answer = answers[dice.roll(answers.count)]
            let asked = order.openRequest?.id ?? ID(0)
            return try order.hear(.requestAnswered(request: asked, answer: answer), at: now)
        case 4: return try order.wake(.release, at: now)
        case _: return try order.hear(orderInput(&dice, step), at: now)
        }
    }

    private static func orderInput(_ dice: inout TenancyDice, _ step: Int) -> ServiceOrder.Input {
        let reason = reasons[dice.roll(reasons.count)]
        let replies: [ServiceOrder.Input] = [
            .acknowledged("SUP-1"), .supplierAccepted, .supplierRejected(problems: []), .sendingFailed(reason: "x"),
        ]
        let news = SupplierNews.sample(reason, Int64(step - dice.roll(3)))
        let all = replies + Array(repeating: .supplierUpdated(news), count: 12)
        return all[dice.roll(all.count)]
    }

    private static func happen(
        to problem: inout ServiceProblem,
        by speech: Speech,
        _ dice: inout TenancyDice,
        _ step: Int
    ) throws -> [Effect] {
        let statuses = TicketNews.Status.allCases
        let events: [TicketNews.Event] = [
            .status, .status, .status, .amended, .appointmentConfirmed, .appointmentFailed,
            .appointmentMissed(byEndUser: true),
        ]
        let status = statuses[dice.roll(statuses.count)]
        let news = TicketNews.sample(status, events[dice.roll(events.count)], reason: "\(step - dice.roll(2))")
        let time = Date.placed + Double(step)
        let current = problem.resolution?.id ?? ID(0)
        let open = problem.openChange?.id ?? ID(0)
        let inputs: [(inout ServiceProblem) throws -> [Effect]] = [
            { try $0.hear(.ticketPending, at: time) },
            { try $0.hear(.sendingFailed(reason: "x"), at: time) },
            { try $0.hear(.answerFailed(reason: "x"), at: time) },
            { try $0.answer(current, accepted: true, notes: nil, at: time) },
            { try $0.answer(current, accepted: false, notes: "x", at: time) },
            { try $0.amend(ID(Int64(2_000 + step)), .sample, at: time) },
            { try $0.askToCancel(ID(Int64(2_000 + step)), .sample, at: time) },
            { try $0.hear(.changeTaken(change: open), at: time) },
            { try $0.hear(.changeMade(change: open), at: time) },
            { try $0.hear(.changeRefused(change: open, reason: "x"), at: time) },
            { try $0.hear(.changeUnsent(change: open, reason: "x"), at: time) },
        ]
        let number = ID<Resolution>(Int64(1_000 + step))
        let stands = ServiceProblem.Status.allCases
        var update = SupplierNews.aboutProblem(
            reasons[dice.roll(reasons.count)],
            Int64(step - dice.roll(3)),
            now: stands[dice.roll(stands.count)],
            resolution: "R-\(step - dice.roll(2))",
            as: number
        )
        if dice.roll(2) == 0 { update.problemAmendment = open }
        let heard: ServiceProblem.Input =
            switch speech {
            case .ticket: .ticketUpdated(news, resolution: number)
            case .native: .supplierUpdated(update)
            }
        let replies: [(inout ServiceProblem) throws -> [Effect]] = [
            { try $0.hear(.supplierAcknowledged(reference: "P-1"), at: time) },
            { try $0.wake(.release, at: time) },
            { try $0.hear(heard, at: time) },
        ]
        let native = speech == .native ? replies : []
        let all = inputs + native + Array(repeating: { try $0.hear(heard, at: time) }, count: 10)
        return try all[dice.roll(all.count)](&problem)
    }

    /// What became of the requests, held by a simpler account: after a last word there is no other.
    private struct Settlements {
        private var settled: Set<Int64> = []
        var isFinal = true

        mutating func take(_ effects: [Effect]) {
            for effect in effects {
                guard case .settle(let id, let fate) = effect else { continue }
                isFinal = isFinal && !settled.contains(id.number)
                if case .taken = fate { continue }
                settled.insert(id.number)
            }
        }
    }

    /// What a tenant has been told so far.
    private struct Account {
        var told: [String] = []
        var last: Int64 = 0
        var isWithoutGap = true
        var errors = 0

        mutating func take(_ effects: [Effect]) {
            for sequence in effects.sequences {
                isWithoutGap = isWithoutGap && sequence == last + 1
                last = sequence
            }
            told += effects.told
        }

        func count(_ headline: String) -> Int { told.filter { $0 == headline }.count }

        /// How often it heard that something ended. Sending that fails is told as an error, and is an end too; a
        /// resolution's answer that fails is an error and none.
        var ends: Int {
            let ends = told.filter { ["COMPLETED", "CANCELLED", "TERMINATED"].contains($0) }.count
            return ends == 0 && told.contains("ERROR") ? 1 : ends
        }
    }
}

extension ServiceProblem {
    fileprivate var isInterrupted: Bool { status == .pendingAmendment || status == .pendingCancellation }
}

extension ServiceOrder {
    fileprivate var isWaiting: Bool { status == .pendingAmendment || status == .pendingCancellation }
}
