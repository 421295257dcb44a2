import Foundation
import Testing

@testable import Domain

/// Each script by itself, compared with the table of `docs/sandbox.md`; and what a tenant does meanwhile.
@Suite struct OrderScriptTests {
    private static let month: TimeInterval = 30 * 86_400

    @Test(arguments: OrderScript.allCases)
    func `a script tells the tenant what the documented table says`(script: OrderScript) throws {
        let documented = try String(contentsOf: Self.document, encoding: .utf8)
        let row = documented.split(separator: "\n").first { $0.hasPrefix("| `\(script.rawValue)` |") }
        let cells = try #require(row, "docs/sandbox.md has no row for \(script.rawValue)").split(separator: "|")
        var stage = try ScriptStage(script)

        try stage.pass(Self.month)

        let told = stage.told.joined(separator: ", ")
        let documentedEnd = cells.dropFirst(2).map { $0.trimmingCharacters(in: .whitespaces) }
        #expect(documentedEnd == [told, stage.order.status.rawValue])
        #expect(stage.refused == [])
    }

    @Test(arguments: OrderScript.allCases)
    func `on the wall's clock a script comes to the same end`(script: OrderScript) throws {
        var slow = try ScriptStage(script)
        var brisk = try ScriptStage(script, isBrisk: true)

        try slow.pass(Self.month)
        try brisk.pass(60)

        #expect(brisk.order.status == slow.order.status)
    }

    @Test func `days are counted from the commitment, and the target is the day`() throws {
        var stage = try ScriptStage(.completes, days: 5)

        try stage.pass(5 * 86_400)
        #expect(stage.order.status == .inProgress)
        #expect(stage.order.committedDate == CivilDate("2026-03-07"))
        try stage.pass(60)

        #expect(stage.order.status == .completed)
        #expect(stage.order.serviceID == "SCR1000001")
    }

    @Test func `what overtakes is put in order, and what is doubled is told once`() throws {
        var disordered = try ScriptStage(.outOfOrder)
        var doubled = try ScriptStage(.doubled)

        try disordered.pass(Self.month)
        try doubled.pass(Self.month)

        #expect(disordered.sent == [1, 3, 2, 4])
        #expect(doubled.sent == [1, 1, 2, 2])
        #expect(doubled.told == ["UPDATE", "ACKNOWLEDGED", "COMMITTED", "COMPLETED"])
    }

    @Test func `an answer ends the tenant's wait, and the order goes on`() throws {
        var stage = try ScriptStage(.informationRequired)
        try stage.pass(86_400)
        #expect(stage.order.status == .pending)

        try stage.amend(71)
        try stage.pass(Self.month)

        #expect(stage.told.suffix(3) == ["UPDATE", "AMENDED", "COMPLETED"])
        #expect(stage.settled.last == .completed)
    }

    @Test func `who asked for another visit is content with nothing else`() throws {
        let slot = try #require(TimeSlot(day: CivilDate(daysSince1970: 20_520), from: "08:00", to: "13:00"))
        let visit = BookedVisit(reservation: ID(9), supplierReference: "SCR-V9", slot: slot)
        var stage = try ScriptStage(.reappoint)
        try stage.pass(86_400)

        try stage.amend(71)
        try stage.pass(Self.month)
        #expect(stage.order.status == .pending)
        try stage.amend(72, visit: visit)
        try stage.pass(Self.month)

        #expect(stage.order.status == .completed)
    }

    /// Those that are over before a tenant can ask, and those that refuse it.
    private static let deaf: Set<OrderScript> = [.rejected, .rejectedLater, .unanswered, .refusesRequests]

    @Test(arguments: OrderScript.allCases.filter { !deaf.contains($0) })
    func `a cancellation at once ends the order`(script: OrderScript) throws {
        var stage = try ScriptStage(script)

        try stage.cancel(72)
        try stage.pass(Self.month)

        #expect(stage.order.isTerminal)
        #expect(stage.order.openRequest == nil)
    }

    @Test func `past the point of no return the tenant is refused, and the order goes on`() throws {
        var stage = try ScriptStage(.pointOfNoReturn)
        try stage.pass(120)

        try stage.amend(71)
        try stage.pass(600)
        try stage.cancel(72)
        try stage.pass(600)
        #expect(stage.told.count { $0 == "RESUBMIT" } == 2)
        #expect(stage.order.status == .inProgress)
        try stage.pass(Self.month)

        #expect(stage.order.status == .completed)
    }

    @Test func `a request that is refused at once is settled at once`() throws {
        var stage = try ScriptStage(.refusesRequests)
        try stage.pass(120)

        try stage.cancel(72)

        #expect(stage.told.last == "RESUBMIT")
        #expect(stage.order.status == .inProgress)
    }

    @Test func `a step that falls due while a request is open waits for its decision`() throws {
        var stage = try ScriptStage(.completes, days: 1)
        try stage.pass(86_400)

        try stage.amend(71)
        try stage.pass(299)
        #expect(stage.order.status == .pendingAmendment)
        try stage.pass(1)

        #expect(stage.told.suffix(3) == ["UPDATE", "AMENDED", "COMPLETED"])
        #expect(stage.refused == [])
    }

    @Test func `who is about to reject an order takes no request about it`() throws {
        var stage = try ScriptStage(.rejectedLater)

        try stage.cancel(72)
        #expect(stage.told.last == "RESUBMIT")
        try stage.pass(Self.month)

        #expect(stage.order.status == .rejected)
    }

    @Test func `an order that names no script is completed the next day`() throws {
        var stage = try ScriptStage(nil)

        try stage.pass(86_400 + 60)

        #expect(stage.order.status == .completed)
    }

    @Test func `a script's words are checked, each with its pointer`() {
        let characteristics = [
            Characteristic(name: "LINE_PROFILE", value: "160/30"), Characteristic(name: "SCRIPT", value: "EXPLODES"),
            Characteristic(name: "SCRIPT_DAYS", value: "061"), Characteristic(name: "SCRIPT", value: "DELAYED"),
        ]

        let problems = ScriptCharacteristics.problems(ofOrder: characteristics)

        #expect(problems.map(\.pointer) == ["/1/value", "/2/value", "/3/name"])
        #expect(ScriptCharacteristics.problems(ofOrder: [Characteristic(name: "SCRIPT_DAYS", value: "60")]) == [])
    }

    private static let document = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "docs/sandbox.md")
}

@Suite struct TestScriptTests {
    private static let ends = ["COMPLETED", "COMPLETED", "COMPLETED", "FAILED", "REJECTED", "COMPLETED"]

    @Test(arguments: zip(TestScript.allCases.filter { $0 != .unanswered }, Self.ends))
    func `a test ends as its script says`(script: TestScript, status: String) throws {
        var test = try ServiceTest.sample()

        _ = try test.hear(script.answer(about: test.id, at: .placed), at: .placed)

        #expect(test.stateName == status)
        #expect(test.isTerminal)
    }

    @Test func `one that never answers is the only one that never answers`() {
        #expect(TestScript.allCases.filter { !$0.answers(attempt: 10) } == [.unanswered])
        #expect(TestScript.allCases.filter { !$0.answers(attempt: 1) } == [.answersLate, .unanswered])
    }
}
