import Foundation
import Testing

@testable import Adapters

/// What `patchbay lint` says of a supplier's updates.
@Suite struct SupplierUpdateLintTests {
    private let lint = SupplierUpdateLint(at: SupplyBench.start)

    @Test func `a good update has no findings`() throws {
        let report = try #require(lint.check(Array(Self.update(#""reasonCode":"COMMITTED""#).utf8)))

        #expect(report.message.name == "supplier update")
        #expect(report.findings == [])
    }

    @Test(arguments: [
        (#""reasonCode":"PERHAPS""#, "/reasonCode", "G-093"),
        (#""reasonCode":"DELAY""#, "/reasonCode", "G-077"),
        (#""reasonCode":"UPDATE","serviceTest":{"id":1}"#, "", "G-092"),
        (#""reasonCode":"UPDATE","text":5"#, "/text", "G-092"),
    ])
    func `what is wrong is found, with its place and its clause`(more: String, path: String, clause: String) throws {
        let report = try #require(lint.check(Array(Self.update(more).utf8)))

        #expect(report.findings.contains { $0.path == path && $0.clause == clause }, "\(report.findings)")
        #expect(report.count(.error) > 0)
    }

    @Test func `a completion that names no line, and an update without a number, are warned of`() throws {
        let body = Self.update(#""reasonCode":"COMPLETED""#).replacing(#","sequenceNumber":1"#, with: "")

        let report = try #require(lint.check(Array(body.utf8)))

        #expect(report.findings.map(\.clause).sorted() == ["G-079", "G-092"])
        #expect(report.count(.error) == 0)
    }

    @Test(arguments: [
        (#""reasonCode":"DELAY","problemCode":"CAPACITY_ISSUE""#, "/problemCode"),
        (#""reasonCode":"DELAY","problemCode":"WEATHER""#, "/problemCode"),
        (#""reasonCode":"CANCELLED""#, "/reasonCode"),
    ])
    func `a problem code that explains something else, nothing known or nothing at all is warned of`(
        more: String,
        path: String
    ) throws {
        let report = try #require(lint.check(Array(Self.update(more).utf8)))

        #expect(report.findings.map(\.clause) == ["G-077"])
        #expect(report.findings.map(\.path) == [path])
        #expect(report.count(.error) == 0)
    }

    @Test func `what is no such update is left to others`() {
        #expect(lint.check(Array(TenantSample.order().utf8)) == nil)
    }

    private static func update(_ more: String) -> String {
        """
        {"id":"0199a0c2-5d3e-7a31-8a10-5f0c7b1d2e44","sequenceNumber":1,"issuedOn":"2026-03-02T09:00:00Z",\(more),\
        "provideServiceOrder":{"id":12,"tenant":"TENANT1","supplierOrderReference":"SUP-1","targetDate":"2026-03-09"}}
        """
    }
}
