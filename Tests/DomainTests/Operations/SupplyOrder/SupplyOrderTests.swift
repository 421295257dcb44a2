import Domain
import Foundation
import Testing

@Suite struct SupplyOrderTests {
    private let start = SupplyFixture.start
    private let job = SupplyFixture.job

    @Test func `an acknowledged order commits itself to its visit's day and sends a job`() throws {
        var order = SupplyFixture.order()
        let effects = try order.acknowledge(at: start)
        #expect(effects == [.arm(order.timer(.commit), at: start + 60)])

        let committed = try order.wake(.commit, at: start + 60)

        #expect(committed.updates.map(\.reason) == [.committed])
        #expect(order.dates?.committedDate == SupplyFixture.visit?.slot.day)
        #expect(order.dates?.targetDate == SupplyFixture.visit?.slot.day)
        #expect(committed.tellings.map(\.target) == [EntityRef(kind: .installationJob, number: 1_201)])
    }

    @Test func `the pack tells the installer the service, the visit and the pace`() throws {
        var order = SupplyFixture.order()
        _ = try order.acknowledge(at: start)
        let committed = try order.wake(.commit, at: start + 60)
        guard case .installationJob(_, .dispatched(let pack))? = committed.tellings.first else {
            Issue.record("no job was dispatched")
            return
        }
        #expect(pack.serviceID == "S2000012")
        #expect(pack.orderReference == "SO0000012")
        #expect(pack.visit.key == SupplyFixture.visit?.key)
        #expect(pack.appointment == ID(7))
        #expect(pack.pace == .timetable)
    }

    @Test func `an order that needs a visit and has none waits for its customer`() throws {
        var order = SupplyFixture.order(visit: nil)
        _ = try order.acknowledge(at: start)
        let effects = try order.wake(.commit, at: start + 60)
        #expect(order.stateName == "awaiting-information")
        #expect(effects.updates.map(\.reason) == [.reappoint])
        #expect(effects.updates.first?.problemCode == .invalidRequest)
        #expect(effects.tellings.isEmpty)
    }

    @Test func `a line that nobody need visit is switched on, and cannot be cancelled meanwhile`() throws {
        var order = SupplyFixture.order(visit: nil, need: .notNeeded)
        _ = try order.acknowledge(at: start)
        let effects = try order.wake(.commit, at: start + 60)
        #expect(effects.updates.map(\.reason) == [.committed])
        #expect(throws: Rejection.self) { try order.cancel(at: start + 61) }

        let done = try order.wake(.activated, at: start + 500)

        #expect(done.updates.map(\.reason) == [.completed])
        #expect(order.isDone)
    }

    @Test func `a happy order tells its customer COMMITTED and COMPLETED, numbered without a gap`() throws {
        var order = SupplyFixture.order()
        var updates = try order.acknowledge(at: start).updates
        updates += try order.wake(.commit, at: start).updates
        for event in [JobEvent.accepted, .assigned, .enRoute, .onSite, .scanned, .provisioned] {
            updates += try order.hear(.jobEvent(job: job, event: event, at: start), at: start).updates
        }
        updates += try order.hear(.jobClosed(job: job, closure: SupplyFixture.closure("SP"), at: start), at: start)
            .updates

        #expect(updates.map(\.reason) == [.committed, .completed])
        #expect(updates.map(\.sequence) == [1, 2])
    }

    /// SM-04, row by row.
    @Test(
        arguments: [
            ("SP", "completed", "COMPLETED", nil), ("REVCOMP", "completed", "COMPLETED", nil),
            ("EXTCOMP", "completed", "COMPLETED", nil), ("PSP", "partial", "COMPLETED", "INSTALL_FAILED"),
            ("NA", "awaiting-information", "REAPPOINT", "ACCESS_ISSUE"),
            ("RNA", "awaiting-information", "REAPPOINT", "ACCESS_ISSUE"),
            ("REVNA", "awaiting-information", "REAPPOINT", "ACCESS_ISSUE"),
            ("HAZ", "awaiting-information", "REAPPOINT", "SITE_UNSAFE"),
            ("REVHAZ", "awaiting-information", "REAPPOINT", "SITE_UNSAFE"),
            ("MBORC", "awaiting-information", "REAPPOINT", "SUPPLIER_ISSUE"),
            ("FTA", "awaiting-information", "REAPPOINT", "SUPPLIER_ISSUE"),
            ("NAPUV", "held", "DELAY", "ACCESS_ISSUE"), ("CIVWAY", "held", "DELAY", "WAYLEAVE_ISSUE"),
            ("EXTHAZ", "held", "DELAY", "SITE_UNSAFE"),
            ("ASQ", "awaiting-information", "INFORMATION_REQUIRED", "CUSTOMER_CHANGED_MIND"),
            ("REVASQ", "awaiting-information", "INFORMATION_REQUIRED", "CUSTOMER_CHANGED_MIND"),
            ("EXTASQ", "awaiting-information", "INFORMATION_REQUIRED", "CUSTOMER_CHANGED_MIND"),
            ("CON", "held", "DELAY", "FAULT_AT_NODE"), ("REVCON", "held", "DELAY", "FAULT_AT_NODE"),
            ("EXTCON", "held", "DELAY", "FAULT_AT_NODE"), ("CIVCON", "held", "DELAY", "ADDITIONAL_WORK"),
            ("CIVNA", "held", "DELAY", "ADDITIONAL_WORK"), ("CIVQUO", "held", "DELAY", "COST_ISSUE"),
            ("POP", "held", "DELAY", "FAULT_AT_POP"), ("REVPOP", "held", "DELAY", "FAULT_AT_POP"),
            ("EXTPOP", "held", "DELAY", "FAULT_AT_POP"), ("ONT", "held", "DELAY", "FAULT_AT_ONT"),
            ("REVONT", "held", "DELAY", "FAULT_AT_ONT"), ("CPR", "held", "DELAY", "ADDITIONAL_WORK"),
            ("REVCPR", "held", "DELAY", "ADDITIONAL_WORK"), ("UNF", "held", "DELAY", "ADDITIONAL_WORK"),
            ("REVUNF", "held", "DELAY", "ADDITIONAL_WORK"), ("REVASS", "held", "DELAY", "ADDITIONAL_WORK"),
            ("WHATEVER", "held", "DELAY", "INSTALL_FAILED"), ("CIVCOMP", "in-progress", "RESUMED", nil),
            ("NTR", "in-progress", "UPDATE", "APPOINTMENT_NOT_REQUIRED"),
        ] as [(String, String, String, String?)]
    )
    func `a closed job decides what becomes of the order`(
        code: String,
        state: String,
        reason: String,
        problem: String?
    ) throws {
        var order = try SupplyFixture.order("in-progress, under way")

        let effects = try order.hear(.jobClosed(job: job, closure: SupplyFixture.closure(code), at: start), at: start)

        #expect(order.stateName == state)
        #expect(effects.updates.map(\.reason.rawValue) == [reason])
        #expect(effects.updates.first?.problemCode?.rawValue == problem)
        #expect(effects.updates.allSatisfy { !$0.isMisexplained })
        #expect(effects.updates.first?.supplierCodes.first == code)
    }

    @Test func `an engineer who failed to attend is marked for automatic compensation`() throws {
        var order = try SupplyFixture.order("in-progress")
        let effects = try order.hear(.jobClosed(job: job, closure: SupplyFixture.closure("FTA"), at: start), at: start)
        #expect(effects.updates.first?.supplierCodes == ["FTA", "AUTO_COMP"])
    }

    @Test func `civil works done, the next job follows under the next number`() throws {
        var order = try SupplyFixture.order("in-progress")
        let effects = try order.hear(
            .jobClosed(job: job, closure: SupplyFixture.closure("CIVCOMP"), at: start),
            at: start
        )
        #expect(effects.tellings.map(\.target) == [EntityRef(kind: .installationJob, number: 1_202)])

        let late = try order.hear(.jobClosed(job: job, closure: SupplyFixture.closure("SP"), at: start), at: start)

        #expect(late.isEmpty, "the first job has nothing more to say")
        #expect(order.stateName == "in-progress")
    }

    @Test func `SP without light completes the order, and says so`() throws {
        var order = try SupplyFixture.order("in-progress")
        let closure = SupplyFixture.closure("SP", isProvisioned: false)
        let effects = try order.hear(.jobClosed(job: job, closure: closure, at: start), at: start)
        #expect(effects.updates.first?.text == "SP without provisioning.")
    }

    @Test func `a cancelled order takes its job and its visit back`() throws {
        var order = try SupplyFixture.order("committed")
        let effects = try order.cancel(at: start)
        #expect(effects.tellings.map(\.target.kind) == [.installationJob, .appointment])
        #expect(effects.updates.map(\.reason) == [.cancelled])
    }

    @Test func `once the engineer is on the way it is too late to cancel`() throws {
        let before = try SupplyFixture.order("in-progress, under way")
        var order = before
        let refusal = #expect(throws: Rejection.self) { try order.cancel(at: start) }
        #expect(refusal?.code == .illegalTransition)
        #expect(order == before)
    }

    @Test func `an order held for want of an installer resumes when one takes it`() throws {
        var order = try SupplyFixture.order("held")
        let effects = try order.hear(.jobEvent(job: job, event: .accepted, at: start), at: start)
        #expect(order.stateName == "in-progress")
        #expect(effects.updates.map(\.reason) == [.resumed])
    }
}
