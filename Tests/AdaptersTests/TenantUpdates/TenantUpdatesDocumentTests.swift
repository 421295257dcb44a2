import Domain
import Engine
import Foundation
import Storage
import Testing

@testable import Adapters

/// Every update is what the Tenant Updates API's document says.
@Suite struct TenantUpdatesDocumentTests {
    private static let document = String(decoding: TenantUpdatesOpenAPI.document.bytes, as: UTF8.self)
    private var check: JSONSchemaCheck {
        get throws { try JSONSchemaCheck(Self.document, definitions: "components/schemas") }
    }

    @Test(arguments: KCIStory.allCases)
    func `each golden update is valid`(story: KCIStory) throws {
        #expect(try check.complaints(about: story.golden, as: "KCI") == [])
    }

    @Test(arguments: KCIStory.allCases)
    func `as it is delivered it is valid too, also once more and after a gap`(story: KCIStory) throws {
        let body = KCIView.stamped(story.golden, on: KCIStory.start, missed: [1, 2], isRedelivered: true)

        #expect(try check.complaints(about: body, as: "KCI") == [])
    }

    @Test func `updates about tests and problems are valid`() async throws {
        try await TenantBench.run { bench in
            let test = try await bench.post("/v1/service-tests", TenantSample.test)
            let result = TestResult(
                outcome: .red,
                code: "NO_LIGHT",
                text: "The ONT is down.",
                raiseProblem: true,
                validUntil: nil
            )
            try await bench.exchange.tell(
                .serviceTest(id: ID(Int64(test.id)), input: .supplierAcknowledged(reference: "T-1", result: result)),
                Cause("reply", by: "house")
            )
            let problem = try await bench.post("/v1/service-problems", TenantSample.problem("CPE"))
            try await bench.exchange.tell(
                .serviceProblem(id: ID(Int64(problem.id)), input: .sendingFailed(reason: "no answer")),
                Cause("reply", by: "house")
            )

            let bodies = try await bench.kcis(.serviceTest, test.id) + bench.kcis(.serviceProblem, problem.id)

            #expect(bodies.count >= 3)
            for body in bodies {
                let complaints = try check.complaints(about: body, as: "KCI")
                #expect(complaints == [], "\(String(decoding: body, as: UTF8.self))")
            }
        }
    }

    @Test func `an update of one type with another's entity is not valid`() throws {
        let golden = String(decoding: KCIStory.ceaseAcknowledged.golden, as: UTF8.self)
        let swapped = golden.replacing(#""entityType":"CEASE_ORDER""#, with: #""entityType":"PROVIDE_ORDER""#)
        let wordless = golden.replacing(#""information":"#, with: #""action":"#)

        #expect(swapped != golden && wordless != golden)
        #expect(try check.complaints(about: Array(swapped.utf8), as: "KCI") != [])
        #expect(try check.complaints(about: Array(wordless.utf8), as: "KCI") != [])
    }
}

extension KCIStory {
    fileprivate var golden: [UInt8] {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/Golden/\(rawValue).json"
        return Array(FileManager.default.contents(atPath: file) ?? Data())
    }
}

extension TenantBench {
    fileprivate func kcis(_ kind: Kind, _ number: Int) async throws -> [[UInt8]] {
        try await outbox(kind, number).filter { $0.content.recipient == .tenant(id: "TENANT1") }.map(\.content.body)
    }
}
