import FoundationEssentials

/// A ticketing peer to be looked at, and as whom.
package struct TicketingPeer: Sendable {
    /// Without a slash at the end: `https://host:8081/prod/api2`.
    let base: String
    let host: String
    let port: Int
    let identity: TLSFiles
    let buyerIdentifier: String

    /// - Parameters:
    ///   - url: the base of its Ticketing API.
    ///   - identity: our certificate and key, and the authorities trusted beside the system's.
    ///   - buyerIdentifier: for the echo; one that isn't ours is refused in the contract's form too.
    /// - Returns: `nil` for what is no https address.
    package init?(url: String, identity: TLSFiles, buyerIdentifier: String) {
        guard let parts = URL(string: url), parts.scheme?.lowercased() == "https",
            let host = parts.host(percentEncoded: false), !host.isEmpty
        else { return nil }
        base = url.last == "/" ? String(url.dropLast()) : url
        self.host = host.first == "[" ? String(host.dropFirst().dropLast()) : host
        port = parts.port ?? 443
        self.identity = identity
        self.buyerIdentifier = buyerIdentifier
    }
}
