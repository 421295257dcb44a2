import Testing

@testable import Adapters

/// A status alone is no reason: the other side's words come with it.
@Suite struct OutboundResponseWordsTests {
    @Test(arguments: [
        (#"{"messages":["a","b"]}"#, "answered 400: a b"), (#"{"message":"a"}"#, "answered 400: a"),
        (#"{"title":"t","detail":"d"}"#, "answered 400: d"),
        (#"{"error":{"code":1,"message":"a"}}"#, "answered 400: a"),
        (
            #"{"error":"invalid_client","error_description":"no such client"}"#,
            "answered 400: invalid_client: no such client"
        ),
        (#"{"error":"invalid_client"}"#, "answered 400: invalid_client"),
        (#"{"errors":[{"message":"a"},{"detail":"b"}]}"#, "answered 400: a b"), (#""a""#, "answered 400: a"),
        ("a\r\nb\u{1B}[0m", "answered 400: a b [0m"), ("<html><title>Oh</title></html>", "answered 400: Oh"),
        ("<r><errorMessage>bad</errorMessage></r>", "answered 400: bad"), ("", "answered 400 without a reason"),
        ("{}", "answered 400 without a reason"), ("\u{0}\u{1}", "answered 400 without a reason"),
    ])
    func `whatever says something is heard`(body: String, reason: String) {
        #expect(OutboundResponse(status: 400, body: Array(body.utf8)).reason == reason)
    }

    @Test func `words are bounded`() {
        let response = OutboundResponse(status: 400, body: [UInt8](repeating: UInt8(ascii: "x"), count: 100_000))

        #expect(response.reason.count == 515)
    }

    @Test func `bytes that cannot be decompressed say nothing`() {
        let response = OutboundResponse(status: 400, headers: ["content-encoding": "br"], body: [1, 2, 3])

        #expect(response.reason == "answered 400 without a reason")
        #expect(response.nature == "the answer is compressed by br, which was not asked for")
    }
}
