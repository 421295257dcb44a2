import Domain
import Engine
import Foundation
import Storage
import Testing

@testable import Adapters

@Suite struct TenantListTests {
    @Test func `a list goes on where the page before ended, until its end`() async throws {
        try await TenantBench.run { bench in
            let raised = try await bench.problems(5)

            let first = try await bench.get("/v1/service-problems?limit=2")
            let second = try await bench.get("/v1/service-problems?limit=2&after=\(first.next ?? 0)")
            let third = try await bench.get("/v1/service-problems?limit=2&after=\(second.next ?? 0)")

            #expect(first.ids("serviceProblems") == Array(raised[0...1]))
            #expect(second.ids("serviceProblems") == Array(raised[2...3]))
            #expect(third.ids("serviceProblems") == [raised[4]])
            #expect(third.next == nil)
        }
    }

    @Test func `a problem is listed as it is read, without its updates`() async throws {
        try await TenantBench.run { bench in
            let id = try await bench.problems(1)[0]

            let listed = try await bench.get("/v1/service-problems").entries("serviceProblems").first

            let read = try await bench.get("/v1/service-problems/\(id)").json
            #expect(listed?["status"] as? String == read["status"] as? String)
            #expect(listed?["problemText"] as? String == read["problemText"] as? String)
            #expect(listed?["updates"] == nil)
        }
    }

    @Test func `filters by status`() async throws {
        try await TenantBench.run { bench in
            let ids = try await bench.problems(3)
            try await bench.fail(ids[1])

            #expect(
                try await bench.get("/v1/service-problems?status=FAILED_TO_SEND").ids("serviceProblems") == [ids[1]]
            )
            #expect(
                try await bench.get("/v1/service-problems?status=RECEIVED_BY_GATEWAY,FAILED_TO_SEND")
                    .ids("serviceProblems") == ids
            )
            #expect(try await bench.get("/v1/service-problems?status=HELD").ids("serviceProblems") == [])
        }
    }

    @Test func `filters by line and by when it last changed`() async throws {
        try await TenantBench.run { bench in
            let ids = try await bench.problems(2)
            bench.clock.move(to: TenantBench.start + 60)
            try await bench.fail(ids[0])

            let line = try await bench.get("/v1/service-problems?serviceId=S1000001")
            let other = try await bench.get("/v1/service-problems?serviceId=S1000002")
            let since = try await bench.get("/v1/service-problems?updatedSince=2026-03-02T09:01:00Z")
            let page = try await bench.get("/v1/service-problems?serviceId=S1000001&limit=1&after=\(ids[0])")

            #expect(line.ids("serviceProblems") == ids)
            #expect(other.ids("serviceProblems") == [])
            #expect(since.ids("serviceProblems") == [ids[0]])
            #expect(page.ids("serviceProblems") == [ids[1]])
        }
    }

    @Test func `filters by supplier`() async throws {
        try await TenantBench.run { bench in
            let ids = try await bench.problems(1)

            #expect(try await bench.get("/v1/service-problems?supplier=DUMMY_SUPPLIER").ids("serviceProblems") == ids)
            #expect(try await bench.get("/v1/service-problems?supplier=NOBODY").ids("serviceProblems") == [])
        }
    }

    @Test func `tests and appointments are listed alike`() async throws {
        try await TenantBench.run { bench in
            let test = try await bench.post("/v1/service-tests", TenantSample.test)
            let slot = try await bench.post("/v1/appointments", TenantSample.appointment("REPAIR", service: "S1000001"))

            #expect(try await bench.get("/v1/service-tests?serviceId=S1000001").ids("serviceTests") == [test.id])
            #expect(try await bench.get("/v1/appointments?status=HELD").ids("appointments") == [slot.id])
            #expect(try await bench.get("/v1/appointments?serviceId=S1000001").ids("appointments") == [slot.id])
            #expect(try await bench.get("/v1/appointments?status=USED").ids("appointments") == [])
        }
    }

    @Test(arguments: ["service-problems", "service-tests", "appointments"])
    func `another's are not in a list`(collection: String) async throws {
        try await TenantBench.run { bench in
            _ = try await bench.problems(1)
            _ = try await bench.post("/v1/service-tests", TenantSample.test)
            _ = try await bench.post("/v1/appointments", TenantSample.appointment())

            let answer = try await bench.get("/v1/\(collection)?serviceId=S1000001", as: "RIVAL")
            let all = try await bench.get("/v1/\(collection)", as: "RIVAL")

            #expect(answer.status == 200)
            #expect(answer.json.values.allSatisfy { ($0 as? [Any])?.isEmpty == true })
            #expect(all.json.values.allSatisfy { ($0 as? [Any])?.isEmpty == true })
        }
    }

    @Test func `a broken filter names everything that is wrong`() async throws {
        try await TenantBench.run { bench in
            let answer = try await bench.get(
                "/v1/service-problems?status=BROKEN&updatedSince=yesterday&limit=501&after=-1"
            )

            #expect(answer.status == 422)
            #expect(answer.pointers == ["/after", "/limit", "/status", "/updatedSince"])
        }
    }
}

extension TenantAnswer {
    func entries(_ member: String) -> [[String: Any]] { json[member] as? [[String: Any]] ?? [] }
    func ids(_ member: String) -> [Int] { entries(member).compactMap { $0["id"] as? Int } }
    var next: Int? { json["next"] as? Int }
}

extension TenantBench {
    fileprivate func problems(_ count: Int) async throws -> [Int] {
        var ids: [Int] = []
        for _ in 0..<count { ids.append(try await post("/v1/service-problems", TenantSample.problem("CPE")).id) }
        return ids
    }

    fileprivate func fail(_ id: Int) async throws {
        try await exchange.tell(
            .serviceProblem(id: ID(Int64(id)), input: .sendingFailed(reason: "no answer")),
            Cause("reply", by: "house")
        )
    }
}
