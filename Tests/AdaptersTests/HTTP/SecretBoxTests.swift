import Domain
import FoundationEssentials
import Testing

@testable import Adapters

@Suite struct SecretBoxTests {
    private static func box(_ byte: UInt8 = 1) throws -> SecretBox {
        try #require(SecretBox(key: [UInt8](repeating: byte, count: SecretBox.keyBytes)))
    }

    @Test func `what was sealed is opened by the same key, and by no other`() throws {
        let sealed = try Self.box().seal("pass wörd")

        #expect(try Self.box().open(sealed) == "pass wörd")
        #expect(try Self.box(2).open(sealed) == nil)
    }

    @Test func `the same secret is never sealed alike, and is not in what is kept`() throws {
        let sealed = [try Self.box().seal("password"), try Self.box().seal("password")]

        #expect(sealed[0] != sealed[1])
        #expect(!String(decoding: Data(base64Encoded: sealed[0].sealed) ?? Data(), as: UTF8.self).contains("password"))
    }

    @Test func `what was changed since is not opened`() throws {
        var bytes = Array(try #require(Data(base64Encoded: try Self.box().seal("password").sealed)))
        bytes[14] ^= 1

        #expect(try Self.box().open(SealedSecret(sealed: Data(bytes).base64EncodedString())) == nil)
        #expect(try Self.box().open(SealedSecret(sealed: "no base64")) == nil)
    }

    @Test(arguments: [0, 16, 31, 33])
    func `a key of another length makes none`(count: Int) {
        #expect(SecretBox(key: [UInt8](repeating: 1, count: count)) == nil)
    }
}
