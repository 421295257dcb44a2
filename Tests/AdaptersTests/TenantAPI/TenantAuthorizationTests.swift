import Domain
import Engine
import Foundation
import HTTPTypes
import Testing

@testable import Adapters

/// Every operation of the document, with every token that must not do.
///
/// The operations come from the OpenAPI document, so that one that is added is tried as well.
@Suite struct TenantAuthorizationTests {
    private static let operations = TenantOpenAPI.operations
    private static let scopes = ["orders", "problems", "appointments", "read"]

    @Test func `the document and the route table have the same operations`() async throws {
        try await TenantBench.run { bench in
            for operation in Self.operations {
                // Whatever it is answered, not that there is no such path or method.
                let answer = try await bench.call(operation, as: "TENANT1")
                let isRoute = !(answer.status == 404 && answer.body.contains("nothing at this path"))
                #expect(isRoute && answer.status != 405, "\(operation.id): \(answer.status)")
            }
        }
    }

    @Test func `without a token, or with one that is none, nobody gets in`() async throws {
        try await TenantBench.run { bench in
            for operation in Self.operations {
                for token in [nil, "", "abc", "a.b.c"] {
                    let answer = try await bench.call(operation, as: nil, bearing: token)
                    #expect(answer.status == 401, "\(operation.id) with \(token ?? "no token")")
                    #expect(answer.code == "NOT_AUTHORISED")
                }
            }
        }
    }

    @Test func `a token of another interface does not do`() async throws {
        try await TenantBench.run { bench in
            let others: [Audience] = [.supplierAPI, .wholesaleAPI, .operatorAPI]
            for audience in others {
                let token = try await bench.authority.issue(
                    to: "TENANT1",
                    audience: audience,
                    scopes: ["tenant.all.all"]
                )
                for operation in Self.operations {
                    let answer = try await bench.call(operation, as: nil, bearing: token)
                    #expect(answer.status == 401, "\(operation.id) with a token for \(audience)")
                }
            }
        }
    }

    @Test func `a token that has expired does not do`() async throws {
        try await TenantBench.run { bench in
            bench.clock.move(to: TenantBench.start + 3_600)
            for operation in Self.operations {
                let answer = try await bench.call(operation, as: "TENANT1")
                #expect(answer.status == 401, "\(operation.id)")
            }
        }
    }

    @Test func `a token that was revoked does not do, though it was good a moment ago`() async throws {
        try await TenantBench.run { bench in
            #expect(try await bench.get("/v1/suppliers").status == 200)
            guard case .tenant(let id, var terms)? = bench.directory.all.first(where: { $0.isTenant1 }) else {
                Issue.record("there is no TENANT1")
                return
            }
            for index in terms.clients.indices { terms.clients[index].revokeTokens(at: TenantBench.start) }
            try await bench.exchange.register(.tenant(id: id, terms: terms))

            for operation in Self.operations {
                let answer = try await bench.call(operation, as: "TENANT1")
                #expect(answer.status == 401, "\(operation.id)")
            }
        }
    }

    @Test func `exactly the scopes that the document names let a token in`() async throws {
        try await TenantBench.run { bench in
            for scope in Self.scopes + ["tenant.all.all", "parties"] {
                let token = try await bench.authority.issue(to: "TENANT1", audience: .tenantAPI, scopes: [scope])
                for operation in Self.operations {
                    let answer = try await bench.call(operation, as: nil, bearing: token)
                    let isLetIn = answer.status != 403
                    #expect(
                        isLetIn == operation.scopes.contains(scope),
                        "\(operation.id) with \(scope): \(answer.status)"
                    )
                    if !isLetIn { #expect(answer.code == "NOT_AUTHORISED") }
                }
            }
        }
    }

    @Test func `another tenant's entity is as absent as one that never was`() async throws {
        try await TenantBench.run { bench in
            try await bench.oneOfEach()
            let numbered = Self.operations.filter { operation in
                operation.parameters.contains { $0.name == "id" && $0.place == .path }
                    && operation.path != "/suppliers/{id}/catalogue" && !operation.path.hasPrefix("/kcis")
            }
            #expect(numbered.count > 10)
            for operation in numbered {
                let theirs = try await bench.call(operation, as: "RIVAL", id: "1")
                let nobodys = try await bench.call(operation, as: "RIVAL", id: "999999")
                #expect(theirs.status == 404, "\(operation.id)")
                #expect(theirs.messages == nobodys.messages.map { $0.replacing("999999", with: "1") })
                #expect(theirs.pointers == nobodys.pointers)
            }
        }
    }
}

extension TenantBench {
    fileprivate func call(
        _ operation: DescribedOperation,
        as tenant: String?,
        bearing token: String? = nil,
        id: String = "1"
    ) async throws -> TenantAnswer {
        let path = "/v1" + operation.path.replacing("{id}", with: id)
        let body = operation.body == nil ? nil : operation.example ?? "{}"
        return try await send(operation.method, path, body, as: tenant, bearing: token)
    }

    /// An order, a test, a problem and a reservation of TENANT1's, each number 1.
    fileprivate func oneOfEach() async throws {
        let made = [
            try await post("/v1/service-orders", TenantSample.order()),
            try await post("/v1/appointments", TenantSample.appointment()),
            try await post("/v1/service-problems", TenantSample.problem("PERFORMANCE")),
        ]
        for answer in made { #expect(answer.status == 201 && answer.id == 1, "\(answer.body)") }
        for kept in ["/v1/service-orders/1", "/v1/appointments/1", "/v1/service-problems/1"] {
            #expect(try await get(kept).status == 200)
        }
    }
}

extension TenantAnswer {
    fileprivate var messages: [String] { json["messages"] as? [String] ?? [] }
}

extension Party.Role {
    fileprivate var isTenant1: Bool {
        if case .tenant("TENANT1", _) = self { true } else { false }
    }
}
