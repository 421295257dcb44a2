import Domain
import Engine
import FoundationEssentials
import HTTPTypes
import JWTKit
import Logging
import Synchronization
import TestSupport
import Testing

@testable import Adapters

/// Tokens of somebody else's: good by the house's configuration, and by nothing that they say themselves.
@Suite struct OutsideIssuerTests {
    @Test func `a token of theirs makes its bearer the client that the configuration names`() async throws {
        let provider = try Provider()

        try await provider.bench { bench in
            let answer = try await bench.get("/v1/suppliers", bearing: try await provider.token())

            #expect(answer.status == 200)
        }
    }

    @Test(arguments: [(false, 200), (true, 401)])
    func `a token that names no key is tried with the only key of its issuer, and with none of several`(
        hasSecondKey: Bool,
        status: Int
    ) async throws {
        let provider = try Provider(hasSecondKey: hasSecondKey)
        let token = try await provider.token(named: false)

        try await provider.bench { bench in
            let answers = [
                try await bench.get("/v1/suppliers", bearing: token),
                try await bench.get("/v1/suppliers", bearing: token),
            ]

            #expect(answers.map(\.status) == [status, status])
        }
    }

    @Test func `the only key may be one without a name`() async throws {
        let key = try SigningKey(pem: SigningKey.makePEM())
        let set = #"{"keys":[{"kty":"EC","crv":"P-256","x":"\#(key.point.x)","y":"\#(key.point.y)"}]}"#

        let keys = try await JWKSet(json: Array(set.utf8))

        #expect(keys[nil] != nil && keys[key.identifier] == nil)
    }

    @Test(
        arguments: [
            { $0.client = "somebody-else" }, { $0.client = "TENANT1" }, { $0.audience = ["another-api"] },
            { $0.issuer = "https://login.example/other" }, { $0.expires -= 7_200 }, { $0.begins = 3_600 },
            { $0.client = "" }, { $0.issued += 3_600 },
        ] as [@Sendable (inout OutsideClaims) -> Void]
    )
    func `what is not meant for us, not now, or not of a client named is refused`(
        spoil: @Sendable (inout OutsideClaims) -> Void
    ) async throws {
        let provider = try Provider()
        var claims = OutsideClaims()
        spoil(&claims)
        let token = try await provider.token(claims)

        try await provider.bench { bench in
            let answer = try await bench.get("/v1/suppliers", bearing: token)

            #expect(answer.status == 401)
        }
    }

    @Test func `their scopes are kept, and none is added to the client's`() async throws {
        let provider = try Provider()
        var claims = OutsideClaims()
        claims.scopes = "read moon"
        let token = try await provider.token(claims)

        try await provider.bench(scopeClaim: "scp") { bench in
            let reading = try await bench.get("/v1/suppliers", bearing: token)
            let ordering = try await bench.send(.post, "/v1/service-orders", TenantSample.order(), bearing: token)

            #expect([reading.status, ordering.status] == [200, 403])
        }
    }

    @Test func `a token that says it is theirs and is signed by a stranger is refused`() async throws {
        let (provider, stranger) = (try Provider(), try Provider())

        try await provider.bench { bench in
            let answer = try await bench.get("/v1/suppliers", bearing: try await stranger.token())

            #expect(answer.status == 401)
        }
    }

    @Test func `our own tokens stay good beside theirs`() async throws {
        try await Provider().bench { bench in
            let answer = try await bench.get("/v1/suppliers")

            #expect(answer.status == 200)
        }
    }

    @Test func `an unknown key has their keys fetched again, but not by every token`() async throws {
        let clock = SteppedClock()
        let fetches = Mutex(0)
        let (old, new) = (try SigningKey(pem: SigningKey.makePEM()), try SigningKey(pem: SigningKey.makePEM()))
        let (before, after) = (await KeyRing(old).jwks.bytes, await KeyRing(new).jwks.bytes)
        let keys = OutsideKeys(logger: Provider.quiet, now: { clock.now }) {
            fetches.withLock { fetches in
                fetches += 1
                return fetches == 1 ? before : after
            }
        }

        #expect(await keys.key(old.identifier) != nil)
        #expect(await keys.key(new.identifier) == nil, "fetched a moment ago")
        clock.advance(by: OutsideKeys.fetchedEvery)
        #expect(await keys.key(new.identifier) != nil)
        #expect(await keys.key(old.identifier) == nil, "taken away by its issuer")
        #expect(fetches.withLock { $0 } == 2)
    }

    @Test func `if their keys cannot be had, those of before stay good`() async throws {
        let clock = SteppedClock()
        let key = try SigningKey(pem: SigningKey.makePEM())
        let published = await KeyRing(key).jwks.bytes
        let isDown = Mutex(false)
        let keys = OutsideKeys(logger: Provider.quiet, now: { clock.now }) {
            if isDown.withLock({ $0 }) { throw OutboundFailure(.refused, "nobody listens there") }
            return published
        }
        _ = await keys.key(key.identifier)
        isDown.withLock { $0 = true }

        clock.advance(by: OutsideKeys.keptFor)

        #expect(await keys.key(key.identifier) != nil)
    }

    @Test func `of a set of keys only those for signatures that we check are taken`() async throws {
        let rsa = try Insecure.RSA.PublicKey(pem: Provider.rsaPEM).getKeyPrimitives()
        let (n, e) = (Base64URL.encode(Array(rsa.modulus)), Base64URL.encode(Array(rsa.publicExponent)))
        let set = """
            {"keys":[{"kid":"a","kty":"RSA","n":"\(n)","e":"\(e)"},
            {"kid":"b","kty":"RSA","n":"\(n)","e":"\(e)","use":"enc"},
            {"kid":"c","kty":"RSA","n":"\(n)","e":"\(e)","alg":"RS512"},
            {"kid":"d","kty":"oct","k":"AAAA"},{"kty":"RSA","n":"\(n)","e":"\(e)"},
            {"kid":"f","kty":"EC","crv":"P-256","x":"AA","y":"AA"}]}
            """

        let keys = try await JWKSet(json: Array(set.utf8))

        #expect(keys.named.mapValues(\.algorithm) == [ExactText("a"): .rs256])
        #expect(keys.only == nil, "there is one without an identifier too")
    }
}

struct OutsideClaims: JWTPayload {
    var issuer = "https://login.example/tenant"
    var audience = ["other", "https://exchange.example"]
    var client = "their-app"
    var scopes: String? = "anything"
    var issued = TenantBench.start.timeIntervalSince1970
    var begins: Double?
    var expires = TenantBench.start.timeIntervalSince1970 + 3_600

    enum CodingKeys: String, CodingKey {
        case issuer = "iss"
        case audience = "aud"
        case client = "azp"
        case scopes = "scp"
        case issued = "iat"
        case begins = "nbf"
        case expires = "exp"
    }

    func verify(using algorithm: some JWTAlgorithm) {}
}

/// An identity provider of somebody else's.
private struct Provider {
    static let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    static let rsaPEM = """
        -----BEGIN PUBLIC KEY-----
        MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEApiTImaDXtKqiV7XGINiO
        L9lvKetWNoUcqjWTodKsXDp7ME7TOaunzPMsudv8+lSfk/tSxPIHnEA+N6C4+RZm
        1zy55w3OTGZGygVabJvSopNL90NrnjXUgHYuLUDZn7U/0ylqqz3HPry4KQC78osJ
        BbfbikbQtCC7+J6kmABlkyOv724CiAo6KGn94DwrLACK15Zy+3hYFkALhe97yJcJ
        Bagd7Y/MvpVZ5JN0uJa9az+58xNC9ebCjOkeOgJkkt1ND34oPlkxEKbTcROOEQB8
        P3JrgoRf9zn/07EbRbXbzPLEnz0Q7K5xwYpq9tT3tlU7d5im9XkqETwwjX96zRnT
        NQIDAQAB
        -----END PUBLIC KEY-----
        """
    private let key: SigningKey

    private let second: SigningKey?

    init(hasSecondKey: Bool = false) throws {
        key = try SigningKey(pem: SigningKey.makePEM())
        second = hasSecondKey ? try SigningKey(pem: SigningKey.makePEM()) : nil
    }

    func token(_ claims: OutsideClaims = OutsideClaims(), named: Bool = true) async throws -> String {
        var claims = claims
        claims.begins = claims.begins.map { TenantBench.start.timeIntervalSince1970 + $0 }
        guard named else { return try await JWTKeyCollection().add(ecdsa: key.key).sign(claims) }
        return try await KeyRing(key).signer.sign(claims, kid: .init(string: key.identifier))
    }

    func bench(
        scopeClaim: String? = nil,
        _ body: @Sendable @escaping (TenantBench) async throws -> Void
    ) async throws {
        let published = await KeyRing(key, others: second.map { [$0] } ?? []).jwks.bytes
        let issuer = OutsideIssuer(
            issuer: OutsideClaims().issuer,
            audience: "https://exchange.example",
            interface: .tenantAPI,
            clientClaim: "azp",
            clients: ["their-app": "TENANT1"],
            scopeClaim: scopeClaim,
            logger: Self.quiet
        ) { published }
        try await TenantBench.run(outside: [issuer], body)
    }
}
