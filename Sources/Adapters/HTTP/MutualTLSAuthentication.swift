import Domain
import Engine
import FoundationEssentials
import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// Finds out who asks from the client certificate, on every request, for a resumed session skips the handshake's
/// checks and a party may have been removed meanwhile (decision 39).
package struct MutualTLSAuthentication: RouterMiddleware {
    package typealias Context = BasicContext

    /// As what a caller must be registered.
    package enum Expected: Sendable { case buyer, partner, notifier, dispatcher }

    /// How the protocol at hand spells 401 and 403.
    package typealias Unauthorised =
        @Sendable (_ status: HTTPResponse.Status, _ reason: String, _ request: Request) -> Response

    private let expected: Expected
    private let directory: Directory
    /// Certificates age in real time, whatever the product's clock says (decision 19).
    private let realTime: TimeSource
    private let unauthorised: Unauthorised
    private let identities = PeerIdentities()

    package init(
        _ expected: Expected,
        directory: Directory,
        realTime: TimeSource = .real,
        unauthorised: @escaping Unauthorised
    ) {
        self.expected = expected
        self.directory = directory
        self.realTime = realTime
        self.unauthorised = unauthorised
    }

    package func handle(
        _ request: Request,
        context: BasicContext,
        next: (Request, BasicContext) async throws -> Response
    ) async throws -> Response {
        guard let peer = try await identities.identity(of: context.channel) else {
            return refuse(.unauthorized, "A client certificate is required.", request, context)
        }
        guard let party = directory.party(fingerprint: peer.fingerprint) else {
            return refuse(.unauthorized, "The client certificate is not registered.", request, context, peer)
        }
        guard realTime.now() <= peer.notValidAfter else {
            return refuse(.unauthorized, "The client certificate has expired.", request, context, peer)
        }
        guard let address = context.remoteAddress, party.allows(address) else {
            return refuse(.forbidden, "This party may not come from this address.", request, context, peer)
        }
        guard let caller = Caller(party, by: peer, as: expected) else {
            return refuse(.forbidden, "This certificate is registered for another interface.", request, context, peer)
        }
        var context = context
        context.caller = caller
        context.headers = ConversationHeaders(optional: request.headers)
        return try await next(request, context)
    }

    private func refuse(
        _ status: HTTPResponse.Status,
        _ reason: String,
        _ request: Request,
        _ context: BasicContext,
        _ peer: PeerIdentity? = nil
    ) -> Response {
        context.logger.info(
            "caller refused",
            metadata: [
                "pb-reason": "\(reason)", "pb-address": "\(context.remoteAddress?.ipAddress ?? "unknown")",
                "pb-fingerprint": "\(peer?.fingerprint ?? "none")", "pb-subject": "\(peer?.subject ?? "none")",
            ]
        )
        return unauthorised(status, reason, request)
    }
}

extension Caller {
    init?(_ party: Domain.Party.Role, by peer: PeerIdentity, as expected: MutualTLSAuthentication.Expected) {
        switch (expected, party) {
        case (.buyer, .buyer(let id, let terms)): self.init(.buyer(id: id, terms: terms), by: peer)
        case (.partner, .partner(let id, let terms)): self.init(.partner(id: id, terms: terms), by: peer)
        case (.notifier, .supplier(let id, let terms)): self.init(.supplier(id: id, terms: terms), by: peer)
        case (.dispatcher, .dispatcher(let id, let terms)): self.init(.dispatcher(id: id, terms: terms), by: peer)
        case (.buyer, _), (.partner, _), (.notifier, _), (.dispatcher, _): return nil
        }
    }
}

extension Directory {
    /// Whether any party at all may come from an address: asked before the handshake.
    package func allows(_ address: SocketAddress?) -> Bool {
        guard let address else { return false }
        return sources.contains { AddressRange($0)?.contains(address) == true }
    }
}

extension Party.Role {
    fileprivate func allows(_ address: SocketAddress) -> Bool {
        access?.sources.contains { AddressRange($0)?.contains(address) == true } == true
    }
}
