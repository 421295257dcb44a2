import Testing

@testable import Adapters

@Suite struct SecretHashTests {
    @Test func `a secret is recognised by its hash`() {
        #expect(SecretHash.verify("open sesame", against: SecretHash.make("open sesame")))
    }

    @Test func `another secret is not`() {
        #expect(!SecretHash.verify("open sesamf", against: SecretHash.make("open sesame")))
    }

    @Test func `the same secret is never hashed alike, and the hash doesn't show it`() {
        let hashes = [SecretHash.make("open sesame"), SecretHash.make("open sesame")]

        #expect(hashes[0] != hashes[1])
        #expect(!hashes[0].contains("sesame"))
    }

    @Test(arguments: ["", "sha256", "sha256$zz$00", "md5$00$00", "sha256$00$00", "sha256$00$00$00", "open sesame"])
    func `what isn't a hash recognises nothing`(stored: String) {
        #expect(!SecretHash.verify("open sesame", against: stored))
    }
}
