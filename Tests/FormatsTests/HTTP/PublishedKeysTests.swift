import Formats
import Testing

@Suite struct PublishedKeysTests {
    @Test func `keys for signatures are read, and what is none is passed over`() throws {
        let json = """
            {"keys":[{"kty":"EC","crv":"P-256","kid":"1","use":"sig","alg":"ES256","x":"AA","y":"BB"},
            {"kty":"RSA","n":"AQAB","e":"AQAB"},{"kty":"RSA","use":"enc","n":"AQAB","e":"AQAB"},{"kty":"EC","crv":"P-521","x":"A","y":"B"},
            {"kty":"EC","crv":"P-256","x":"A"},{"kty":"oct","k":"A"},{"kty":7},7,null,{}]}
            """

        let keys = try PublishedKeys(json: Array(json.utf8)).forSignatures

        #expect(keys.map(\.material) == [.p256(x: "AA", y: "BB"), .rsa(modulus: "AQAB", exponent: "AQAB")])
        #expect(keys.map(\.identifier) == ["1", nil])
    }

    @Test func `a number that no machine word holds costs no key`() throws {
        let json = #"{"expires":99999999999999999999,"keys":[{"kty":"RSA","n":"AQAB","e":"AQAB","exp":1e400}]}"#

        #expect(try PublishedKeys(json: Array(json.utf8)).forSignatures.count == 1)
    }

    @Test func `no more keys are read, and no longer numbers, than an issuer has`() throws {
        let key = #"{"kty":"RSA","n":"AQAB","e":"AQAB"}"#
        let many = Array(repeating: key, count: 60).joined(separator: ",")
        let long = String(repeating: "A", count: PublishedKeys.numberCharactersMax + 1)

        #expect(
            try PublishedKeys(json: Array(#"{"keys":[\#(many)]}"#.utf8)).forSignatures.count == PublishedKeys.keysMax
        )
        #expect(
            try PublishedKeys(json: Array(#"{"keys":[{"kty":"RSA","n":"\#(long)","e":"AQAB"}]}"#.utf8)).forSignatures
                == []
        )
    }

    @Test(arguments: ["{}", "[]", "7", #"{"keys":{}}"#, #"{"keys":"x"}"#])
    func `a document without keys has none`(json: String) throws {
        #expect(try PublishedKeys(json: Array(json.utf8)).forSignatures == [])
    }
}
