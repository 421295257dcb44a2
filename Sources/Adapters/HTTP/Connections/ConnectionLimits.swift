import NIOCore

/// How many connections a listener keeps, and how long it waits for a peer (docs/adr/0022).
package struct ConnectionLimits: Sendable {
    /// All connections of a listener. When a new one comes, the one that has been quiet longest is closed for it.
    package var connectionsMax = 4_000
    /// The sources that fill a listener are ten or more: one address has at most a tenth of the connections.
    static let sourcesMin = 10
    /// Addresses without a share of their own limit, because many clients come from each: the proxies of `serve`'s file,
    /// and loopback in the sandbox.
    package var exempt: [AddressRange] = []
    /// From the accept to the end of the first request's head, TLS handshake included. A client connects because it has
    /// something to ask.
    package var firstHeadTimeout: TimeAmount = .seconds(10)
    /// A peer that takes no byte of its answer for this long is gone, or holds the connection on purpose.
    package var stallTimeout: TimeAmount = .seconds(30)
    /// Bytes of answers that peers have not taken yet, over all connections of a listener. Beyond it, the connection that has
    /// not read for longest is closed.
    package var answerBytesMax = 128 << 20

    package init() {}

    var perSourceMax: Int { max(1, connectionsMax / Self.sourcesMin) }

    /// Where a connection is counted; `nil` if its address is exempt, or unknown.
    func source(of address: SocketAddress?) -> ConnectionSource? {
        guard let address, !exempt.contains(where: { $0.contains(address) }) else { return nil }
        return ConnectionSource(address)
    }
}

/// Whose connections are counted together: an IPv4 address, or the network of 64 bits that an IPv6 subscriber has whole.
struct ConnectionSource: Hashable, Sendable {
    private let network: UInt64
    private let host: UInt64

    init?(_ address: SocketAddress) {
        guard let bytes = AddressRange.bytes(of: address) else { return nil }
        let first = bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        // A mark beside the 32 bits, so that no IPv6 network equals an IPv4 address.
        (network, host) = bytes.count == 4 ? (0, 1 << 32 | first) : (first, 0)
    }
}
