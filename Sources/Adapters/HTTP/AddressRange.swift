import NIOCore

/// A range of source addresses in CIDR notation. An IPv4 address that arrives mapped into IPv6 (`::ffff:192.0.2.1`,
/// as a dual-stack socket reports it) is treated as the IPv4 address that it is.
package struct AddressRange: Hashable, Sendable {
    private let network: [UInt8]
    private let prefixBits: Int

    /// `192.0.2.0/24`, `2001:db8::/32`, or a single address.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2, let first = parts.first,
            let address = try? SocketAddress(ipAddress: String(first), port: 0), var bytes = Self.bytes(of: address)
        else { return nil }
        var width = address.rawByteCount * 8
        var prefix = width
        if parts.count == 2 {
            guard let given = Int(parts[1]), given >= 0, given <= width, parts[1].allSatisfy(\.isNumber) else {
                return nil
            }
            prefix = given
        }
        if bytes.count * 8 < width {
            // a mapped network: its first 96 bits are the mapping's
            guard prefix >= 96 else { return nil }
            prefix -= 96
            width = 32
        }
        for index in bytes.indices { bytes[index] &= Self.mask(ofByte: index, prefix) }
        network = bytes
        prefixBits = prefix
    }

    /// This machine's own addresses.
    package static let loopback = ["127.0.0.0/8", "::1"].compactMap { AddressRange($0) }

    package func contains(_ address: SocketAddress) -> Bool {
        guard let bytes = Self.bytes(of: address), bytes.count == network.count else { return false }
        return bytes.indices.allSatisfy { bytes[$0] & Self.mask(ofByte: $0, prefixBits) == network[$0] }
    }

    private static func mask(ofByte index: Int, _ prefixBits: Int) -> UInt8 {
        let bits = min(8, max(0, prefixBits - index * 8))
        return bits == 0 ? 0 : UInt8(truncatingIfNeeded: 0xFF << (8 - bits))
    }

    /// The first half of an IPv6 address, as text.
    static func prefix64(_ bytes: [UInt8]) -> String {
        let groups = stride(from: 0, to: 8, by: 2).map {
            String(UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]), radix: 16)
        }
        return groups.joined(separator: ":") + "::/64"
    }

    /// 4 or 16 bytes; `nil` for what isn't an internet address.
    static func bytes(of address: SocketAddress) -> [UInt8]? {
        // where `sockaddr_in` and `sockaddr_in6` have the address
        let (offset, count) = address.rawByteCount == 4 ? (4, 4) : (8, 16)
        guard address.rawByteCount > 0 else { return nil }
        let bytes = address.withSockAddr { start, _ in
            Array(UnsafeRawBufferPointer(start: UnsafeRawPointer(start) + offset, count: count))
        }
        let mapping: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]
        return bytes.starts(with: mapping) ? Array(bytes[12...]) : bytes
    }
}

extension SocketAddress {
    fileprivate var rawByteCount: Int {
        switch self {
        case .v4: 4
        case .v6: 16
        case .unixDomainSocket: 0
        }
    }
}
