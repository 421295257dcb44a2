import Domain
import HTTPTypes
import Hummingbird
import NIOCore

/// From where a request comes: the connection's other end or, if that is a proxy of ours, whom the proxy names.
///
/// `X-Forwarded-For` grows to the right, so only what stands right of the first stranger was written by our own proxies.
package struct SourceAddress: Sendable {
    private let proxies: [AddressRange]

    /// - Parameter proxies: from where a connection is a proxy's; none, if callers come by themselves.
    package init(proxies: [AddressRange] = []) { self.proxies = proxies }

    func of(_ request: Request, _ context: BasicContext) -> SocketAddress? {
        guard let peer = context.remoteAddress else { return nil }
        guard isProxy(peer) else { return peer }
        let named = request.headers[values: .forwardedFor].joined(separator: ",").split(separator: ",")
        for entry in named.reversed() {
            let text = String(entry.drop { $0 == " " }.prefix { $0 != " " })
            guard let address = try? SocketAddress(ipAddress: text, port: 0) else { return nil }
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

extension HTTPField.Name {
    static let forwardedFor = Self.known("X-Forwarded-For")
}
