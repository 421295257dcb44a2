import Foundation
import Testing

@testable import Domain

@Suite struct ServiceTestTests {
    @Test func `each step is told, also one that the supplier skips`() throws {
        var test = try ServiceTest.sample()

        let sent = try test.hear(.supplierAcknowledged(reference: "T-1", result: nil), at: .placed)
        let done = try test.hear(.supplierUpdated(.sample(.completed, 1)), at: .placed + 60)

        #expect(sent.told == ["UPDATE"])
        #expect(done.told == ["UPDATE", "COMPLETED"])
        #expect(test.result?.outcome == .red)
        #expect(test.result?.validUntil == .placed + 60 + 2 * 3_600)
    }

    @Test func `a supplier that tests while we wait is done at once`() throws {
        var test = try ServiceTest.sample()

        let effects = try test.hear(.supplierAcknowledged(reference: nil, result: .sample), at: .placed)

        #expect(effects.told == ["UPDATE", "UPDATE", "COMPLETED"])
        #expect(effects.sequences == [1, 2, 3])
    }

    @Test func `a completed test without a result is refused`() throws {
        var test = try ServiceTest.sample(.inProgress)
        var news = SupplierNews.sample(.completed)
        news.result = nil

        #expect(throws: Rejection.self) { try test.hear(.supplierUpdated(news), at: .placed) }
        #expect(test.status == .inProgress)
    }

    @Test func `the supplier is told what it must know`() {
        let worked = [Characteristic(name: "SERVICE_HAS_WORKED", value: "true")]

        #expect(TestRequest.sample(.outage, []).problems.count == 1)
        #expect(TestRequest.sample(.outage, worked).problems.count == 1)
        #expect(TestRequest.sample(.cpe).problems.map(\.message) == ["EQUIPMENT_TYPE is required for CPE"])
        #expect(TestRequest.sample().problems.isEmpty)
    }
}
