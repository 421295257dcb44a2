import Formats
import NIOCore

/// Where we may call: an endpoint is a party's word, and must not become a way into our own network.
///
/// A name is resolved here, once for a call, and the call goes to the very address that was looked at (``OutboundCall``):
/// what the name says a moment later changes nothing (DNS rebinding).
package struct AddressPolicy: Sendable {
    package enum Rule: Sendable {
        /// The sandbox: this machine and nothing else (decision 28).
        case loopbackOnly
        /// The internet: no loopback, private, link-local or other special range, but for those listed.
        case publicAnd(allowed: [AddressRange])
    }

    /// Where a call may go.
    enum Target: Equatable, Sendable {
        /// The URL has the address itself.
        case literal
        /// The host's addresses that are allowed, in the order in which they are to be tried; at least one.
        case name(host: String, addresses: [String])
    }

    private let rule: Rule
    private let names: NameResolution

    package init(_ rule: Rule) { self.init(rule, names: NameResolution()) }

    init(_ rule: Rule, names: NameResolution) {
        self.rule = rule
        self.names = names
    }

    /// - Parameters:
    ///   - party: for which the call is made; `nil` for the host's own calls.
    ///   - limit: how long its name may take, in real time.
    func target(
        of url: HTTPURL,
        for party: String? = nil,
        within limit: Duration = .seconds(10)
    ) async throws -> Target {
        if let literal = try? SocketAddress(ipAddress: url.host, port: 0) {
            guard allows(literal) else { throw Self.notAllowed }
            return .literal
        }
        let addresses = try await names.addresses(of: url.host, for: party, within: limit).filter { address in
            (try? SocketAddress(ipAddress: address, port: 0)).map { allows($0) } ?? false
        }
        guard !addresses.isEmpty else { throw Self.notAllowed }
        return .name(host: url.host, addresses: addresses)
    }

    /// An address at which a call was taken: the next goes there at once.
    func prefer(_ address: String, of host: String) { names.prefer(address, of: host) }

    /// Without the address: what our resolver knows is nobody's business.
    private static let notAllowed = OutboundFailure(.forbidden, "the endpoint's address is not allowed")

    package func allows(_ address: SocketAddress) -> Bool {
        switch rule {
        case .loopbackOnly:
            Self.loopback.contains { $0.contains(address) }
        case .publicAnd(let allowed):
            allowed.contains { $0.contains(address) } || !Self.special.contains { $0.contains(address) }
        }
    }

    /// Whether calls to it are forbidden whatever a name server says: by its number, or because its name is this machine's own
    /// (RFC 6761 §6.3).
    package func plainlyForbids(_ url: HTTPURL) -> Bool {
        if let address = try? SocketAddress(ipAddress: url.host, port: 0) { return !allows(address) }
        let name = url.host.hasSuffix(".") ? String(url.host.dropLast()) : url.host
        guard name == "localhost" || name.hasSuffix(".localhost") else { return false }
        return !["127.0.0.1", "::1"].contains { text in
            (try? SocketAddress(ipAddress: text, port: 0)).map { allows($0) } ?? false
        }
    }

    private static let loopback = ["127.0.0.0/8", "::1"].compactMap(AddressRange.init)
    /// The IANA registries of special-purpose addresses; IPv4 inside IPv6 in each of its ways, for what it names is not
    /// looked at. An IPv4-mapped address is the IPv4 address (``AddressRange``).
    private static let special = [
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/4", "240.0.0.0/4", "::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23",
        "2001:db8::/32", "2002::/16", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
    ].compactMap(AddressRange.init)
}
