import FoundationEssentials
import HTTPTypes

/// A bucket of a store that speaks S3: Amazon's, or one of the operator's own.
package struct S3ObjectStore: ObjectStore {
    package struct Bucket: Sendable {
        /// `https://s3.eu-west-2.amazonaws.com`: scheme, host and port, and nothing more.
        package let endpoint: String
        package let region: String
        package let name: String

        package init(endpoint: String, region: String, name: String) {
            self.endpoint = endpoint
            self.region = region
            self.name = name
        }
    }

    private let bucket: Bucket
    private let signature: S3Signature
    private let call: OutboundCall
    /// Stores compare a signature's time with their own clock: real time, whatever the product's is.
    private let realNow: @Sendable () -> Date

    package init(
        _ bucket: Bucket,
        credentials: S3Signature.Credentials,
        call: OutboundCall,
        realNow: @escaping @Sendable () -> Date
    ) {
        self.bucket = bucket
        signature = S3Signature(credentials, region: bucket.region)
        self.call = call
        self.realNow = realNow
    }

    package func look(for path: ObjectPath) async -> ObjectFinding {
        let request = request("HEAD", path)
        let headers = signature.headers(for: request, at: realNow()).map { (name: $0.key, value: $0.value) }
        switch await call.send(OutboundRequest(method: .head, url: url(request), headers: headers)) {
        case .success(let answer): return ObjectFinding(answer)
        case .failure(let failure) where failure.kind == .forbidden: return .refused(reason: failure.text)
        case .failure(let failure): return .unreachable(reason: failure.text)
        }
    }

    /// Nobody needs us to read what there is a link to.
    package func read(_ path: ObjectPath) async -> [UInt8]? { nil }

    package func link(to path: ObjectPath, for lifetime: Duration) -> String? {
        let request = request("GET", path)
        let seconds = Int(lifetime.components.seconds)
        return "\(url(request))?\(signature.query(for: request, at: realNow(), seconds: seconds))"
    }

    /// In path style, which every store takes.
    private func request(_ method: String, _ path: ObjectPath) -> S3Signature.Request {
        let host = bucket.endpoint.firstRange(of: "://").map { bucket.endpoint[$0.upperBound...] }
        return S3Signature.Request(
            method: method,
            host: host.map(String.init) ?? bucket.endpoint,
            path: "/\(bucket.name)/\(path.key)"
        )
    }

    private func url(_ request: S3Signature.Request) -> String {
        bucket.endpoint + S3Signature.encoded(request.path, keepingSlashes: true)
    }
}

extension ObjectFinding {
    init(_ answer: OutboundResponse) {
        switch answer.status {
        case 200..<300:
            guard let bytes = answer[header: "content-length"].flatMap({ Int64($0) }), bytes >= 0 else {
                self = .unreachable(reason: "the store does not say how large the object is")
                return
            }
            self = .present(bytes: bytes)
        case 404: self = .absent
        case 408, 425, 429, 500..<600: self = .unreachable(reason: answer.reason)
        case _: self = .refused(reason: answer.reason)
        }
    }
}
