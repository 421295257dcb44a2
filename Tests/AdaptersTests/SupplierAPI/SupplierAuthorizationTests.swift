import Domain
import Engine
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

@testable import Adapters

/// Every operation of either document of the southbound contract, with every token that must not do.
///
/// The operations come from the OpenAPI documents, so that one that is added is tried as well.
@Suite struct SupplierAuthorizationTests {
    enum Door: CaseIterable, Sendable {
        case wholesale, updates

        var audience: Audience {
            switch self {
            case .wholesale: .wholesaleAPI
            case .updates: .supplierAPI
            }
        }

        /// Whose token is good here.
        var client: String {
            switch self {
            case .wholesale: "GATEWAY"
            case .updates: "DUMMY_SUPPLIER"
            }
        }

        var base: String {
            switch self {
            case .wholesale: "/wholesale/v1"
            case .updates: "/supplier/v1"
            }
        }

        var operations: [DescribedOperation] {
            switch self {
            case .wholesale: SupplierOpenAPI.operations
            case .updates: SupplierUpdatesOpenAPI.operations
            }
        }
    }

    @Test(arguments: Door.allCases)
    func `the document and the route table have the same operations`(door: Door) async throws {
        try await SupplyBench.run { bench in
            let described = Set(door.operations.map { "\($0.method.rawValue) \(door.base)\($0.path)" })
            let routed = bench.routes
                .map { $0.replacing(":id", with: "{id}") }
                .filter { $0.contains(" \(door.base)/") }

            #expect(described == Set(routed))
        }
    }

    @Test(arguments: Door.allCases)
    func `without a token, or with one that is none, nobody gets in`(door: Door) async throws {
        try await SupplyBench.run { bench in
            for operation in door.operations {
                for token in [nil, "", "abc", "a.b.c"] {
                    let answer = try await bench.call(operation, of: door, bearing: token)
                    #expect(answer.status == 401, "\(operation.id) with \(token ?? "no token")")
                    #expect(answer.json["code"] as? String == "NOT_AUTHORISED")
                }
            }
        }
    }

    @Test(arguments: Door.allCases)
    func `a token of another interface does not do, nor does another kind of client`(door: Door) async throws {
        try await SupplyBench.run { bench in
            for audience in Audience.allCases {
                for client in ["GATEWAY", "DUMMY_SUPPLIER", "nobody"]
                where audience != door.audience || client != door.client {
                    let token = try await bench.authority.issue(to: client, audience: audience, scopes: [])
                    for operation in door.operations {
                        let answer = try await bench.call(operation, of: door, bearing: token)
                        #expect(answer.status == 401, "\(operation.id) as \(client) with a token for \(audience)")
                    }
                }
            }
        }
    }

    @Test(arguments: Door.allCases)
    func `a token that has expired does not do`(door: Door) async throws {
        try await SupplyBench.run { bench in
            let token = try await bench.authority.issue(to: door.client, audience: door.audience, scopes: [])
            bench.clock.move(to: SupplyBench.start + 3_600)
            for operation in door.operations {
                let answer = try await bench.call(operation, of: door, bearing: token)
                #expect(answer.status == 401, "\(operation.id)")
            }
        }
    }

    @Test(arguments: Door.allCases)
    func `a token that was revoked does not do, though it was good a moment ago`(door: Door) async throws {
        try await SupplyBench.run { bench in
            let token = try await bench.authority.issue(to: door.client, audience: door.audience, scopes: [])
            let operation = try #require(door.operations.first)
            #expect(try await bench.call(operation, of: door, bearing: token).status != 401)

            try await bench.revoke(door)

            for operation in door.operations {
                let answer = try await bench.call(operation, of: door, bearing: token)
                #expect(answer.status == 401, "\(operation.id)")
            }
        }
    }

    /// The document names no scope, and none is asked for.
    @Test(arguments: Door.allCases)
    func `a token without a scope does`(door: Door) async throws {
        try await SupplyBench.run { bench in
            let token = try await bench.authority.issue(to: door.client, audience: door.audience, scopes: [])
            for operation in door.operations {
                let answer = try await bench.call(operation, of: door, bearing: token)
                #expect(operation.scopes == [] && ![401, 403].contains(answer.status), "\(operation.id)")
            }
        }
    }

    @Test(arguments: [nil, "", String(repeating: "T", count: 101), "T\u{E9}NANT"])
    func `on whose behalf a customer asks must be said, in printable ASCII`(tenant: String?) async throws {
        try await SupplyBench.run { bench in
            let answer = try await bench.send(.get, "/wholesale/v1/service-orders/1", tenant: tenant)

            #expect(answer.status == 400)
            #expect(answer.messages.first?.contains("Tenant") == true)
        }
    }

    @Test(arguments: [("RIVAL", "TENANT1"), ("GATEWAY", "OTHER_TENANT")])
    func `another customer's entity, or another tenant's, is as absent as one that never was`(
        customer: String,
        tenant: String
    ) async throws {
        try await SupplyBench.run { bench in
            #expect(try await bench.order(id: 1, key: nil).status == 201)
            #expect(try await bench.test(id: 1).status == 201)
            #expect(try await bench.report(id: 1).status == 202)
            let paths = ["service-orders", "service-tests", "service-problems"].map { "/wholesale/v1/\($0)/1" }
            for path in paths {
                let theirs = try await bench.send(.get, path, as: customer, tenant: tenant)
                let nobodys = try await bench.send(.get, path + "99", as: customer, tenant: tenant)

                #expect(try await bench.send(.get, path).status == 200)
                #expect(theirs.status == 404)
                #expect(theirs.messages == nobodys.messages && theirs.pointers == nobodys.pointers)
            }
            for path in ["/wholesale/v1/service-order-amendments", "/wholesale/v1/service-order-cancellations"] {
                let body = #"{"id":9,"orderId":1,"notes":"Ring twice","reasonCode":"OTHER"}"#
                let theirs = try await bench.send(.post, path, body, as: customer, tenant: tenant)
                let nobodys = try await bench.send(
                    .post,
                    path,
                    body.replacing(#""orderId":1"#, with: #""orderId":199"#),
                    as: customer,
                    tenant: tenant
                )

                #expect(theirs.status == 404 && nobodys.status == 404)
                #expect(theirs.messages == nobodys.messages && theirs.pointers == nobodys.pointers)
            }
        }
    }
}

extension SupplyBench {
    fileprivate func call(
        _ operation: DescribedOperation,
        of door: SupplierAuthorizationTests.Door,
        bearing token: String?
    ) async throws -> SupplyAnswer {
        var headers: HTTPFields = [
            .requestID: UUID().uuidString, .conversationID: "conversation-1", .tenant: "TENANT1",
        ]
        if let token { headers[.authorization] = "Bearer \(token)" }
        let body = operation.body == nil ? nil : operation.example ?? "{}"
        if body != nil { headers[.contentType] = "application/json" }
        return try await client.execute(
            uri: door.base + operation.path.replacing("{id}", with: "1"),
            method: operation.method,
            headers: headers,
            body: body.map { ByteBuffer(string: $0) }
        ) { SupplyAnswer(status: $0.status.code, body: String(buffer: $0.body)) }
    }

    fileprivate func revoke(_ door: SupplierAuthorizationTests.Door) async throws {
        for role in directory.all {
            switch role {
            case .customer(let id, var terms) where door == .wholesale:
                for index in terms.clients.indices { terms.clients[index].revokeTokens(at: Self.start) }
                try await exchange.register(.customer(id: id, terms: terms))
            case .supplier(let id, var terms) where door == .updates:
                for index in terms.clients.indices { terms.clients[index].revokeTokens(at: Self.start) }
                try await exchange.register(.supplier(id: id, terms: terms))
            default: break
            }
        }
    }
}
