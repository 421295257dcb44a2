import Domain
import Engine
import FoundationEssentials
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore

@testable import Adapters

/// A plain listener with tokens for two tenants and a customer, and one route behind each interface.
struct HTTPBench {
    static let start = Date(timeIntervalSince1970: 1_800_000_000)

    let clock = VirtualClock(startingAt: HTTPBench.start)
    let activity = Activity()
    let authority: TokenAuthority
    let listener: PlainListener

    let metrics = PrometheusMetrics()

    init(
        logger: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
        configure: (Router<BasicContext>) -> Void = { _ in }
    ) async throws {
        let directory = Directory(Self.parties)
        authority = await TokenAuthority(
            issuer: "http://exchange.invalid",
            key: try SigningKey(pem: SigningKey.makePEM()),
            time: clock.source
        )
        listener = PlainListener(
            ListenerConfiguration(name: "plain", host: "127.0.0.1", port: 0),
            activity: activity,
            logger: logger
        )
        TokenEndpoint(authority: authority, directory: directory, metrics: metrics).addRoutes(to: listener.router)
        let tenants = BearerAuthentication(.tenantAPI, authority: authority, directory: directory)
        listener.router.authenticated("v1", as: TenantContext.self, by: tenants)
            .get("whoami") { _, context in ByteResponse(bytes: Array(context.tenant.rawValue.utf8)) }
            .post("orders") { request, context in
                try context.require(.orders)
                return ByteResponse(status: .created, bytes: try await RequestBody.collect(request, max: 64))
            }
        let customers = BearerAuthentication(.wholesaleAPI, authority: authority, directory: directory)
        listener.router.authenticated("wholesale/v1", as: CustomerContext.self, by: customers)
            .get("whoami") { _, context in ByteResponse(bytes: Array(context.customer.rawValue.utf8)) }
        configure(listener.router)
    }

    private static let parties: [Party] = [
        party(1, .tenant(id: "TENANT1", terms: terms(client("tenant-client", ["tenant.all.all"])))),
        party(2, .tenant(id: "TENANT2", terms: terms(client("reader", ["read"])))),
        party(4, .tenant(id: "TENANT3", terms: terms(odd))),
        party(3, .customer(id: "GATEWAY", terms: CustomerTerms(clients: [client("gateway", ["tenant.all.all"])]))),
    ]

    /// Its secret has what a form's encoding changes.
    static let oddSecret = "p+q%2Fr s=%zz"
    private static let odd = APIClient(
        clientID: "odd",
        secretHashes: [SecretHash.make(oddSecret)],
        scopes: ["read", "orders"]
    )

    private static func party(_ number: Int64, _ role: Party.Role) -> Party {
        Party(id: ID(number), role: role, at: start)
    }

    private static func client(_ id: String, _ scopes: [String]) -> APIClient {
        let hashes = ["secret of \(id)", "old secret of \(id)"].map { SecretHash.make($0) }
        return APIClient(clientID: id, secretHashes: hashes, scopes: scopes)
    }

    private static func terms(_ client: APIClient) -> TenantTerms {
        TenantTerms(clients: [client], suppliers: [], buyerIdentifier: "BUYER1")
    }
}

extension HTTPBench {
    /// The headers of a call with a token of a client.
    func headers(for client: String = "tenant-client", audience: Audience = .tenantAPI) async throws -> HTTPFields {
        let scopes = client == "reader" ? ["read"] : ["tenant.all.all"]
        let token = try await authority.issue(to: client, audience: audience, scopes: scopes)
        return [.authorization: "Bearer \(token)", .requestID: "request-1", .conversationID: "conversation-1"]
    }

    func run<Value: Sendable>(
        _ setup: TestingSetup = .router,
        _ body: @Sendable (any TestClientProtocol) async throws -> Value
    ) async throws -> Value {
        try await listener.application().test(setup, body)
    }
}

extension TestResponse {
    var text: String { String(buffer: body) }
}
