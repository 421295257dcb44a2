import Adapters
import AsyncHTTPClient
import Domain
import Engine
import FoundationEssentials
import Hummingbird
import Logging
import NIOCore
import NIOHTTP1
import NIOSSL
import Storage
import Testing

@testable import Sandbox

/// Tokens that are good only with the certificate with which they were asked for (RFC 8705).
@Suite struct BoundTokenTests {
    @Test func `a token that was asked for with a certificate is good with that one alone`() async throws {
        try await BoundTokenBench.run { bench in
            let token = try await bench.token(as: "mine")

            #expect(try await bench.whoami(token, as: "mine") == 200)
            #expect(try await bench.whoami(token, as: "other") == 401, "a stolen token, with a thief's certificate")
        }
    }

    @Test func `a registered certificate is proof enough, without a secret`() async throws {
        try await BoundTokenBench.run { bench in
            try await bench.register("mine")

            let token = try await bench.token(as: "mine", secret: nil)

            #expect(try await bench.whoami(token, as: "mine") == 200)
        }
    }

    @Test func `a certificate that is not the client's proves nothing, even with the secret`() async throws {
        try await BoundTokenBench.run { bench in
            let unregistered = try await bench.ask(as: "mine", secret: nil)
            try await bench.register("mine")
            let withSecret = try await bench.ask(as: "other", secret: "secret")
            let without = try await bench.ask(as: "other", secret: nil)

            #expect([unregistered, withSecret, without].map(\.status) == [400, 400, 400])
        }
    }

    @Test func `a token that is bound to nothing is good on this listener too`() async throws {
        try await BoundTokenBench.run { bench in
            let token = try await bench.authority.issue(to: "app", audience: .tenantAPI, scopes: ["read"])

            #expect(try await bench.whoami(token, as: "mine") == 200)
        }
    }
}

/// A mutual-TLS listener where a tenant's client asks for tokens and uses them.
private struct BoundTokenBench: Sendable {
    let certificates: CertificateAuthority
    let exchange: Exchange
    let authority: TokenAuthority
    let port: Int

    static func run(_ body: @escaping @Sendable (BoundTokenBench) async throws -> Void) async throws {
        let path = FileManager.default.temporaryDirectory
            .appending(path: "patchbay-bound-\(IDSource.system.messageID(at: .real).rawValue)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let certificates = try CertificateAuthority(in: path, now: .real)
        let store = try SQLiteStore(.temporary)
        let exchange = Exchange(store: store, time: .real, ids: .system, directory: Directory()) { _, _, _, _ in
            .json([])
        }
        let client = APIClient(clientID: "app", secretHashes: [SecretHash.make("secret")], scopes: ["read"])
        let terms = TenantTerms(clients: [client], suppliers: [], buyerIdentifier: "BUYER1")
        try await exchange.register(.tenant(id: "TENANT1", terms: terms))
        let authority = await TokenAuthority(
            issuer: "https://exchange.invalid",
            key: try SigningKey(pem: SigningKey.makePEM()),
            time: .real
        )
        let directory = exchange.directory
        let listener = MutualTLSListener(
            ListenerConfiguration(name: "tls", host: "127.0.0.1", port: 0),
            tls: try ReloadableTLS(certificates.server().files),
            allows: { _ in true },
            activity: Activity(),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        TokenEndpoint(authority: authority, directory: directory).addRoutes(to: listener.router)
        let tenants = BearerAuthentication(.tenantAPI, authority: authority, directory: directory)
        listener.router.authenticated("v1", as: TenantContext.self, by: tenants)
            .get("whoami") { _, context in context.tenant.rawValue }
        let (ports, running) = AsyncStream<Int>.makeStream()
        let application = listener.application { running.yield($0) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await application.run() }
            defer { group.cancelAll() }
            let port = await ports.first { _ in true } ?? 0
            try await body(
                BoundTokenBench(certificates: certificates, exchange: exchange, authority: authority, port: port)
            )
        }
    }

    /// Makes a certificate the client's own.
    func register(_ name: String) async throws {
        let fingerprint = try certificates.client(name).fingerprint
        try await exchange.changeClient("app", "test", by: "test") { client, _ in
            client.certificateFingerprints = [fingerprint]
        }
    }

    func token(as name: String, secret: String? = "secret") async throws -> String {
        let answer = try await ask(as: name, secret: secret)
        let start = try #require(answer.text.firstRange(of: "\"access_token\":\"")).upperBound
        return String(answer.text[start...].prefix { $0 != "\"" })
    }

    func ask(as name: String, secret: String?) async throws -> (status: Int, text: String) {
        let form = "grant_type=client_credentials&client_id=app" + (secret.map { "&client_secret=\($0)" } ?? "")
        var request = HTTPClientRequest(url: "https://localhost:\(port)/auth/tenant/access-token")
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/x-www-form-urlencoded")
        request.body = .bytes(ByteBuffer(string: form))
        return try await call(request, as: name)
    }

    func whoami(_ token: String, as name: String) async throws -> Int {
        var request = HTTPClientRequest(url: "https://localhost:\(port)/v1/whoami")
        for (name, value) in [("Authorization", "Bearer \(token)"), ("X-Request-ID", "r"), ("X-Conversation-ID", "c")] {
            request.headers.add(name: name, value: value)
        }
        return try await call(request, as: name).status
    }

    private func call(_ request: HTTPClientRequest, as name: String) async throws -> (status: Int, text: String) {
        let files = try certificates.client(name).files
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.trustRoots = .file(certificates.path)
        tls.certificateChain = try NIOSSLCertificate.fromPEMFile(files.certificate).map { .certificate($0) }
        tls.privateKey = .privateKey(try NIOSSLPrivateKey(file: files.key, format: .pem))
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: .init(tlsConfiguration: tls))
        do {
            let answer = try await client.execute(request, timeout: .seconds(5))
            let text = String(buffer: try await answer.body.collect(upTo: 16_384))
            try await client.shutdown()
            return (Int(answer.status.code), text)
        } catch {
            try await client.shutdown()
            throw error
        }
    }
}
