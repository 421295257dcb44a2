import Adapters
import AsyncHTTPClient
import Domain
import Engine
import FoundationEssentials
import Hummingbird
import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import TestSupport

@testable import Sandbox

extension Date {
    /// Certificates live in real time.
    static var real: Date { TimeSource.real.now() }
}

func withDirectory<Value>(_ body: (String) throws -> Value) throws -> Value {
    let directory = temporaryDirectory()
    defer { try? FileManager.default.removeItem(atPath: directory) }
    return try body(directory)
}

func temporaryDirectory() -> String {
    let name = "patchbay-test-\(IDSource.system.messageID(at: .real).rawValue)"
    return FileManager.default.temporaryDirectory.appending(path: name).path
}

/// A mutual-TLS listener on a socket, with one buyer and one partner, and clients of every kind to knock at it.
struct TLSBench: Sendable {
    let authority: CertificateAuthority
    let stranger: CertificateAuthority
    let tls: ReloadableTLS
    let port: Int
    /// What the listener logged.
    let log: RecordedLog

    var url: String { "https://localhost:\(port)/whoami" }

    static func run<Value: Sendable>(
        firstHeadTimeout: TimeAmount = .seconds(10),
        _ body: @escaping @Sendable (TLSBench) async throws -> Value
    ) async throws -> Value {
        let directory = temporaryDirectory()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let authority = try CertificateAuthority(in: "\(directory)/ours", now: .real)
        let stranger = try CertificateAuthority(in: "\(directory)/stranger", now: .real)
        let expired = try authority.issue("expired", as: .client, notValidAfter: .real - 60)
        let directoryOfParties = Directory(
            try parties(authority.client("buyer"), authority.client("partner"), expired)
        )
        let tls = try ReloadableTLS(authority.server().files)
        let log = RecordedLog()
        let logger = Logger(label: "test") { _ in log.handler }
        var configuration = ListenerConfiguration(name: "tls", host: "127.0.0.1", port: 0)
        configuration.limits.firstHeadTimeout = firstHeadTimeout
        let listener = MutualTLSListener(
            configuration,
            tls: tls,
            allows: { directoryOfParties.allows($0) },
            activity: Activity(),
            logger: logger
        )
        let buyers = MutualTLSAuthentication(.buyer, directory: directoryOfParties) { status, reason, _ in
            Response(status: status, body: .init(byteBuffer: ByteBuffer(string: reason)))
        }
        let known = listener.router.authenticated("", as: BuyerContext.self, by: buyers)
        known.get("whoami") { _, context in context.buyer.rawValue }
        known.get("ticketing/faultReport.txt") { _, _ in "<schema/>" }
        known.post("taking") { _, _ in "{}" }
        known.post("refusing") { _, _ in
            #"{"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"Method not found"}}"#
        }

        let (ports, running) = AsyncStream<Int>.makeStream()
        let application = listener.application { running.yield($0) }
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await application.run() }
            defer { group.cancelAll() }
            let port = await ports.first { _ in true } ?? 0
            return try await body(TLSBench(authority: authority, stranger: stranger, tls: tls, port: port, log: log))
        }
    }

    /// The status and body that a client with these files gets, from a source address.
    func call(
        _ identity: TLSFiles?,
        from source: String = "127.0.0.1",
        _ change: (inout TLSConfiguration) -> Void = { _ in }
    ) async throws -> (status: UInt, text: String) {
        var configuration = TLSConfiguration.makeClientConfiguration()
        change(&configuration)
        configuration.trustRoots = .file(authority.path)
        if let identity {
            configuration.certificateChain = try NIOSSLCertificate.fromPEMFile(identity.certificate)
                .map { .certificate($0) }
            configuration.privateKey = .privateKey(try NIOSSLPrivateKey(file: identity.key, format: .pem))
        }
        var client = HTTPClient.Configuration(tlsConfiguration: configuration)
        client.localAddress = source
        client.connectionPool.retryConnectionEstablishment = false
        let http = HTTPClient(eventLoopGroupProvider: .singleton, configuration: client)
        do {
            let answer = try await http.execute(HTTPClientRequest(url: url), timeout: .seconds(5))
            let text = String(buffer: try await answer.body.collect(upTo: 4_096))
            try await http.shutdown()
            return (answer.status.code, text)
        } catch {
            try await http.shutdown()
            throw error
        }
    }

    private static func parties(
        _ buyer: IssuedCertificate,
        _ partner: IssuedCertificate,
        _ expired: IssuedCertificate
    ) -> [Party] {
        let buyerAccess = MutualTLSTerms(
            certificateFingerprints: [buyer.fingerprint, expired.fingerprint],
            sources: ["127.0.0.1", "::1"]
        )
        let partnerAccess = MutualTLSTerms(
            certificateFingerprints: [partner.fingerprint],
            sources: ["127.0.0.1", "127.0.0.2"]
        )
        return [
            Party(
                id: ID(1),
                role: .buyer(id: "BUYER1", terms: BuyerTerms(access: buyerAccess, buyerIdentifiers: ["B1"])),
                at: .real
            ),
            Party(id: ID(2), role: .partner(id: "PARTNER1", terms: PartnerTerms(access: partnerAccess)), at: .real),
        ]
    }
}
