import AsyncHTTPClient
import FoundationEssentials
import NIOCore
import NIOPosix
import Synchronization

/// Where we may call: an endpoint is a party's word, and must not become a way into our own network.
///
/// A name is resolved before the connection is made, and every call looks again, at most ten seconds later.
package struct AddressPolicy: Sendable {
    package enum Rule: Sendable {
        /// The sandbox: this machine and nothing else (decision 28).
        case loopbackOnly
        /// The internet: no loopback, private, link-local or other special range, but for those listed.
        case publicAnd(allowed: [AddressRange])
    }

    private let rule: Rule
    private let resolved = ResolvedNames()

    package init(_ rule: Rule) { self.rule = rule }

    package func check(_ url: String) async throws {
        guard let parts = URL(string: url), let scheme = parts.scheme, ["http", "https"].contains(scheme.lowercased()),
            let host = parts.host(percentEncoded: false), !host.isEmpty
        else { throw OutboundFailure(.forbidden, "the endpoint is not an http or https address") }
        let address = try await resolved.address(of: host.trimmingBrackets, port: parts.port ?? 443)
        guard allows(address) else {
            throw OutboundFailure(.forbidden, "the endpoint's address \(address.ipAddress ?? "") is not allowed")
        }
    }

    package func allows(_ address: SocketAddress) -> Bool {
        switch rule {
        case .loopbackOnly:
            Self.loopback.contains { $0.contains(address) }
        case .publicAnd(let allowed):
            allowed.contains { $0.contains(address) } || !Self.special.contains { $0.contains(address) }
        }
    }

    private static let loopback = ["127.0.0.0/8", "::1"].compactMap(AddressRange.init)
    /// The IANA registries of special-purpose addresses.
    private static let special = [
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/4", "240.0.0.0/4", "::/127", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23",
        "2001:db8::/32", "2002::/16", "fc00::/7", "fe80::/10", "ff00::/8",
    ].compactMap(AddressRange.init)
}

/// Host names' addresses, looked up off the event loops, and kept for a moment.
private final class ResolvedNames: Sendable {
    private static let kept = TimeAmount.seconds(10)
    private let known = RecentlyUsed<String, (address: SocketAddress, until: NIODeadline)>(capacity: 1_000)

    func address(of host: String, port: Int) async throws -> SocketAddress {
        if let literal = try? SocketAddress(ipAddress: host, port: port) { return literal }
        let key = "\(host):\(port)"
        if let entry = known[key], entry.until > .now() { return entry.address }
        do {
            let address = try await NIOThreadPool.singleton.runIfActive {
                try SocketAddress.makeAddressResolvingHost(host, port: port)
            }
            known[key] = (address, .now() + Self.kept)
            return address
        } catch {
            throw OutboundFailure(.dns, "the host has no address")
        }
    }
}

extension String {
    fileprivate var trimmingBrackets: String {
        hasPrefix("[") && hasSuffix("]") ? String(dropFirst().dropLast()) : self
    }
}
