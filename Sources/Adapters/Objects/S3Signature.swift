import Crypto
import FoundationEssentials
import Formats

/// AWS Signature Version 4, which every store that speaks S3 checks.
package struct S3Signature: Sendable {
    package struct Credentials: Sendable {
        package let accessKeyID: String
        package let secretAccessKey: String

        package init(accessKeyID: String, secretAccessKey: String) {
            self.accessKeyID = accessKeyID
            self.secretAccessKey = secretAccessKey
        }
    }

    /// A request as it is signed.
    package struct Request: Sendable {
        package var method: String
        package var host: String
        /// Not encoded, with the slash at its beginning.
        package var path: String
        /// Beside `host`, by lower-case name.
        package var headers: [String: String]

        package init(method: String, host: String, path: String, headers: [String: String] = [:]) {
            self.method = method
            self.host = host
            self.path = path
            self.headers = headers
        }
    }

    /// SHA-256 of no bytes: the body of every request of ours.
    private static let emptyHash = Hex.sha256([])
    private static let algorithm = "AWS4-HMAC-SHA256"

    private let credentials: Credentials
    private let region: String

    package init(_ credentials: Credentials, region: String) {
        self.credentials = credentials
        self.region = region
    }

    /// The headers that a request without a body is sent with.
    package func headers(for request: Request, at now: Date) -> [String: String] {
        let moment = Self.moment(now)
        var headers = request.headers
        headers["x-amz-content-sha256"] = Self.emptyHash
        headers["x-amz-date"] = moment
        var signed = headers
        signed["host"] = request.host
        let names = signed.keys.sorted()
        let canonical = Self.canonical(request, query: "", signed, names, payload: Self.emptyHash)
        headers["authorization"] = """
            \(Self.algorithm) Credential=\(credentials.accessKeyID)/\(scope(moment)), \
            SignedHeaders=\(names.joined(separator: ";")), Signature=\(signature(of: canonical, moment))
            """
        return headers
    }

    /// The query that lets anybody send the request for so many seconds, a week at most.
    package func query(for request: Request, at now: Date, seconds: Int) -> String {
        let moment = Self.moment(now)
        let query = [
            ("X-Amz-Algorithm", Self.algorithm),
            ("X-Amz-Credential", "\(credentials.accessKeyID)/\(scope(moment))"),
            ("X-Amz-Date", moment),
            ("X-Amz-Expires", "\(min(max(seconds, 1), 604_800))"),
            ("X-Amz-SignedHeaders", "host"),
        ]
        .map { "\($0)=\(Self.encoded($1, keepingSlashes: false))" }.joined(separator: "&")
        let canonical = Self.canonical(
            request,
            query: query,
            ["host": request.host],
            ["host"],
            payload: "UNSIGNED-PAYLOAD"
        )
        return "\(query)&X-Amz-Signature=\(signature(of: canonical, moment))"
    }

    /// Everything but letters, digits and `-._~` as `%XX` of its UTF-8.
    package static func encoded(_ text: String, keepingSlashes: Bool) -> String {
        let plain = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".utf8)
        let bytes = text.utf8.flatMap { byte -> [UInt8] in
            guard !plain.contains(byte), !(keepingSlashes && byte == UInt8(ascii: "/")) else { return [byte] }
            return Array("%\(Hex.encode([byte]).uppercased())".utf8)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    // MARK: -

    /// `20130524T000000Z`.
    private static func moment(_ now: Date) -> String {
        Timestamp.format(now).prefix { $0 != "." && $0 != "Z" }.filter { $0 != "-" && $0 != ":" } + "Z"
    }

    private func scope(_ moment: String) -> String { "\(moment.prefix(8))/\(region)/s3/aws4_request" }

    private static func canonical(
        _ request: Request,
        query: String,
        _ headers: [String: String],
        _ names: [String],
        payload: String
    ) -> String {
        let lines = names.map { "\($0):\(headers[$0] ?? "")\n" }.joined()
        return [
            request.method, encoded(request.path, keepingSlashes: true), query, lines, names.joined(separator: ";"),
            payload,
        ].joined(separator: "\n")
    }

    private func signature(of canonical: String, _ moment: String) -> String {
        let text = [Self.algorithm, moment, scope(moment), Hex.sha256(Array(canonical.utf8))].joined(separator: "\n")
        var key = SymmetricKey(data: Array("AWS4\(credentials.secretAccessKey)".utf8))
        for part in ["\(moment.prefix(8))", region, "s3", "aws4_request"] {
            key = SymmetricKey(data: Self.code(part, key))
        }
        return Hex.encode(Self.code(text, key))
    }

    private static func code(_ text: String, _ key: SymmetricKey) -> HMAC<SHA256>.MAC {
        HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: key)
    }
}
