import Domain
import Foundation
import Formats
import HTTPTypes
import Testing

@testable import Adapters

/// `patchbay lint` finds an error exactly where the gateway refuses a tenant's message (issue 15, §3.2).
///
/// KCIs and answers are ours to write, and no server reads them.
@Suite(.timeLimit(.minutes(5))) struct TenantLintAgreementTests {
    static let sources = [
        ("service order", TenantSample.order()), ("modify order", TenantSample.modify()),
        ("cease order", TenantSample.cease()),
        ("ethernet order", TenantEthernetOrderTests.order(["A-END", "B-END"])),
        ("amendment", #"{"orderId":1,"notes":"Ring twice","requestedCompletionDate":"2026-03-20"}"#),
        ("cancellation", #"{"orderId":1,"reasonCode":"OTHER","text":"No longer wanted"}"#),
        ("appointment", TenantSample.appointment()), ("test", TenantSample.test),
        ("problem", TenantSample.problem("PERFORMANCE")),
        ("outage", TenantSample.problem("OUTAGE", #","appointmentReservationId":9"#)),
        ("problem amendment", #"{"serviceProblemId":1,"notes":"Still slow"}"#),
        ("problem cancellation", #"{"serviceProblemId":1,"reasonCode":"OTHER","text":"It works"}"#),
        ("answer to a resolution", #"{"status":"REJECTED","tenantNotes":"Still dark"}"#),
    ].map { SpoiltJSON.Source(name: $0.0, text: $0.1) }

    @Test(arguments: sources)
    func `on a message as it should be, and with any one value wrong`(source: SpoiltJSON.Source) async throws {
        let documents = try [("whole", source.text)] + SpoiltJSON.all(of: source)
        let found = try await Self.disagreements(on: documents)
        #expect(found == [], "\(found.joined(separator: "\n"))")
    }

    @Test func `on the requests that the served document shows`() async throws {
        let document = try #require(PublishedDocument.named("tenant-api.json"))
        let api = try #require(
            DocumentedAPI(ContractDocument(openAPI: document.file, bytes: Array(document.text.utf8)))
        )
        let requests = api.calls.compactMap { call in
            call.operation["requestBody"]?["content"]?["application/json"]?["schema"]
                .map { (call.id, SchemaExample(api: api).text(of: $0)) }
        }
        #expect(requests.count > 8)
        let found = try await Self.disagreements(on: requests)
        #expect(found == [], "\(found.joined(separator: "\n"))")
    }

    @Test(arguments: sources)
    func `the command asks this lint, and no other`(source: SpoiltJSON.Source) throws {
        #expect(SupplierUpdateLint(at: TenantBench.start).check(Array(source.text.utf8)) == nil)
        #expect(try TenantAnswerLint().check(Array(source.text.utf8)) == nil)
    }

    /// Why a gateway refuses a sound message, because it knows more than the message says: a place, and the words.
    private static let knowledge: [(pointerEnds: String, words: String)] = [
        // Which suppliers are the tenant's.
        ("/supplier", "is not a supplier of yours"),
        // Which visits and quotes there are, and what became of them.
        ("/appointmentReservationId", "is unknown, expired, already used or for another purpose"),
        ("/supplierQuoteId", "is unknown, expired or already used"),
        // What the entity is like now.
        ("", "changes nothing"), ("/orderId", "is of an order that has ended: CANCELLED"),
        ("/orderId", "is of an order whose amendment 1 is open"),
        ("/serviceProblemId", "has an amendment or a cancellation that is not decided"),
        ("/serviceProblemId", "names a problem that has ended: CANCELLED"),
    ]

    private static func disagreements(on documents: [(String, String)]) async throws -> [String] {
        let lint = TenantLint(at: TenantBench.start)
        let found = Found()
        try await TenantBench.run { bench in
            let order = try await bench.post("/v1/service-orders", TenantSample.order())
            let problem = try await bench.post("/v1/service-problems", TenantSample.problem("PERFORMANCE"))
            try #require(order.id == 1 && problem.id == 1, "\(order.body) \(problem.body)")
            for (name, text) in documents {
                guard let report = lint.check(Array(text.utf8)), let uri = path(of: report.message.name) else {
                    continue
                }
                let method = uri.contains("resolutions") ? HTTPRequest.Method.patch : .post
                let answer = try await bench.send(method, uri, text)
                guard let isRefused = isRefusedAsADocument(answer) else { continue }
                if isRefused != (report.count(.error) > 0) {
                    let said = report.findings.filter { $0.severity == .error }.map { "\($0.path) \($0.text)" }
                    await found.add("\(name): lint \(said), server \(answer.status) \(answer.body)")
                }
            }
        }
        return await found.all
    }

    /// `nil`: what it knows came first, and it did not judge the document.
    private static func isRefusedAsADocument(_ answer: TenantAnswer) -> Bool? {
        guard answer.status >= 400 else { return false }
        guard let errors = answer.json["errors"] as? [[String: Any]], answer.status != 404 else {
            // Of what is not there, or in another state, or not to be had.
            return [404, 409].contains(answer.status) ? nil : true
        }
        let isKnowledge = errors.allSatisfy { error in
            let (pointer, words) = (error["pointer"] as? String ?? "", error["message"] as? String ?? "")
            return knowledge.contains { pointer.hasSuffix($0.pointerEnds) && words == $0.words }
        }
        return isKnowledge ? nil : true
    }

    private static func path(of message: String) -> String? {
        switch TenantMessage(rawValue: message) {
        case .provideOrder, .modifyOrder, .ceaseOrder: "/v1/service-orders"
        case .ethernetOrder: "/v1/ethernet/service-orders"
        case .amendment: "/v1/service-order-amendments"
        case .cancellation: "/v1/service-order-cancellations"
        case .appointment: "/v1/appointments"
        case .quote: "/v1/quote"
        case .test: "/v1/service-tests"
        case .problem: "/v1/service-problems"
        case .problemAmendment: "/v1/service-problem-amendments"
        case .problemCancellation: "/v1/service-problem-cancellations"
        case .resolutionAnswer: "/v1/service-problem-resolutions/1"
        case .kci, nil: nil
        }
    }

    private actor Found {
        var all: [String] = []
        func add(_ text: String) { all.append(text) }
    }
}
