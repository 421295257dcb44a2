import Domain
import Engine
import Foundation
import Formats
import HTTPTypes
import Storage
import Testing

@testable import Adapters

/// `patchbay lint` finds an error exactly where the gateway refuses a supplier's update (issue 15, §3.2).
@Suite(.timeLimit(.minutes(5))) struct SupplierUpdateLintAgreementTests {
    private static func update(_ reason: String, _ entity: String, _ content: String, _ more: String = "") -> String {
        """
        {"id":"0199a0c2-5d3e-7a31-8a10-5f0c7b1d2e44","issuedOn":"2026-03-02T09:00:00Z","reasonCode":"\(reason)",\
        \(more)"\(entity)":{"id":1,"tenant":"TENANT1",\(content)}}
        """
    }

    static let sources = [
        (
            "order",
            update(
                "COMMITTED",
                "provideServiceOrder",
                #""supplierOrderReference":"SUP-1","committedDate":"2026-03-05","targetDate":"2026-03-09""#
            )
        ),
        (
            "delay",
            update(
                "DELAY",
                "provideServiceOrder",
                #""supplierOrderReference":"SUP-1""#,
                #""problemCode":"CAPACITY_ISSUE","text":"Full","supplierCodes":["X"],"#
            )
        ),
        (
            "test",
            update(
                "COMPLETED",
                "serviceTest",
                #""supplierReference":"T-1","result":{"code":"PASS","text":"Fine","characteristics":[{"name":"LIGHT","value":"-17","unit":"dBm"}]}"#
            )
        ),
        (
            "problem",
            update(
                "RESOLVED",
                "serviceProblem",
                """
                "supplierReference":"P-1","resolution":{"id":"R-1","resolutionCode":"FIBRE_FAULT",\
                "resolutionCategory":"FAULTY_EQUIPMENT","resolutionText":"Splice mended","supplierCodes":["FR"],\
                "faultCode":["DAMAGED_ONT"],"slaViolation":["EXCEEDED_SLA_TIME_TO_REPAIR"]}
                """
            )
        ),
    ].map { SpoiltJSON.Source(name: $0.0, text: $0.1) }

    @Test(arguments: sources)
    func `on an update as it should be, and with any one value wrong`(source: SpoiltJSON.Source) async throws {
        let documents = try [("whole", source.text)] + SpoiltJSON.all(of: source)
        let found = try await Self.disagreements(on: documents)
        #expect(found == [], "\(found.joined(separator: "\n"))")
    }

    private static func disagreements(on documents: [(String, String)]) async throws -> [String] {
        let lint = SupplierUpdateLint(at: SupplyBench.start)
        let found = Found()
        try await SupplyBench.run { bench in
            let order = try await bench.givenOrder()
            let id = try await bench.exchange.draw(ServiceProblem.self)
            try await bench.exchange.change(Cause("test", by: "test")) { change in
                let (problem, effects) = try NativeBench.problem(id, at: change.now)
                try change.found(problem, effects)
            }
            try #require(order == 1 && id.number == 1)
            for (number, (name, whole)) in documents.enumerated() {
                // Each an id of its own, so that none is a repeat of another.
                let text = whole.replacing("5f0c7b1d2e44", with: String(100_000_000_000 + number))
                guard let report = lint.check(Array(text.utf8)) else { continue }
                let answer = try await bench.send(
                    .post,
                    "/supplier/v1/kcis",
                    text,
                    as: "DUMMY_SUPPLIER",
                    audience: .supplierAPI
                )
                // Which orders, tests and problems there are, and in which state they are, only the gateway knows.
                let isRefused = ![204, 404, 409].contains(answer.status)
                if isRefused != (report.count(.error) > 0) {
                    let said = report.findings.filter { $0.severity == .error }.map { "\($0.path) \($0.text)" }
                    await found.add("\(name): lint \(said), server \(answer.status) \(answer.body)")
                }
            }
        }
        return await found.all
    }

    private actor Found {
        var all: [String] = []
        func add(_ text: String) { all.append(text) }
    }
}
