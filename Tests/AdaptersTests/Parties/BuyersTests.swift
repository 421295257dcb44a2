import Domain
import Engine
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import NIOSSL
import Storage
import Testing
import X509

@testable import Adapters

/// Buyers are configuration, and a change of it is in force at once (T-003, T-005).
@Suite struct BuyersTests {
    @Test func `a buyer that was registered is known by its certificate at once`() async throws {
        try await withBuyers { client, exchange in
            let reply = try await put(client, "harbour", Self.harbour())

            #expect(reply.status == 201)
            guard case .buyer(let id, let terms)? = exchange.directory.party(fingerprint: Self.fingerprint) else {
                Issue.record("the certificate is not known")
                return
            }
            #expect(id == "harbour")
            #expect(terms.buyerIdentifiers == ["HARBOUR1"])
            #expect(terms.appointmentStyle == .single)
            #expect(terms.isStrict == true)
            #expect(terms.ticketNamespace == .wsdl)
            #expect(terms.access.expiries?[Self.fingerprint].map { $0 > Date(timeIntervalSince1970: 4e9) } == true)
        }
    }

    @Test func `registering again replaces, and what is read is what was written`() async throws {
        try await withBuyers { client, exchange in
            _ = try await put(client, "harbour", Self.harbour())
            let again = try await put(client, "harbour", Self.harbour(identifiers: #"["HARBOUR1","HARBOUR2"]"#))
            let read = try await execute(client, .get, "harbour")

            #expect(again.status == 200)
            #expect(read.body == again.body)
            #expect(read.body.contains(Self.fingerprint))
            #expect(exchange.directory.buyer("harbour")?.buyerIdentifiers == ["HARBOUR1", "HARBOUR2"])
        }
    }

    @Test func `everything that is wrong is named, and nothing is registered`() async throws {
        try await withBuyers { client, exchange in
            let reply = try await put(
                client,
                "harbour",
                """
                {"buyerIdentifiers":[],"certificates":["no certificate"],"sources":["192.0.2.0/33"],
                "notifications":"ftp://buyer.invalid","profile":{"brokenXmlStatus":404,"appointmentStyle":"table","ticketNamespace":"soap"},
                "x":1}
                """
            )

            #expect(reply.status == 400)
            for name in [
                "buyerIdentifiers", "certificates", "sources", "notifications", "brokenXmlStatus", "appointmentStyle",
                "ticketNamespace",
                "/x",
            ] {
                #expect(reply.body.contains(name), "\(name) in \(reply.body)")
            }
            #expect(exchange.directory.buyer("harbour") == nil)
        }
    }

    @Test func `a certificate is one party's`() async throws {
        try await withBuyers { client, exchange in
            _ = try await put(client, "harbour", Self.harbour())

            let other = try await put(client, "moor", Self.harbour())
            #expect(other.status == 409)
            #expect(exchange.directory.buyer("moor") == nil)
        }
    }

    @Test func `a buyerIdentifier is one buyer's, by its bytes`() async throws {
        try await withBuyers { client, exchange in
            _ = try await put(client, "harbour", Self.harbour(identifiers: #"["CAF\u00c9","H2","H2"]"#))

            let taken = try await put(client, "moor", Self.moor(identifiers: #"["MOOR","CAF\u00c9"]"#))
            let other = try await put(client, "moor", Self.moor(identifiers: #"["MOOR","CAFE\u0301"]"#))
            let again = try await put(client, "harbour", Self.harbour(identifiers: #"["CAF\u00c9","H2"]"#))

            #expect(taken.status == 409)
            #expect(taken.body.contains("harbour"))
            #expect(other.status == 201, "the other spelling is another identifier")
            #expect(again.status == 200)
        }
    }

    @Test func `two buyers that ask for one identifier at once don't both get it`() async throws {
        try await withBuyers { client, exchange in
            let terms = BuyerTerms(
                access: MutualTLSTerms(certificateFingerprints: [], sources: []),
                buyerIdentifiers: ["HARBOUR1"]
            )
            try await exchange.register(.buyer(id: "harbour", terms: terms))

            let refusal = await #expect(throws: Rejection.self) {
                try await exchange.register(.buyer(id: "moor", terms: terms))
            }

            #expect(refusal?.code == .alreadyExists)
        }
    }

    @Test func `an address that our policy forbids is refused where it is set, and a name that stands for one too`()
        async throws
    {
        let names = NameResolution(now: { .now }) { host in
            guard host == "inside.invalid" else { throw OutboundFailure(.dns, "the host has no address") }
            return ["10.0.0.1"]
        }
        let checks = try PartyChecks(
            addresses: AddressPolicy(.publicAnd(allowed: []), names: names),
            authorities: nil,
            realTime: .real
        )
        try await withBuyers(checks) { client, exchange in
            for url in ["http://169.254.169.254/latest", "https://[::1]/told", "https://inside.invalid/told"] {
                let reply = try await put(client, "harbour", Self.harbour(notifications: url))
                #expect(reply.status == 400)
                #expect(reply.body.contains(#""pointer":"/notifications""#), "\(reply.body)")
            }
            #expect(exchange.directory.buyer("harbour") == nil)
            let unknown = try await put(client, "harbour", Self.harbour(notifications: "https://new.invalid/told"))
            #expect(unknown.status == 201, "a name may get its address later")
        }
    }

    @Test(
        arguments: [
            (.ed25519, [.clientAuth], "Ed25519"), (.p521, [.clientAuth], "P-521"), (.p256, [.serverAuth], "clientAuth"),
        ] as [(MadeCertificate.Key, [ExtendedKeyUsage.Usage], String)]
    )
    func `a certificate that no listener ever takes is refused`(
        key: MadeCertificate.Key,
        usages: [ExtendedKeyUsage.Usage],
        reason: String
    ) async throws {
        let made = try MadeCertificate(key: key, usages: usages)

        try await withBuyers { client, exchange in
            let reply = try await put(client, "harbour", Self.harbour(pem: made.pem))

            #expect(reply.status == 400)
            #expect(
                reply.body.contains(#""pointer":"/certificates/0""#) && reply.body.contains(reason),
                "\(reply.body)"
            )
            #expect(exchange.directory.buyer("harbour") == nil)
        }
    }

    @Test(
        arguments: [
            (-30...(-1), true, "has expired on"), (1...30, true, "is not valid before"),
            (-1...30, false, "Authority of a test"), (-1...30, true, nil),
        ] as [(ClosedRange<Double>, Bool, String?)]
    )
    func `a certificate that is not taken today is registered, with a warning`(
        days: ClosedRange<Double>,
        isOurs: Bool,
        warning: String?
    ) async throws {
        let made = try MadeCertificate(days: days)
        let authority = isOurs ? made.authority : try MadeCertificate().authority
        let checks = PartyChecks(
            addresses: nil,
            authorities: try ClientChain(authorities: [NIOSSLCertificate(bytes: Array(authority.utf8), format: .pem)]),
            realTime: .real
        )

        try await withBuyers(checks) { client, exchange in
            let reply = try await put(client, "harbour", Self.harbour(pem: made.pem))

            #expect(reply.status == 201)
            #expect(reply.body.contains(#""warnings""#) == (warning != nil), "\(reply.body)")
            #expect(warning.map { reply.body.contains($0) } ?? true, "\(reply.body)")
        }
    }

    @Test func `nothing on the way keeps an answer about parties`() async throws {
        try await withBuyers { client, _ in
            let answers = [
                try await put(client, "harbour", Self.harbour()), try await execute(client, .get, "harbour"),
                try await execute(client, .get, "moor"), try await put(client, "moor", "{}"),
            ]

            #expect(answers.map(\.status) == [201, 200, 404, 400])
            #expect(answers.map(\.cacheControl) == [String?](repeating: "no-store", count: 4))
        }
    }

    @Test func `an absent buyer is not found`() async throws {
        try await withBuyers { client, _ in
            let reply = try await execute(client, .get, "harbour")
            #expect(reply.status == 404)
        }
    }

    @Test func `of a certificate that runs out somebody is warned at 30, 14, 7 and 1 days, once each`() async throws {
        let start = Date(timeIntervalSince1970: 1_800_000_000)
        let clock = VirtualClock(startingAt: start)
        let access = MutualTLSTerms(
            certificateFingerprints: ["aa"],
            sources: [],
            expiries: ["aa": start.addingTimeInterval(40 * 86_400)]
        )
        let buyer = Party.Role.buyer(id: "harbour", terms: BuyerTerms(access: access, buyerIdentifiers: ["H"]))
        let directory = Directory([Party(id: ID(1), role: buyer, at: start)])
        let watch = CertificateWatch(directory: directory, time: clock.source, logger: Logger(label: "test"))

        var warned: [Int] = []
        for _ in 0..<(42 * 24) {
            warned += watch.look().map(\.days)
            clock.move(to: clock.now.addingTimeInterval(3_600))
        }

        #expect(warned == [30, 14, 7, 1, 0])
    }
}

extension BuyersTests {
    struct Reply: Sendable {
        let status: Int
        let body: String
        var cacheControl: String?
    }

    /// Another buyer, with a certificate of its own.
    static func moor(identifiers: String) throws -> String {
        harbour(identifiers: identifiers, pem: try MadeCertificate().pem)
    }

    static func harbour(
        identifiers: String = #"["HARBOUR1"]"#,
        notifications: String = "https://buyer.invalid/told",
        pem: String = Self.pem
    ) -> String {
        """
        {"buyerIdentifiers":\(identifiers),"certificates":["\(pem.replacingOccurrences(of: "\n", with: "\\n"))"],
        "sources":["192.0.2.0/24","2001:db8::/32"],"notifications":"\(notifications)",
        "profile":{"envelope":true,"brokenXmlStatus":400,"appointmentStyle":"single","strict":true,
        "ticketNamespace":"wsdl"}}
        """
    }

    private func withBuyers(
        _ checks: PartyChecks = PartyChecks(),
        _ body: @escaping @Sendable (any TestClientProtocol, Exchange) async throws -> Void
    ) async throws {
        let store = try SQLiteStore(.temporary)
        let exchange = Exchange(store: store, time: .real, ids: .system, directory: Directory()) { _, _, _, _ in
            .json([])
        }
        let router = Router(context: BasicRequestContext.self)
        Buyers(exchange: exchange, checks: checks).add(to: router.group("operator/v1")) { _ in "desk" }
        try await Application(router: router).test(.router) { try await body($0, exchange) }
        try await store.close()
    }

    private func put(_ client: any TestClientProtocol, _ id: String, _ body: String) async throws -> Reply {
        try await execute(client, .put, id, body)
    }

    private func execute(
        _ client: any TestClientProtocol,
        _ method: HTTPRequest.Method,
        _ id: String,
        _ body: String? = nil
    ) async throws -> Reply {
        try await client.execute(
            uri: "/operator/v1/buyers/\(id)",
            method: method,
            headers: [.contentType: "application/json"],
            body: body.map { ByteBuffer(string: $0) }
        ) { Reply(status: $0.status.code, body: String(buffer: $0.body), cacheControl: $0.headers[.cacheControl]) }
    }

    /// Of nobody: self-signed for these tests.
    static let pem = """
        -----BEGIN CERTIFICATE-----
        MIIBjDCCATGgAwIBAgIUfBEjVFmxQGD/KYkkote0/MsvaG4wCgYIKoZIzj0EAwIw
        GjEYMBYGA1UEAwwPaGFyYm91ci5pbnZhbGlkMCAXDTI2MTEyMjA3MDcxNloYDzIx
        MjYxMDI5MDcwNzE2WjAaMRgwFgYDVQQDDA9oYXJib3VyLmludmFsaWQwWTATBgcq
        hkjOPQIBBggqhkjOPQMBBwNCAAQ8N5G2tXfH3JhFTncBa8YckPI1Jh78QQIfFr8M
        ZblQZxLCEejLu282chNHHcKECGAJ/YZSlO925TcpfZzF136/o1MwUTAdBgNVHQ4E
        FgQUTkKfUvBu7XEg0Y2O3JNRvlGun/cwHwYDVR0jBBgwFoAUTkKfUvBu7XEg0Y2O
        3JNRvlGun/cwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNJADBGAiEA4tcn
        Ey3TLbjb9XLQ+aJBs4CWfbcjVeyMovoZ04t/yBICIQCzxyM6tI2Et0y2dD/6WJ/X
        5SHC8iHvw6uU7uRJi8epTg==
        -----END CERTIFICATE-----
        """
    static let fingerprint = "4fb5c6529c792eeae7794d1009d69d4e93de9dec14b43151b833e0eac4b8fea8"
}
