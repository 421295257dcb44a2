import Domain
import Engine
import Foundation
import HTTPTypes
import Storage
import Testing

@testable import Adapters

/// An order that is at hand is answered without a task, exactly as the table of routes answers it; and whatever is to be refused is
/// refused there.
@Suite struct TenantOrderFromMemoryTests {
    @Test func `an order is answered from memory as it is answered by the routes`() async throws {
        let memory = CountedMemory()
        try await TenantBench.run(memory: memory) { bench in
            let order = try await bench.send(.post, "/v1/service-orders", TenantSample.order()).id

            let fromMemory = try await bench.send(.get, "/v1/service-orders/\(order)", request: "request-1")
            #expect(memory.answers == 1)
            memory.forgets()
            let byRoutes = try await bench.send(.get, "/v1/service-orders/\(order)", request: "request-1")

            #expect(memory.answers == 1)
            #expect(fromMemory.status == 200)
            #expect(fromMemory.id == order)
            #expect(fromMemory.body == byRoutes.body)
            #expect(Self.fields(fromMemory) == Self.fields(byRoutes))
            #expect(fromMemory.headers[.date]?.hasSuffix(" GMT") == true)
            #expect(fromMemory.headers[.requestID] == "request-1")
        }
    }

    @Test func `what was answered from memory is in the message log`() async throws {
        let memory = CountedMemory()
        try await TenantBench.run(memory: memory) { bench in
            let order = try await bench.send(.post, "/v1/service-orders", TenantSample.order()).id
            _ = try await bench.send(.get, "/v1/service-orders/\(order)", request: "request-2")
            #expect(memory.answers == 1)

            var logged: [String] = []
            for _ in 0..<500 where logged.isEmpty {
                try await Task.sleep(for: .milliseconds(10))
                logged = try await bench.exchange.read { store in
                    try store.messages(after: 0, limit: 100).filter { $0.requestID == "request-2" }
                        .map { "\($0.operation) \($0.status ?? 0) \($0.entity?.number ?? 0) \($0.from)" }
                }
            }

            #expect(logged == ["GET /service-orders/{id} 200 \(order) tenant/TENANT1"])
        }
    }

    @Test func `a change is seen at once`() async throws {
        let memory = CountedMemory()
        try await TenantBench.run(memory: memory) { bench in
            let order = try await bench.send(.post, "/v1/service-orders", TenantSample.order()).id
            let before = try await bench.get("/v1/service-orders/\(order)")
            try await bench.exchange.change(Cause("reply", by: "supplier")) { change in
                try change.tell(.serviceOrder(id: ID(Int64(order)), input: .supplierRejected(problems: [])))
            }

            let after = try await bench.get("/v1/service-orders/\(order)")

            #expect(memory.answers == 2)
            #expect(before.json["status"] as? String != "REJECTED")
            #expect(after.json["status"] as? String == "REJECTED")
        }
    }

    @Test func `whoever may not, or asks for nothing, is refused by the routes`() async throws {
        let memory = CountedMemory()
        try await TenantBench.run(memory: memory) { bench in
            let path =
                "/v1/service-orders/\(try await bench.send(.post, "/v1/service-orders", TenantSample.order()).id)"
            let orders = try await bench.authority.issue(to: "TENANT1", audience: .tenantAPI, scopes: ["orders"])
            let customers = try await bench.authority.issue(to: "TENANT1", audience: .wholesaleAPI, scopes: [])
            _ = try await bench.get(path)
            let taken = memory.answers

            #expect(taken == 1)
            // Twice each: the second time whatever can be remembered of the caller is.
            for _ in 0..<2 {
                #expect(try await bench.get(path, as: nil).status == 401)
                #expect(try await bench.get(path, bearing: "x.y.z").status == 401)
                #expect(try await bench.get(path, bearing: customers).status == 401)
                #expect(try await bench.get(path, bearing: orders).status == 403)
                #expect(try await bench.get(path, as: "RIVAL").status == 404)
                #expect(try await bench.get("/v1/ethernet\(path.dropFirst(3))").status == 404)
                #expect(try await bench.get("/v1/service-orders/999999").status == 404)
                #expect(try await bench.get("/v1/service-orders/x").status == 404)
                #expect(try await bench.send(.get, path, request: "").status == 400)
                #expect(try await bench.send(.get, path, extra: [.accept: "text/html"]).status == 406)
            }
            #expect(memory.answers == taken)
        }
    }

    @Test func `a token that ran out or was revoked is refused, also when it was good a moment ago`() async throws {
        let memory = CountedMemory()
        try await TenantBench.run(memory: memory) { bench in
            let path =
                "/v1/service-orders/\(try await bench.send(.post, "/v1/service-orders", TenantSample.order()).id)"
            #expect(try await bench.get(path).status == 200)
            #expect(memory.answers == 1)

            try await Self.change(bench) { $0.revokeTokens(at: TenantBench.start) }
            #expect(try await bench.get(path).status == 401)
            bench.clock.move(to: TenantBench.start + 10)
            let bench = try await bench.withFreshTokens()
            #expect(try await bench.get(path).status == 200)
            #expect(try await bench.get(path).status == 200)
            #expect(memory.answers == 2)
            bench.clock.move(to: TenantBench.start + 3_700)
            #expect(try await bench.get(path).status == 401)

            #expect(memory.answers == 2)
        }
    }

    @Test func `a client that is bound to addresses or certificates goes the usual way`() async throws {
        let memory = CountedMemory()
        try await TenantBench.run(memory: memory) { bench in
            let path =
                "/v1/service-orders/\(try await bench.send(.post, "/v1/service-orders", TenantSample.order()).id)"
            #expect(try await bench.get(path).status == 200)

            try await Self.change(bench) { $0.sources = ["127.0.0.0/8", "::1/128"] }
            #expect(try await bench.get(path).status == 200)
            try await Self.change(bench) { $0.sources = ["192.0.2.0/24"] }
            #expect(try await bench.get(path).status == 403)
            try await Self.change(bench) {
                $0.sources = nil
                $0.certificateFingerprints = [String(repeating: "a", count: 64)]
            }
            #expect(try await bench.get(path).status == 401)

            #expect(memory.answers == 1)
        }
    }

    @Test func `a limit counts what is answered from memory`() async throws {
        let memory = CountedMemory()
        let limit = LimitRequests(RateLimit(requests: 4, seconds: 3_600))
        try await TenantBench.run(limit: limit, memory: memory) { bench in
            let path =
                "/v1/service-orders/\(try await bench.send(.post, "/v1/service-orders", TenantSample.order()).id)"
            var answers: [TenantAnswer] = []
            for _ in 0..<4 { answers.append(try await bench.get(path)) }

            #expect(answers.map(\.status) == [200, 200, 200, 429])
            #expect(answers.map { $0.headers[.known("RateLimit")]?.contains(";r=") } == [true, true, true, true])
            #expect(answers[2].headers[.known("RateLimit")]?.contains("r=0") == true)
            #expect(memory.answers == 3)
        }
    }

    private static func change(_ bench: TenantBench, _ change: (inout APIClient) -> Void) async throws {
        guard var terms = bench.directory.tenant("TENANT1"),
            let place = terms.clients.firstIndex(where: { $0.clientID == "TENANT1" })
        else { return }
        change(&terms.clients[place])
        try await bench.exchange.register(.tenant(id: "TENANT1", terms: terms))
    }

    private static func fields(_ answer: TenantAnswer) -> [String: String] {
        let fields = answer.headers.filter { $0.name != .date && $0.name != .connection }
        return Dictionary(fields.map { ($0.name.canonicalName, $0.value) }) { "\($0), \($1)" }
    }
}
