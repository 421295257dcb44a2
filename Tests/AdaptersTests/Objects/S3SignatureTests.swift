import FoundationEssentials
import Formats
import Testing

@testable import Adapters

/// Against the examples of Amazon's documentation of Signature Version 4.
@Suite struct S3SignatureTests {
    private let signature = S3Signature(
        .init(accessKeyID: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
        region: "us-east-1"
    )
    private let host = "examplebucket.s3.amazonaws.com"

    private func now() throws -> Date { try #require(Timestamp.parse("2013-05-24T00:00:00Z")) }

    @Test func `a request is signed in its headers as the documentation's is`() throws {
        let request = S3Signature.Request(
            method: "GET",
            host: host,
            path: "/test.txt",
            headers: ["range": "bytes=0-9"]
        )
        let headers = try signature.headers(for: request, at: now())

        #expect(headers["x-amz-date"] == "20130524T000000Z")
        #expect(
            headers["authorization"] == """
                AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, \
                SignedHeaders=host;range;x-amz-content-sha256;x-amz-date, \
                Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41
                """
        )
    }

    @Test func `a link is signed in its query as the documentation's is`() throws {
        let request = S3Signature.Request(method: "GET", host: host, path: "/test.txt")
        let query = try signature.query(for: request, at: now(), seconds: 86_400)

        #expect(
            query == """
                X-Amz-Algorithm=AWS4-HMAC-SHA256\
                &X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request\
                &X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host\
                &X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404
                """
        )
    }

    @Test func `a name is encoded byte by byte, and its slashes stay`() {
        #expect(S3Signature.encoded("/b/a b+ü.jpg", keepingSlashes: true) == "/b/a%20b%2B%C3%BC.jpg")
        #expect(S3Signature.encoded("a/b", keepingSlashes: false) == "a%2Fb")
    }
}
