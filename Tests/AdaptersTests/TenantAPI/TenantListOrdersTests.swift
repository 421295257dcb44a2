import Domain
import Engine
import Foundation
import HTTPTypes
import Testing

@testable import Adapters

/// G-061, N-04: a tenant's own orders, a page at a time.
@Suite struct TenantListOrdersTests {
    private func ids(_ answer: TenantAnswer) -> [Int] {
        ((answer.json["serviceOrders"] as? [[String: Any]]) ?? []).compactMap { $0["id"] as? Int }
    }

    private func place(_ bench: TenantBench, _ count: Int, as tenant: String = "TENANT1") async throws -> [Int] {
        var placed: [Int] = []
        for _ in 0..<count {
            placed.append(try await bench.post("/v1/service-orders", TenantSample.order(), as: tenant).id)
        }
        return placed
    }

    @Test func `pages follow one another without a gap and end`() async throws {
        try await TenantBench.run { bench in
            let placed = try await place(bench, 5)

            let first = try await bench.get("/v1/service-orders?limit=2")
            let second = try await bench.get("/v1/service-orders?limit=2&after=\(first.json["next"] as? Int ?? 0)")
            let third = try await bench.get("/v1/service-orders?limit=2&after=\(second.json["next"] as? Int ?? 0)")

            #expect(ids(first) + ids(second) + ids(third) == placed)
            #expect(third.json["next"] == nil)
        }
    }

    @Test func `another tenant's orders are not there`() async throws {
        try await TenantBench.run { bench in
            let mine = try await place(bench, 2)
            let theirs = try await place(bench, 2, as: "RIVAL")

            #expect(ids(try await bench.get("/v1/service-orders")) == mine)
            #expect(ids(try await bench.get("/v1/service-orders", as: "RIVAL")) == theirs)
        }
    }

    @Test func `orders are found by status, supplier and change`() async throws {
        try await TenantBench.run { bench in
            let placed = try await place(bench, 3)
            bench.clock.move(to: TenantBench.start + 60)
            try await bench.exchange.change(Cause("reply", by: "supplier")) { change in
                try change.tell(.serviceOrder(id: ID(Int64(placed[1])), input: .supplierAccepted))
            }

            let sent = try await bench.get("/v1/service-orders?status=SENT_TO_SUPPLIER")
            let changed = try await bench.get("/v1/service-orders?updatedSince=2026-03-02T09:00:30Z")
            let supplied = try await bench.get("/v1/service-orders?supplier=DUMMY_SUPPLIER")
            let elsewhere = try await bench.get("/v1/service-orders?supplier=OTHER")
            let both = try await bench.get("/v1/service-orders?status=REJECTED&supplier=DUMMY_SUPPLIER")

            #expect(ids(sent) == [placed[1]])
            #expect(ids(changed) == [placed[1]])
            #expect(ids(supplied) == placed)
            #expect(ids(elsewhere).isEmpty && ids(both).isEmpty)
        }
    }

    @Test func `an order in a list is without its updates`() async throws {
        try await TenantBench.run { bench in
            let placed = try await place(bench, 1)

            let list = try await bench.get("/v1/service-orders")
            let read = try await bench.get("/v1/service-orders/\(placed[0])")

            let expected = read.body.replacingOccurrences(of: #","updates":[]"#, with: "")
            #expect(list.body == #"{"serviceOrders":[\#(expected)]}"#)
        }
    }

    @Test func `everything wrong with a query is named at once`() async throws {
        try await TenantBench.run { bench in
            let query = "status=GONE&updatedSince=yesterday&limit=0&after=x&colour=red"
            let answer = try await bench.get("/v1/service-orders?\(query)")

            #expect(answer.status == 422)
            #expect(answer.pointers == ["/after", "/limit", "/status", "/updatedSince"])
        }
    }
}
