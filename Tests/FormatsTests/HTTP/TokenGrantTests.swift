import Formats
import Testing

@Suite struct TokenGrantTests {
    @Test(arguments: [
        ("3600", 3_600), (#""3600""#, 3_600), ("3600.5", 3_600), ("0", 1), ("-1", 1), ("9223372036854775807", 86_400),
        ("18446744073709551615", 86_400), (#""1e999""#, 86_400), (#""nan""#, 300), (#""soon""#, 300), ("null", 300),
        ("[]", 300), ("1e30", 86_400), ("1e999", 86_400), ("99999999999999999999", 86_400), ("-1e30", 1),
        ("-99999999999999999999", 1), ("0.5", 1), ("1e-400", 1), ("3.6e3", 3_600), (#"" 3600 ""#, 3_600),
        (#""99999999999999999999""#, 86_400), (#""-1""#, 1), (#""""#, 300), ("true", 300), ("{}", 300),
        (String(repeating: "9", count: 400), 86_400), ("0." + String(repeating: "0", count: 400) + "1", 1),
    ])
    func `a lifetime in any spelling is held to a day`(spelling: String, seconds: Int) {
        let grant = TokenGrant(json: Array(#"{"access_token":"a.b","expires_in":\#(spelling)}"#.utf8))

        #expect(grant?.expiresIn == seconds)
    }

    @Test(arguments: [
        "", "{}", "[]", #"{"access_token":7}"#, #"{"access_token":""}"#, #"{"access_token":"a b"}"#,
        #"{"access_token":"a\r\nX: y"}"#,
        #"{"access_token":"é"}"#, #"{"error":"invalid_client"}"#,
    ])
    func `what cannot be shown in a header is no token`(json: String) {
        #expect(TokenGrant(json: Array(json.utf8)) == nil)
    }
}
