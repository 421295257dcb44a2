import Domain
import Engine
import Foundation
import HTTPTypes
import Storage
import Testing

@testable import Adapters

/// When a request is the same request again (issue 15, §3.1).
@Suite struct TenantRepeatTests {
    private static let members = [
        #""orderType":"CEASE""#, #""supplier":"DUMMY_SUPPLIER""#, #""serviceId":"S1000001""#,
        #""requestedCompletionDate":"2026-03-09""#,
    ]

    @Test(arguments: [
        "{\(members.reversed().joined(separator: ","))}",
        "{\n  \(members.joined(separator: ",\n  "))\n}",
        "{\(members.joined(separator: ","))}".replacingOccurrences(of: "CEASE", with: #"CE\u0041SE"#),
    ])
    func `the same members in another order or spelling are the same request`(again: String) async throws {
        try await TenantBench.run { bench in
            let order = "{\(Self.members.joined(separator: ","))}"
            let first = try await bench.send(.post, "/v1/service-orders", order, request: "r-1")

            let second = try await bench.send(.post, "/v1/service-orders", again, request: "r-1")

            #expect(first.status == 201)
            #expect(second.status == 201)
            #expect(second.body == first.body)
            #expect(try await bench.census(.serviceOrder) == ["RECEIVED_BY_GATEWAY": 1])
        }
    }

    @Test func `a member that nobody knows is part of the request`() async throws {
        try await TenantBench.run { bench in
            let order = TenantSample.order(#","x":{"a":1,"b":2}"#)
            let first = try await bench.send(.post, "/v1/service-orders", order, request: "r-1")

            let shuffled = TenantSample.order(#","x":{"b":2,"a":1}"#)
            let second = try await bench.send(.post, "/v1/service-orders", shuffled, request: "r-1")
            let other = TenantSample.order(#","x":{"b":2,"a":1.0}"#)
            let third = try await bench.send(.post, "/v1/service-orders", other, request: "r-1")

            #expect(second.body == first.body)
            #expect(third.status == 422)
        }
    }

    @Test func `an answer that the build before stored by the body's bytes is given again`() async throws {
        try await TenantBench.run { bench in
            let body = Array(TenantSample.order().utf8)
            let stored = StoredAnswer(
                status: 201,
                contentType: "application/json",
                body: Array(#"{"id":7}"#.utf8),
                bodyHash: Hex.sha256(body)
            )
            let key = IdempotencyKey(
                scope: "tenant/TENANT1 POST /v1/service-orders",
                key: "r-1",
                bodyHash: Hex.sha256(body)
            )
            _ = try await bench.exchange.answer(key, Cause("test", by: "test")) { _ in stored }

            let answer = try await bench.send(.post, "/v1/service-orders", TenantSample.order(), request: "r-1")
            let other = TenantSample.order(#","notes":"other""#)
            let refused = try await bench.send(.post, "/v1/service-orders", other, request: "r-1")

            #expect(answer.body == #"{"id":7}"#)
            #expect(refused.status == 422)
            #expect(try await bench.census(.serviceOrder).isEmpty)
        }
    }

    @Test func `the refusal of a key that was used names the earlier request`() async throws {
        try await TenantBench.run { bench in
            _ = try await bench.send(.post, "/v1/service-orders", TenantSample.order(), request: "r-1")

            let other = TenantSample.order(#","notes":"other""#)
            let answer = try await bench.send(.post, "/v1/service-orders", other, request: "r-1")

            #expect(answer.body.contains("r-1 was used for another request at 2026-03-02T09:00:00Z."))
        }
    }

    @Test(arguments: [
        "/v1/service-orders/", "/v1//service-orders", "//v1/service-orders", "/v1/service-orders//",
    ])
    func `a path with an empty part is no path, and starts nothing`(path: String) async throws {
        try await TenantBench.run { bench in
            let posted = try await bench.send(.post, path, TenantSample.order(), request: "r-1")
            let read = try await bench.get(path)

            #expect(posted.status == 404)
            #expect(read.status == 404)
            #expect(posted.code == "NOT_FOUND")
            #expect(try await bench.census(.serviceOrder).isEmpty)
        }
    }

    @Test func `twenty spellings of one appointment at once hold one slot`() async throws {
        try await TenantBench.run { bench in
            let wanted = TenantSample.appointment()
            let spellings = (0..<20).map { String(repeating: " ", count: $0) + wanted }

            let answers = try await withThrowingTaskGroup(of: TenantAnswer.self) { group in
                for spelling in spellings {
                    group.addTask { try await bench.send(.post, "/v1/appointments", spelling, request: "r-1") }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }

            #expect(Set(answers.map(\.body)).count == 1)
            #expect(answers.allSatisfy { $0.status == 201 })
            #expect(try await bench.census(.reservation) == ["held": 1])
        }
    }
}
