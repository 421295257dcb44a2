import Domain
import Engine
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Storage

@testable import Adapters

/// The gateway from one start of its process to its end, on a store that outlasts it: the real doors, engine and couriers,
/// with everybody else at the far end of a played network.
struct TenancyLife: Sendable {
    static let tenants: [TenantID] = ["TENANT1", "TENANT2", "TENANT3"]
    static let suppliers: [SupplierID] = ["ALPHA", "BETA"]

    let exchange: Exchange
    let store: MortalStore
    private let authority: TokenAuthority
    private let client: any TestClientProtocol
    private let delivery: Delivery
    private let timers: Timers

    /// What all lives have in common.
    struct Ground: Sendable {
        let clock: VirtualClock
        let ids: IDSource
        let key: SigningKey
        let wire: TenancyWire
    }

    static func live(
        on store: MortalStore,
        _ ground: Ground,
        _ body: @escaping @Sendable (TenancyLife) async throws -> Void
    ) async throws {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        // One lane after another, so that a seed is the same run every time.
        var limits = Dispatch.Limits()
        limits.claimMax = 1
        let exchange = Exchange(
            store: store,
            time: ground.clock.source,
            ids: ground.ids,
            directory: Directory(),
            limits: limits,
            logger: logger,
            spell: spell
        )
        try await exchange.directory.load(from: store)
        if exchange.directory.tenant("TENANT1") == nil { try await register(with: exchange) }
        try await store.write { try $0.releaseLeases() }
        let authority = await TokenAuthority(
            issuer: "http://exchange.invalid",
            key: ground.key,
            time: ground.clock.source
        )
        let couriers = TenancyCouriers(exchange, ground)
        let listener = PlainListener(
            ListenerConfiguration(name: "plain", host: "127.0.0.1", port: 0),
            activity: Activity(),
            logger: logger
        )
        addRoutes(to: listener.router, exchange, authority, couriers, logger)
        try await listener.application().test(.router) { client in
            try await body(
                TenancyLife(
                    exchange: exchange,
                    store: store,
                    authority: authority,
                    client: client,
                    delivery: Delivery(exchange: exchange, logger: logger) { couriers.courier(to: $0) },
                    timers: Timers(exchange: exchange, logger: logger)
                )
            )
        }
    }

    // MARK: What is asked of it

    struct Answer: Sendable {
        let status: Int
        let body: Data

        var json: [String: Any] { (try? JSONSerialization.jsonObject(with: body)) as? [String: Any] ?? [:] }
    }

    func ask(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ body: String? = nil,
        as tenant: TenantID,
        request: String,
        conversation: String
    ) async throws -> Answer {
        let token = try await authority.issue(
            to: tenant.rawValue,
            audience: .tenantAPI,
            scopes: ["tenant.all.all"]
        )
        var headers: HTTPFields = [
            .authorization: "Bearer \(token)", .requestID: request, .conversationID: conversation,
        ]
        if body != nil { headers[.contentType] = "application/json" }
        return try await send(method, path, headers, body)
    }

    /// A supplier's update by the native contract.
    func tell(_ body: String, by supplier: SupplierID, request: String) async throws -> Answer {
        let token = try await authority.issue(
            to: supplier.rawValue,
            audience: .supplierAPI,
            scopes: ["tenant.all.all"]
        )
        let headers: HTTPFields = [
            .authorization: "Bearer \(token)", .requestID: request, .conversationID: "of \(supplier)",
            .contentType: "application/json",
        ]
        return try await send(.post, "/supplier/v1/kcis", headers, body)
    }

    /// A supplier's notification of a ticket; a path stands in for its certificate.
    func notify(_ body: String, by supplier: SupplierID) async throws -> Answer {
        try await send(.post, "/tickets/\(supplier)", [.contentType: "text/xml"], body)
    }

    private func send(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ headers: HTTPFields,
        _ body: String?
    ) async throws -> Answer {
        let response = try await client.executeRequest(
            uri: path,
            method: method,
            headers: headers,
            body: body.map { ByteBuffer(string: $0) }
        )
        return Answer(status: response.status.code, body: Data(response.body.readableBytesView))
    }

    // MARK: What it does by itself

    /// Carries what is due and fires what is due, until nothing is or the process dies.
    func settle() async {
        while !store.isDead {
            let fired = await timers.step()
            let round = Task { await delivery.step() }
            store.atDeath { round.cancel() }
            guard await round.value + fired > 0 else { return }
        }
    }

    /// When it has something to do next.
    func nextDue() async throws -> Date? { try await store.read { try $0.nextDue() } }

    // MARK: -

    private static let spell: Speller = { message, recipient, sender, context in
        switch message {
        case .kci(let kci): try KCISpelling.spell(kci, of: sender, context)
        case .problemRaised, .resolutionAnswered, .problemAmended, .problemCancelled:
            (sender as? ServiceProblem).flatMap { CityFibreSOAP.spelling(of: message, from: $0, context) } ?? .json([])
        case .telling: Spelling(contentType: "", body: [])
        case _: try NativeSpelling.spell(message, recipient, sender, context)
        }
    }

    private static func register(with exchange: Exchange) async throws {
        for tenant in tenants {
            let name = tenant.rawValue
            let client = APIClient(clientID: name, secretHashes: [], scopes: ["tenant.all.all"])
            let terms = TenantTerms(
                clients: [client],
                updates: Endpoint(url: "https://\(name.lowercased()).invalid"),
                suppliers: suppliers,
                buyerIdentifier: "BUYER-\(name)"
            )
            try await exchange.register(.tenant(id: tenant, terms: terms))
        }
        for supplier in suppliers {
            let client = APIClient(clientID: supplier.rawValue, secretHashes: [], scopes: ["tenant.all.all"])
            try await exchange.register(.supplier(id: supplier, terms: SupplierTerms(clients: [client])))
        }
    }

    private static func addRoutes(
        to router: Router<BasicContext>,
        _ exchange: Exchange,
        _ authority: TokenAuthority,
        _ couriers: TenancyCouriers,
        _ logger: Logger
    ) {
        func bearer(_ audience: Audience) -> BearerAuthentication {
            BearerAuthentication(audience, authority: authority, directory: exchange.directory)
        }
        TenantAPI(exchange: exchange, suppliers: couriers.suppliers)
            .addRoutes(to: router.authenticated("v1", as: TenantContext.self, by: bearer(.tenantAPI)))
        SupplierUpdates(exchange: exchange, logger: logger)
            .addRoutes(to: router.authenticated("supplier/v1", as: SupplierContext.self, by: bearer(.supplierAPI)))
        guard let schemas = try? TicketingSchemas() else { return }
        let inbox = NotificationInbox(exchange: exchange, schemas: schemas, logger: logger)
        for supplier in suppliers { inbox.add(to: router.group("tickets/\(supplier)")) { _ in supplier } }
    }
}
