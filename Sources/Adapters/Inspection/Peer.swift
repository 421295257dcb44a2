import Formats

/// A peer of ours to be looked at, and as whom.
package struct Peer: Sendable {
    /// Without a slash at the end: `https://host:8081/prod/api2`.
    let base: String
    let host: String
    let port: Int
    let identity: TLSFiles

    /// - Parameters:
    ///   - url: the base of its API.
    ///   - identity: our certificate and key, and the authorities trusted beside the system's.
    /// - Returns: `nil` for what is no https address.
    package init?(url: String, identity: TLSFiles) {
        guard let address = try? HTTPURL(url, schemes: [.https]), address.query == nil else { return nil }
        base = url.last == "/" ? String(url.dropLast()) : url
        host = address.host
        port = address.port
        self.identity = identity
    }
}
