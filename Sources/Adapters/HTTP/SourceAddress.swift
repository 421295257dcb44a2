import Domain
import HTTPTypes
import Hummingbird
import NIOCore

/// From where a request comes: the connection's other end or, if that is a proxy of ours, whom the proxy names.
///
/// `X-Forwarded-For` grows to the right, so only the elements right of the first stranger, and the stranger's own, were
/// written by our proxies. An element among these that is empty or cannot be read leaves the source unknown: a proxy that
/// writes one is not the proxy that the configuration means. What stands further left is the caller's word, and is not read.
package struct SourceAddress: Sendable {
    private let proxies: [AddressRange]

    /// - Parameter proxies: from where a connection is a proxy's; none, if callers come by themselves.
    package init(proxies: [AddressRange] = []) { self.proxies = proxies }

    func of(_ request: Request, _ context: BasicContext) -> SocketAddress? {
        guard let peer = context.remoteAddress else { return nil }
        guard isProxy(peer) else { return peer }
        let lines = request.headers[values: .forwardedFor]
        guard !lines.isEmpty else { return peer }
        let elements = lines.joined(separator: ",").split(separator: ",", omittingEmptySubsequences: false)
        for element in elements.reversed() {
            guard let address = ForwardedElement.address(element) else { return nil }
            if !isProxy(address) { return address }
        }
        return peer
    }

    /// Whether a client may come from where a request comes; one without a list may from anywhere (G-006).
    func allows(_ client: APIClient, _ request: Request, _ context: BasicContext) -> Bool {
        guard let sources = client.sources else { return true }
        guard let address = of(request, context) else { return false }
        return sources.contains { AddressRange($0)?.contains(address) == true }
    }

    private func isProxy(_ address: SocketAddress) -> Bool { proxies.contains { $0.contains(address) } }
}

/// One element of `X-Forwarded-For`: an address, maybe in quotes, maybe with a port, IPv6 maybe in brackets.
///
/// There is no standard for the field; these are what nginx, HAProxy, Envoy, Apache and the large clouds write.
enum ForwardedElement {
    private static let portDigitsMax = 5

    static func address(_ element: Substring) -> SocketAddress? {
        var text = element.utf8.drop { isBlank($0) }
        while let last = text.last, isBlank(last) { text.removeLast() }
        if text.first == UInt8(ascii: "\"") {
            guard text.count >= 2, text.last == UInt8(ascii: "\"") else { return nil }
            text = text.dropFirst().dropLast()
        }
        if text.first == UInt8(ascii: "[") {
            guard let end = text.firstIndex(of: UInt8(ascii: "]")), isPort(text[text.index(after: end)...]) else {
                return nil
            }
            let inside = text[text.index(after: text.startIndex)..<end]
            return inside.contains(UInt8(ascii: ":")) ? number(inside) : nil
        }
        let colons = text.filter { $0 == UInt8(ascii: ":") }.count
        guard colons == 1, let colon = text.firstIndex(of: UInt8(ascii: ":")) else { return number(text) }
        return isPort(text[colon...]) ? number(text[..<colon]) : nil
    }

    /// Nothing, or a colon and a port.
    private static func isPort(_ text: Substring.UTF8View) -> Bool {
        guard text.first == UInt8(ascii: ":") else { return text.isEmpty }
        let digits = text.dropFirst()
        return (1...portDigitsMax).contains(digits.count) && digits.allSatisfy { (0x30...0x39).contains($0) }
    }

    /// Only what an address has in it gets to the system's parser, which reads C strings.
    private static func number(_ text: Substring.UTF8View) -> SocketAddress? {
        let isNumeric = text.allSatisfy { byte in
            (0x30...0x3A).contains(byte) || byte == UInt8(ascii: ".") || (0x61...0x66).contains(byte | 0x20)
        }
        guard isNumeric, !text.isEmpty else { return nil }
        return try? SocketAddress(ipAddress: String(decoding: text, as: UTF8.self), port: 0)
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
}

extension HTTPField.Name {
    static let forwardedFor = Self.known("X-Forwarded-For")
}
