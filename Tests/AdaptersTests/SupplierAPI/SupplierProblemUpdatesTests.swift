import Domain
import Engine
import Foundation
import HTTPTypes
import Storage
import Testing

@testable import Adapters

/// What a native supplier says of problems at the gateway's door (G-092, G-093): understood, put in order, or refused.
@Suite struct SupplierProblemUpdatesTests {
    /// A problem of TENANT1 with DUMMY_SUPPLIER, on its way.
    private func raise(_ bench: SupplyBench) async throws -> Int64 {
        let id = try await bench.exchange.draw(ServiceProblem.self)
        try await bench.exchange.change(Cause("test", by: "test")) { change in
            let (problem, effects) = try NativeBench.problem(id, at: change.now)
            try change.found(problem, effects)
        }
        return id.number
    }

    private func post(
        _ bench: SupplyBench,
        _ body: String,
        as supplier: String = "DUMMY_SUPPLIER"
    ) async throws -> SupplyAnswer {
        try await bench.send(.post, "/supplier/v1/kcis", body, as: supplier, audience: .supplierAPI)
    }

    private func update(
        _ problem: Int64,
        _ reason: String,
        sequence: Int = 1,
        tenant: String = "TENANT1",
        _ more: String = ""
    ) -> String {
        """
        {"id":"01890000-0000-7000-8000-00000000000\(sequence)","sequenceNumber":\(sequence),\
        "issuedOn":"2026-03-02T09:00:00Z","reasonCode":"\(reason)","serviceProblem":{"id":\(problem),\
        "tenant":"\(tenant)","supplierReference":"P-1"\(more)}}
        """
    }

    private static let resolution = """
        ,"resolution":{"id":"R-1","resolutionCode":"FIBRE_FAULT","resolutionCategory":"FAULTY_EQUIPMENT",\
        "resolutionText":"Splice mended","supplierCodes":["FR"],"faultCode":["DAMAGED_ONT"],\
        "slaViolation":["EXCEEDED_SLA_TIME_TO_REPAIR"]}
        """

    @Test func `an update moves the problem, and a repeat of it changes nothing`() async throws {
        try await SupplyBench.run { bench async throws in
            let problem = try await raise(bench)
            #expect(try await post(bench, update(problem, "ACKNOWLEDGED")).status == 204)
            let before = try await bench.outbox(.serviceProblem, problem).count

            #expect(try await post(bench, update(problem, "ACKNOWLEDGED")).status == 204)

            #expect(try await bench.outbox(.serviceProblem, problem).count == before)
            #expect(try await bench.census(.serviceProblem) == ["ACKNOWLEDGED": 1])
        }
    }

    @Test func `updates that come out of order are put in order`() async throws {
        try await SupplyBench.run { bench async throws in
            let problem = try await raise(bench)
            #expect(try await post(bench, update(problem, "CONFIRM", sequence: 3, Self.resolution)).status == 204)
            #expect(try await post(bench, update(problem, "COMMITTED", sequence: 2)).status == 204)
            #expect(try await bench.census(.serviceProblem) == ["RECEIVED_BY_GATEWAY": 1])

            #expect(try await post(bench, update(problem, "ACKNOWLEDGED")).status == 204)

            let told = try await bench.outbox(.serviceProblem, problem).map(\.content.message.operation)
            #expect(told.dropFirst() == ["KCI UPDATE", "KCI ACKNOWLEDGED", "KCI COMMITTED", "KCI CONFIRM"])
            let stored = try await bench.exchange.read { try $0.find(ID<ServiceProblem>(problem)) }
            let resolution = try #require(stored?.resolution)
            #expect(resolution.reference == "R-1")
            #expect(resolution.code == "FIBRE_FAULT")
            #expect(resolution.findings?.faultCodes == ["DAMAGED_ONT"])
            #expect(resolution.supplierCodes == ["FR"])
        }
    }

    @Test func `what is missing is waited for five seconds`() async throws {
        try await SupplyBench.run { bench async throws in
            let problem = try await raise(bench)
            #expect(try await post(bench, update(problem, "COMMITTED", sequence: 2)).status == 204)

            await bench.advance(by: 5)

            #expect(try await bench.census(.serviceProblem) == ["IN_PROGRESS": 1])
        }
    }

    @Test func `the supplier's reference alone finds the problem`() async throws {
        try await SupplyBench.run { bench async throws in
            let problem = try await raise(bench)
            #expect(try await post(bench, update(problem, "ACKNOWLEDGED")).status == 204)
            let body = update(problem, "COMMITTED", sequence: 2).replacing(#""id":\#(problem),"#, with: "")

            #expect(try await post(bench, body).status == 204)
            #expect(try await bench.census(.serviceProblem) == ["IN_PROGRESS": 1])
        }
    }

    @Test func `an unknown problem, another supplier's and another tenant's are equally absent`() async throws {
        try await SupplyBench.run { bench async throws in
            let problem = try await raise(bench)
            let answers = [
                try await post(bench, update(problem + 1, "COMPLETED")),
                try await post(bench, update(problem, "COMPLETED"), as: "OTHER_SUPPLIER"),
                try await post(bench, update(problem, "COMPLETED", tenant: "RIVAL")),
            ]

            #expect(answers.map(\.status) == [404, 404, 404])
            #expect(Set(answers.flatMap(\.messages)).count == 1)
            #expect(try await bench.census(.serviceProblem) == ["RECEIVED_BY_GATEWAY": 1])
        }
    }

    @Test func `a decision about a request that nobody made is refused, and changes nothing`() async throws {
        try await SupplyBench.run { bench async throws in
            let problem = try await raise(bench)
            let body = update(problem, "AMENDED")
                .replacing(#""serviceProblem""#, with: #""serviceProblemAmendmentId":1,"serviceProblem""#)

            #expect(try await post(bench, body).status == 422)
            #expect(try await bench.census(.serviceProblem) == ["RECEIVED_BY_GATEWAY": 1])
        }
    }

    @Test(arguments: [
        (#","resolution":{"id":"../../secrets"}"#, "/serviceProblem/resolution/id"),
        (#","resolution":{"resolutionText":"Done"}"#, "/serviceProblem/resolution/id"),
        ("", "/serviceProblem/resolution"),
        (
            #","resolution":{"id":"R-1","faultCode":["\#(String(repeating: "X", count: 51))"]}"#,
            "/serviceProblem/resolution/faultCode/0"
        ),
    ])
    func `a resolution that could not be answered is refused with its pointer`(
        more: String,
        pointer: String
    ) async throws {
        try await SupplyBench.run { bench async throws in
            let problem = try await raise(bench)

            let answer = try await post(bench, update(problem, "CONFIRM", more))

            #expect(answer.status == 400)
            #expect(answer.pointers == [pointer])
            #expect(try await bench.census(.serviceProblem) == ["RECEIVED_BY_GATEWAY": 1])
        }
    }

    @Test func `a status that nobody knows moves nothing, and is noted`() async throws {
        try await SupplyBench.run { bench async throws in
            let problem = try await raise(bench)

            #expect(try await post(bench, update(problem, "UPDATE", #","status":"ON_FIRE""#)).status == 204)

            #expect(try await bench.census(.serviceProblem) == ["SENT_TO_SUPPLIER": 1])
        }
    }
}
