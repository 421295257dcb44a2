import Foundation
import HTTPTypes
import Testing

@testable import Adapters

/// Every list of the Tenant API reads the same parameters in the same way (docs/protocols/tenant.md, Lists).
@Suite struct TenantFilterTests {
    static let lists = ["service-orders", "service-problems", "service-tests", "appointments"]

    @Test(arguments: lists)
    func `a line, a day or a moment, a page and several states are parameters of every list`(list: String) async throws
    {
        try await TenantBench.run { bench in
            for query in [
                "serviceId=S1000001", "updatedSince=2026-03-02", "updatedSince=2026-03-02T09:00:00Z",
                "updatedSince=2026-03-02T10:00:00%2B01:00", "limit=1&after=0", "status=&supplier=&after=",
            ] {
                let answer = try await bench.get("/v1/\(list)?\(query)")
                #expect(answer.status == 200, "\(query): \(answer.body)")
                #expect(answer.headers[.gatewayWarning] == nil)
            }
        }
    }

    @Test(arguments: lists)
    func `what is wrong is named alike`(list: String) async throws {
        try await TenantBench.run { bench in
            for (query, pointer) in [
                ("status=GONE", "/status"), ("status=GONE,LOST", "/status"),
                ("updatedSince=yesterday", "/updatedSince"),
                ("updatedSince=2026-02-30", "/updatedSince"), ("after=x", "/after"), ("after=-1", "/after"),
                ("after=%2B1", "/after"), ("after=99999999999999999999", "/after"), ("limit=0", "/limit"),
                ("limit=501", "/limit"), ("supplier=A&supplier=B", "/supplier"),
                ("serviceId=A&serviceId=B", "/serviceId"),
                ("supplier=\(String(repeating: "x", count: 101))", "/supplier"),
            ] {
                let answer = try await bench.get("/v1/\(list)?\(query)")
                #expect(answer.status == 422, "\(query): \(answer.body)")
                #expect(Set(answer.pointers) == [pointer], "\(query): \(answer.body)")
            }
            #expect(try await bench.get("/v1/\(list)?status=%FF").status == 400)
        }
    }

    @Test(arguments: lists)
    func `an unknown parameter is ignored with a warning, and refused for a strict tenant`(list: String) async throws {
        try await TenantBench.run { bench in
            let answer = try await bench.get("/v1/\(list)?colour=red")
            #expect(answer.status == 200)
            #expect(answer.headers[.gatewayWarning] == "/colour is unknown and was ignored")
        }
        try await TenantBench.run(strict: true) { bench in
            let answer = try await bench.get("/v1/\(list)?colour=red")
            #expect(answer.status == 422)
            #expect(answer.pointers == ["/colour"])
        }
    }

    @Test(arguments: [
        "status=REJECTED,RECEIVED_BY_GATEWAY", "status=REJECTED&status=RECEIVED_BY_GATEWAY",
        "status[]=RECEIVED_BY_GATEWAY",
    ])
    func `several states may be repeated or separated by commas`(query: String) async throws {
        try await TenantBench.run { bench in
            let order = try await bench.post("/v1/service-orders", TenantSample.order())

            let found = try await bench.get("/v1/service-orders?\(query)")
            let none = try await bench.get("/v1/service-orders?status=REJECTED,HELD")

            #expect(found.ids("serviceOrders") == [order.id])
            #expect(none.ids("serviceOrders") == [])
        }
    }

    @Test func `orders are found by their line`() async throws {
        try await TenantBench.run { bench in
            _ = try await bench.post("/v1/service-orders", TenantSample.order())
            let cease = try await bench.post("/v1/service-orders", TenantSample.cease())

            let found = try await bench.get("/v1/service-orders?serviceId=S1000001")

            #expect(found.ids("serviceOrders") == [cease.id])
        }
    }

    @Test func `a day begins at midnight of London`() async throws {
        try await TenantBench.run { bench in
            let order = try await bench.post("/v1/service-orders", TenantSample.order())

            #expect(
                try await bench.get("/v1/service-orders?updatedSince=2026-03-02").ids("serviceOrders") == [order.id]
            )
            #expect(try await bench.get("/v1/service-orders?updatedSince=2026-03-03").ids("serviceOrders") == [])
        }
    }
}
