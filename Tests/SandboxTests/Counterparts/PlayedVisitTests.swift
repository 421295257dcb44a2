import Domain
import FoundationEssentials
import Testing

@testable import Sandbox

@Suite struct PlayedVisitTests {
    @Test func `an automatic day is told in order, and closed only when the line gives light`() throws {
        var visit = try Self.visit()
        var now = visit.created
        _ = visit.take(in: .automatic, at: now)

        let told = try Self.play(&visit, steps: 4, from: &now)
        #expect(told == [.assign, .enRoute, .onSite, .scan])
        #expect(visit.state == .waitingForLight)

        #expect(try visit.hear(.provisioningTold(result: 1), at: now).isEmpty)
        let due = try #require(visit.arrived) + 5_400
        #expect(try visit.hear(.provisioningTold(result: 2), at: now) == [.arm(visit.timer(.step), at: due)])

        #expect(try Self.play(&visit, steps: 1, from: &now) == [.close])
        #expect(visit.state == .closed(code: "SP"))
    }

    @Test func `results that overtake the answer to the scan count as well`() throws {
        var visit = try Self.visit()
        var now = visit.created
        _ = visit.take(in: .automatic, at: now)
        _ = try Self.play(&visit, steps: 3, from: &now)
        _ = visit.begin(.scan, number: 9, at: now)
        _ = try visit.hear(.provisioningTold(result: 1), at: now)
        _ = try visit.hear(.provisioningTold(result: 2), at: now)

        let report = try #require(visit.report)
        _ = visit.taken(report, in: .automatic, at: now)

        let arrived = try #require(visit.arrived)
        #expect(visit.state == .planned(event: .close, at: arrived + 5_400))
    }

    @Test func `where nobody opens, nothing is scanned and the code is NA`() throws {
        var visit = try Self.visit(.noAccess)
        var now = visit.created
        _ = visit.take(in: .automatic, at: now)
        #expect(try Self.play(&visit, steps: 4, from: &now) == [.assign, .enRoute, .onSite, .close])
        #expect(visit.state == .closed(code: "NA"))
    }

    @Test func `a declined job has no day`() throws {
        var visit = try Self.visit(.declined)
        #expect(visit.take(in: .automatic, at: visit.created).isEmpty)
        #expect(visit.state == .declined)
    }

    @Test func `by hand nothing happens by itself`() throws {
        var visit = try Self.visit()
        #expect(visit.take(in: .manual, at: visit.created).isEmpty)
        #expect(visit.state == .idle)
    }

    @Test func `what was left to a hand goes on where it was`() throws {
        var visit = try Self.visit()
        var now = visit.created
        _ = visit.take(in: .automatic, at: now)
        _ = try Self.play(&visit, steps: 2, from: &now)
        _ = visit.pause()

        let effects = visit.goOn(at: now)

        let slot = try #require(visit.slot)
        #expect(visit.state == .planned(event: .onSite, at: slot.start))
        #expect(effects == [.arm(visit.timer(.step), at: slot.start)])
    }

    @Test func `an unanswered message is told again a second later under its number`() throws {
        var visit = try Self.visit()
        _ = visit.take(in: .automatic, at: visit.created)
        _ = visit.begin(.assign, number: 7, at: visit.created)
        let before = visit

        #expect(visit.unanswered(at: visit.created) == [.arm(visit.timer(.send), at: visit.created + 1)])
        #expect(visit == before)
        #expect(visit.report?.number == 7)
    }

    @Test func `an automatic engineer whose message is refused stops`() throws {
        var visit = try Self.visit()
        _ = visit.take(in: .automatic, at: visit.created)
        _ = visit.begin(.assign, number: 7, at: visit.created)
        let report = try #require(visit.report)
        #expect(visit.refused(report, because: "-32001: gone") == [.disarm(visit.timer(.send))])
        #expect(visit.state == .stuck(reason: "-32001: gone"))
    }

    @Test func `a refusal of what a hand did leaves the plan as it was`() throws {
        var visit = try Self.visit()
        _ = visit.take(in: .automatic, at: visit.created)
        let planned = visit.state
        _ = visit.begin(.scan, number: 7, byHand: true, at: visit.created)
        let report = try #require(visit.report)
        let slot = try Moments.julySlot()
        let due = try #require(LondonTime.date(slot.day.adding(days: -1), hour: 17))

        #expect(
            visit.refused(report, because: "-32002: not yet")
                == [.disarm(visit.timer(.send)), .arm(visit.timer(.step), at: due)]
        )
        #expect(visit.state == planned)
    }

    @Test func `a job is taken back until the engineer is there`() throws {
        var visit = try Self.visit()
        var now = visit.created
        _ = visit.take(in: .automatic, at: now)
        _ = try Self.play(&visit, steps: 2, from: &now)
        var withdrawn = visit
        _ = try withdrawn.hear(.withdrawn, at: now)
        #expect(withdrawn.state == .cancelled)

        _ = try Self.play(&visit, steps: 1, from: &now)
        let there = visit
        #expect(throws: Rejection.self) { try visit.hear(.withdrawn, at: now) }
        #expect(visit == there)
    }

    @Test func `every visit brings a box of its own, well-formed`() throws {
        let first = try Self.visit(number: 1).device
        let second = try Self.visit(number: 0xBEEF).device
        #expect(first.fsan == "ALCL00000001")
        #expect(second.fsan == "ALCL0000BEEF")
        #expect(first.serialNumber != second.serialNumber)
    }

    // MARK: -

    private static func visit(_ scenario: Scenario = .happy, number: Int64 = 1) throws -> PlayedVisit {
        let slot = try Moments.julySlot()
        return PlayedVisit(
            id: ID(number),
            ref: "J101",
            slot: slot,
            scenario: scenario,
            pace: .timetable,
            at: slot.start - 3 * 86_400
        )
    }

    /// Plays planned steps at their times, each taken by the operator.
    private static func play(_ visit: inout PlayedVisit, steps: Int, from now: inout Date) throws -> [VisitEvent] {
        var told: [VisitEvent] = []
        for number in 1...Int64(steps) {
            let (event, due) = try #require(visit.plannedStep)
            now = due
            _ = visit.begin(event, number: number, at: now)
            let report = try #require(visit.report)
            _ = visit.taken(report, in: .automatic, at: now)
            told.append(event)
        }
        return told
    }
}

extension PlayedVisit {
    var report: VisitReport? {
        guard case .reporting(let report) = state else { return nil }
        return report
    }

    var plannedStep: (event: VisitEvent, due: Date)? {
        guard case .planned(let event, let due) = state else { return nil }
        return (event, due)
    }
}
