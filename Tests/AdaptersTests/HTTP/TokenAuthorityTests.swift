import Crypto
import Domain
import Engine
import FoundationEssentials
import HTTPTypes
import HummingbirdTesting
import JWTKit
import Testing

@testable import Adapters

@Suite struct TokenAuthorityTests {
    private static func authority(_ keys: KeyRing) -> TokenAuthority {
        TokenAuthority(
            issuer: "http://exchange.invalid",
            keys: keys,
            time: VirtualClock(startingAt: HTTPBench.start).source
        )
    }

    @Test func `through a rotation every token is good until the key it was signed with is taken away`() async throws {
        let (old, new) = (try SigningKey(pem: SigningKey.makePEM()), try SigningKey(pem: SigningKey.makePEM()))
        let announced = Self.authority(await KeyRing(old, others: [new]))
        let turned = Self.authority(await KeyRing(new, others: [old]))
        let finished = Self.authority(await KeyRing(new))
        let before = try await announced.issue(to: "a", audience: .tenantAPI, scopes: [])
        let after = try await turned.issue(to: "a", audience: .tenantAPI, scopes: [])

        for authority in [announced, turned] {
            for token in [before, after] {
                #expect(try await authority.verify(token, audience: .tenantAPI).clientID == "a")
            }
        }
        #expect(try await finished.verify(after, audience: .tenantAPI).clientID == "a")
        await #expect(throws: APIError.self) { try await finished.verify(before, audience: .tenantAPI) }
    }

    @Test func `all keys are published, the one that signs first, and none with its private half`() async throws {
        let (old, new) = (try SigningKey(pem: SigningKey.makePEM()), try SigningKey(pem: SigningKey.makePEM()))

        let published = await KeyRing(new, others: [old]).jwks

        let text = String(decoding: published.bytes, as: UTF8.self)
        let places = [new, old].compactMap { text.firstRange(of: $0.identifier)?.lowerBound }
        #expect(places.count == 2 && places[0] < places[1])
        #expect(!text.contains("\"d\""))
        #expect(published.headers[.cacheControl] == "public, max-age=3600")
        #expect(
            Set(try await JWKSet(json: published.bytes).named.keys.map(\.text)) == [old.identifier, new.identifier]
        )
    }

    @Test(arguments: ["/auth/keys", "/.well-known/jwks.json"])
    func `the keys are where verifiers look`(path: String) async throws {
        let answer = try await HTTPBench().run { try await $0.execute(uri: path, method: .get) }

        #expect(answer.status == .ok)
        #expect(answer.text.contains("\"kty\":\"EC\""))
    }

    @Test(arguments: ["none", "HS256", "RS256", "ES384"])
    func `a header that names another algorithm than the key's is refused`(algorithm: String) async throws {
        let key = try SigningKey(pem: SigningKey.makePEM())
        let authority = Self.authority(await KeyRing(key))
        let good = try await authority.issue(to: "a", audience: .tenantAPI, scopes: [])
        let header = Base64URL.encode(Array(#"{"alg":"\#(algorithm)","kid":"\#(key.identifier)"}"#.utf8))
        let parts = good.split(separator: ".")
        let forged = [header, String(parts[1]), algorithm == "none" ? "" : String(parts[2])].joined(separator: ".")

        await #expect(throws: APIError.self) { try await authority.verify(forged, audience: .tenantAPI) }
    }

    @Test func `a token signed with the public key as a shared secret is refused`() async throws {
        let key = try SigningKey(pem: SigningKey.makePEM())
        let authority = Self.authority(await KeyRing(key))
        let good = try await authority.issue(to: "a", audience: .tenantAPI, scopes: [])
        let header = Base64URL.encode(Array(#"{"alg":"HS256","kid":"\#(key.identifier)"}"#.utf8))
        let signed = "\(header).\(good.split(separator: ".")[1])"
        let secret = SymmetricKey(data: Array(key.key.publicKey.pemRepresentation.utf8))
        let code = Array(HMAC<SHA256>.authenticationCode(for: Array(signed.utf8), using: secret))

        await #expect(throws: APIError.self) {
            try await authority.verify("\(signed).\(Base64URL.encode(code))", audience: .tenantAPI)
        }
    }

    @Test func `a changed claim breaks the signature`() async throws {
        let authority = Self.authority(await KeyRing(try SigningKey(pem: SigningKey.makePEM())))
        let parts = try await authority.issue(to: "a", audience: .tenantAPI, scopes: ["read"]).split(separator: ".")
        let claims = String(decoding: try #require(Base64URL.decode(parts[1])), as: UTF8.self)
        let more = Base64URL.encode(Array(claims.replacing("read", with: "orders").utf8))

        await #expect(throws: APIError.self) {
            try await authority.verify("\(parts[0]).\(more).\(parts[2])", audience: .tenantAPI)
        }
    }
}
