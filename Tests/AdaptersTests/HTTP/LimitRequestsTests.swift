import Domain
import Engine
import HTTPTypes
import Testing

@testable import Adapters

@Suite struct LimitRequestsTests {
    private static let limit = RateLimit(requests: 2, seconds: 60)

    /// A clock that stands still: nothing is gained back while a test runs.
    private static func standing() -> LimitRequests {
        let now = ContinuousClock.now
        return LimitRequests(limit, limits: RateLimits { now })
    }

    @Test func `every answer says how much is left, also a refusal`() async throws {
        try await TenantBench.run(limit: Self.standing()) { bench in
            let good = try await bench.get("/v1/suppliers")
            let bad = try await bench.post("/v1/service-orders", "{}")

            #expect(good.headers[.known("RateLimit-Policy")] == #""tenant";q=2;w=60"#)
            #expect(good.headers[.known("RateLimit")] == #""tenant";r=1;t=30"#)
            #expect(bad.status == 400)
            #expect(bad.headers[.known("RateLimit")] == #""tenant";r=0;t=60"#)
        }
    }

    @Test func `one request too many is 429 with the time to wait, and does nothing`() async throws {
        try await TenantBench.run(limit: Self.standing()) { bench in
            for _ in 0..<2 { _ = try await bench.get("/v1/suppliers") }

            let answer = try await bench.post("/v1/service-orders", TenantSample.order())

            #expect(answer.status == 429)
            #expect(answer.code == "TENANT_FAULT")
            #expect(answer.headers[.retryAfter] == "30")
            #expect(answer.headers[.known("RateLimit")] == #""tenant";r=0;t=60"#)
            #expect(try await bench.census(.serviceOrder).isEmpty)
        }
    }

    @Test func `a tenant's clients share its limit, and a rival has its own`() async throws {
        try await TenantBench.run(limit: Self.standing()) { bench in
            _ = try await bench.get("/v1/suppliers")
            _ = try await bench.get("/v1/suppliers", as: "reader")

            let mine = try await bench.get("/v1/suppliers", as: "reader")
            let theirs = try await bench.get("/v1/suppliers", as: "RIVAL")

            #expect([mine.status, theirs.status] == [429, 200])
        }
    }

    @Test func `a tenant's own limit goes before the house's`() async throws {
        try await TenantBench.run(limit: Self.standing()) { bench in
            var terms = try #require(bench.directory.tenant("TENANT1"))
            terms.rateLimit = RateLimit(requests: 1, seconds: 10)
            try await bench.exchange.register(.tenant(id: "TENANT1", terms: terms))

            let answers = [try await bench.get("/v1/suppliers"), try await bench.get("/v1/suppliers")]

            #expect(answers.map(\.status) == [200, 429])
            #expect(answers[1].headers[.retryAfter] == "10")
        }
    }

    @Test func `without a limit there is none, and nothing is said of one`() async throws {
        try await TenantBench.run { bench in
            let answer = try await bench.get("/v1/suppliers")

            #expect(answer.status == 200)
            #expect(answer.headers[.known("RateLimit")] == nil)
        }
    }
}
