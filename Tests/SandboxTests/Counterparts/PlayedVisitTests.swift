import Domain
import FoundationEssentials
import Testing

@testable import Sandbox

@Suite struct PlayedVisitTests {
    @Test func `an automatic day follows the book, and is closed only when the line gives light`() throws {
        var day = try PlayedDay()
        #expect(try day.play(steps: 4) == [.assign, .enRoute, .onSite, .scan])
        #expect(day.visit.state == .waiting)

        try day.learn(.provisioned)
        #expect(day.visit.state == .waiting)
        try day.learn(.installSuccessful)

        let arrived = try #require(day.order.arrived)
        #expect(day.visit.state == .planned(event: .close, at: arrived + 5_400))
        #expect(try day.play(steps: 1) == [.close])
        #expect(day.visit.state == .over)
        #expect(day.code == "SP")
    }

    @Test(
        arguments: [
            (Scenario.noAccess, [VisitEvent.assign, .enRoute, .onSite, .close], "NA", nil),
            (.nodeFault, [.assign, .enRoute, .onSite, .close], "CON", "CON04"),
            (.lightOutOfRange, [.assign, .enRoute, .onSite, .close], "POP", "POP03"),
            (.poleNeedsCherryPicker, [.assign, .enRoute, .onSite, .close], "CPR", nil),
            (.cancelledOnTheWay, [.assign, .enRoute, .close], "ASQ", nil),
        ] as [(Scenario, [VisitEvent], String, String?)]
    )
    func `a visit without a scan ends under its code`(
        scenario: Scenario,
        events: [VisitEvent],
        code: String,
        secondary: String?
    ) throws {
        var day = try PlayedDay(scenario)
        #expect(try day.play(steps: events.count) == events)
        #expect(day.code == code)
        #expect(day.report?.secondary == secondary)
        #expect((day.report?.secondaryDescription == nil) == (secondary == nil))
    }

    @Test func `a duplicate is scanned first, and then the engineer's own box`() throws {
        var day = try PlayedDay(.duplicateONT)
        _ = try day.play(steps: 4)
        #expect(day.order.device?.fsan == VisitStory.usedBox.fsan)

        try day.learn(.duplicateDevice)
        #expect(try day.play(steps: 1) == [.scan])
        #expect(day.order.device?.fsan == day.order.ownBox.fsan)
    }

    @Test func `a failure of the head end ends the visit without a line`() throws {
        var day = try PlayedDay(.provisioningFailed)
        _ = try day.play(steps: 4)
        try day.learn(.failed)
        #expect(try day.play(steps: 1) == [.close])
        #expect(day.code == "PSP")
    }

    @Test func `a retry of the head end is waited for`() throws {
        var day = try PlayedDay(.provisioningRetry)
        _ = try day.play(steps: 4)
        try day.learn(.retrying)
        #expect(day.visit.state == .waiting)
    }

    @Test func `a silent installer does nothing at all`() throws {
        let day = try PlayedDay(.silence)
        #expect(day.visit.state == .waiting)
    }

    @Test func `by hand nothing happens by itself, and what was left to a hand goes on where it was`() throws {
        var day = try PlayedDay()
        _ = try day.play(steps: 2)
        #expect(day.visit.pause() == [.disarm(day.visit.timer(.step))])
        #expect(day.visit.state == .idle)
        #expect(day.visit.goOn(in: day.order, at: day.now).isEmpty)

        let effects = day.visit.takeUp(day.order, at: day.now)

        let slot = day.order.pack.visit.slot
        #expect(day.visit.state == .planned(event: .onSite, at: slot.start))
        #expect(effects == [.arm(day.visit.timer(.step), at: slot.start)])
    }

    @Test func `an automatic engineer whose message is refused stops`() throws {
        var day = try PlayedDay()
        _ = try day.play(steps: 1)
        try day.hear(.reportRefused(sequence: 1, code: -32602, reason: "-32602: no"))
        #expect(day.visit.state == .stuck(reason: "-32602: no"))
    }

    @Test func `a refusal of what a hand did leaves the plan as it was`() throws {
        var day = try PlayedDay()
        _ = try day.play(steps: 1)
        let planned = day.visit.state
        _ = try day.order.play(.scan, VisitWords(), at: day.now)
        try day.hear(.reportRefused(sequence: 2, code: -32002, reason: "-32002: not yet"))
        #expect(day.visit.state == planned)
    }

    @Test func `a job that is taken back has no more day`() throws {
        var day = try PlayedDay()
        _ = try day.play(steps: 2)
        _ = try day.order.withdraw(because: .reappointed, text: nil, at: day.now)
        _ = day.visit.goOn(in: day.order, at: day.now)
        #expect(day.visit.state == .over)
    }

    @Test func `every visit brings a box of its own, well-formed`() throws {
        let first = try PlayedDay(number: 1).order.ownBox
        let second = try PlayedDay(number: 0xBEEF).order.ownBox
        #expect(first.fsan == "ALCL00000001")
        #expect(second.fsan == "ALCL0000BEEF")
        #expect(first.serialNumber != second.serialNumber)
    }
}

/// A visit and the book that it lives by, without an operator.
struct PlayedDay {
    var order: WorkOrder
    var visit: PlayedVisit
    var now: Date

    init(_ scenario: Scenario = .happy, number: Int64 = 1) throws {
        let slot = try Moments.julySlot()
        now = slot.start - 3 * 86_400
        order = WorkOrder(
            id: ID(number),
            from: "OPERATOR",
            reference: "J101",
            providerJobId: "INST-\(number)",
            pack: ReceivedPack(
                jobType: .install,
                serviceID: "S2000001",
                orderReference: "O-1",
                productName: nil,
                visit: JobPack.Visit(key: "K", slot: slot),
                customer: .init(name: "Robin Sample", phoneNumber: nil),
                address: .init(uprn: "10090000001", lines: [])
            ),
            admission: .accepted,
            at: now
        )
        visit = PlayedVisit(of: order, scenario: scenario, pace: .timetable, at: now)
        _ = visit.takeUp(order, at: now)
    }

    var report: ClosingReport? {
        switch order.state {
        case .closing(let report, _), .closed(let report): report
        case .open, .declining, .declined, .cancelled: nil
        }
    }

    var code: String? { report?.code.raw }

    /// Plays planned steps at their times, as the installer does.
    mutating func play(steps: Int) throws -> [VisitEvent] {
        var done: [VisitEvent] = []
        for _ in 0..<steps {
            guard case .planned(let event, let due) = visit.state else { return done }
            now = due
            _ = try order.play(event, visit.story.words(for: event, in: order), at: now)
            visit.did(order)
            _ = visit.goOn(in: order, at: now)
            done.append(event)
        }
        return done
    }

    mutating func learn(_ outcome: ProvisioningResult.Outcome) throws {
        _ = try order.learn(HeardResult(outcome: outcome, details: "", at: now), at: now)
        _ = visit.goOn(in: order, at: now)
    }

    mutating func hear(_ input: WorkOrder.Input) throws {
        _ = try order.hear(input, at: now)
        _ = visit.goOn(in: order, at: now)
    }
}
