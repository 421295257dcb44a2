import Domain
import Foundation
import Testing

@Suite struct LineTestTests {
    private let start = SupplyFixture.start

    private func test(_ problem: ProblemType) -> LineTest {
        LineTest(
            id: ID(5),
            customer: "GATEWAY",
            tenant: "TENANT1",
            customerReference: "9",
            conversation: "conversation-1",
            serviceID: "S1000001",
            problemType: problem,
            specification: ServiceSpecification(id: "ftthl2r"),
            characteristics: [],
            pace: .timetable,
            at: start
        )
    }

    @Test(arguments: [
        (ProblemType.outage, TestResult.Outcome.red), (.performance, .amber), (.stability, .green), (.cpe, .green),
        (.customer, .green), (.synchronisation, .green),
    ])
    func `an outage is red, slowness is amber, all else is well`(
        problem: ProblemType,
        outcome: TestResult.Outcome
    ) throws {
        var test = test(problem)
        #expect(test.startedEffects == [.arm(test.timer(.measured), at: start)])

        let effects = try test.wake(.measured, at: start)

        #expect(effects.updates.map(\.reason) == [.completed])
        #expect(effects.updates.map(\.sequence) == [1])
        guard case .completed(let result) = test.state else {
            Issue.record("not completed")
            return
        }
        #expect(result.outcome == outcome)
        #expect(result.raiseProblem == (outcome != .green))
        #expect(result.validUntil == start + 2 * 3_600)
    }

    @Test func `a line that cannot be measured ends the test, and its customer is told`() throws {
        var test = test(.outage)
        let effects = try test.hear(.abandoned(reason: "The tester is down."), at: start)
        #expect(test.stateName == "failed")
        #expect(effects.updates.map(\.reason) == [.terminated])
        #expect(effects.updates.first?.problemCode == .networkUnavailable)
    }

    @Test func `a test is measured once`() throws {
        var test = test(.outage)
        _ = try test.wake(.measured, at: start)
        #expect(try test.wake(.measured, at: start).isEmpty)
        #expect(try test.hear(.abandoned(reason: "r"), at: start).isEmpty)
    }
}
