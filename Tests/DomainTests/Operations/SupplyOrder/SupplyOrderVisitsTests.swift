import Domain
import Foundation
import Testing

/// Several jobs an order: what a closed one asks for, and what the desk sends.
@Suite struct SupplyOrderVisitsTests {
    private let start = SupplyFixture.start
    private let job = SupplyFixture.job

    @Test(
        arguments: [
            ("CON", "CON01", "EXTERNAL"), ("CON", nil, "EXTERNAL"), ("CON", "CON05", "CIVILS"),
            ("CON", "CON09", "CIVILS"), ("REVCON", "REVCON01", "CIVILS"), ("CPR", nil, "EXTERNAL"),
            ("UNF", nil, "EXTERNAL"), ("EXTCON", "EXTCON07", "CIVILS"), ("EXTCON", "EXTCON04", nil),
            ("CIVCOMP", "CIVCOMP01", "REVISIT"), ("CIVCOMP", "CIVCOMP02", "EXTERNAL"), ("EXTCOMP", nil, "REVISIT"),
            ("POP", "POP01", nil), ("NA", nil, nil), ("SP", nil, nil), ("CIVWAY", nil, nil), ("ANYTHING", nil, nil),
        ] as [(String, String?, String?)]
    )
    func `a closed job asks by its codes for the next`(code: String, secondary: String?, next: String?) throws {
        var order = try SupplyFixture.order("in-progress")
        let closure = JobClosure(code: ClosureCode(code), secondary: secondary, isProvisioned: false)

        let effects = try order.hear(.jobClosed(job: job, closure: closure, at: start), at: start)

        #expect(effects.packs.map(\.jobType.rawValue) == (next.map { [$0] } ?? []))
        #expect(effects.packs.allSatisfy { $0.appointment == nil && $0.visit.key == "SO0000012-2" })
    }

    @Test func `works outside leave the order held until they are done, and then the inside follows on its new day`()
        throws
    {
        var order = try SupplyFixture.order("in-progress")
        let fault = JobClosure(code: ClosureCode("CON"), secondary: "CON01", isProvisioned: false)
        let held = try order.hear(.jobClosed(job: job, closure: fault, at: start), at: start)
        #expect(order.stateName == "held")
        #expect(held.updates.map(\.reason) == [.delay])
        let external = ID<InstallationJob>(1_202)
        for event in [JobEvent.accepted, .assigned, .enRoute, .onSite] {
            #expect(try order.hear(.jobEvent(job: external, event: event, at: start), at: start).isEmpty)
        }

        let later = start + 9 * 86_400
        let done = JobClosure(code: ClosureCode("EXTCOMP"), isProvisioned: false)
        let effects = try order.hear(.jobClosed(job: external, closure: done, at: later), at: later)

        #expect(order.stateName == "in-progress")
        #expect(effects.updates.map(\.reason) == [.resumed])
        let revisit = try #require(effects.packs.first)
        #expect(revisit.jobType == .revisit)
        #expect(order.dates?.targetDate == revisit.visit.slot.day)
        #expect(order.dates?.committedDate == SupplyFixture.visit?.slot.day)
    }

    @Test func `EXTCOMP with light was the last job`() throws {
        var order = try SupplyFixture.order("in-progress")

        let effects = try order.hear(
            .jobClosed(job: job, closure: SupplyFixture.closure("EXTCOMP"), at: start),
            at: start
        )

        #expect(order.stateName == "completed")
        #expect(effects.packs.isEmpty)
    }

    @Test func `works that ask for the like of themselves are for people to look at`() throws {
        var order = try SupplyFixture.order("in-progress")
        let fault = JobClosure(code: ClosureCode("CPR"), isProvisioned: false)
        _ = try order.hear(.jobClosed(job: job, closure: fault, at: start), at: start)

        let again = try order.hear(.jobClosed(job: ID(1_202), closure: fault, at: start), at: start)

        #expect(again.packs.isEmpty)
        #expect(order.stateName == "held")
    }

    @Test func `an agreed revisit goes out with its appointment, and the customer is told`() throws {
        var order = try SupplyFixture.order("awaiting-information")
        let slot = try #require(TimeSlot(start: start + 20 * 86_400, end: start + 20 * 86_400 + 3_600))
        let visit = SupplyRequest.AgreedVisit(appointment: ID(9), key: "NEXTKEY", slot: slot)

        let effects = try order.book(.revisit, .init(agreed: visit), at: start)

        #expect(order.stateName == "in-progress")
        #expect(effects.updates.map(\.reason) == [.reappointed])
        #expect(effects.packs.first?.appointment == ID(9))
        #expect(effects.packs.first?.visit == .init(key: "NEXTKEY", slot: slot))
        #expect(order.dates?.targetDate == slot.day)
        #expect(order.visit == visit)
        #expect(try order.cancel(at: start).tellings.contains(.appointment(id: ID(9), input: .cancelled)))
    }

    @Test func `a visit takes the place of a job that nobody took`() throws {
        var order = try SupplyFixture.order("held")
        let slot = try #require(TimeSlot(start: start + 20 * 86_400, end: start + 20 * 86_400 + 3_600))

        let effects = try order.book(.install, .init(onDateOf: slot), at: start)

        #expect(effects.tellings.first == .installationJob(id: job, input: .withdrawn(reason: .reappointed)))
        #expect(effects.updates.map(\.reason) == [.resumed])
        #expect(order.openJob == ID(1_202))
    }

    @Test func `while works are under way no other visit is sent; cancelled, it may be`() throws {
        var order = try SupplyFixture.order("in-progress")
        let fault = JobClosure(code: ClosureCode("CPR"), isProvisioned: false)
        _ = try order.hear(.jobClosed(job: job, closure: fault, at: start), at: start)
        let slot = try #require(TimeSlot(start: start + 20 * 86_400, end: start + 20 * 86_400 + 3_600))

        #expect(throws: Rejection.self) { _ = try order.book(.external, .init(onDateOf: slot), at: start) }
        _ = try order.hear(.jobEvent(job: ID(1_202), event: .cancelled, at: start), at: start)

        #expect(try order.book(.external, .init(onDateOf: slot), at: start).packs.count == 1)
    }

    @Test(arguments: ["received", "acknowledged", "committed", "in-progress", "completed", "cancelled"])
    func `an order that waits for no visit gets none`(state: String) throws {
        var order = try SupplyFixture.order(state)
        let before = order
        let slot = try #require(SupplyFixture.visit?.slot)

        #expect(throws: Rejection.self) { _ = try order.book(.revisit, .init(onDateOf: slot), at: start) }
        #expect(order == before)
    }
}

extension [Effect] {
    fileprivate var packs: [JobPack] {
        tellings.compactMap { telling -> JobPack? in
            guard case .installationJob(_, .dispatched(let pack)) = telling else { return nil }
            return pack
        }
    }
}
