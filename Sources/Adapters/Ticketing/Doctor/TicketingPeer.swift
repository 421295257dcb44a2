/// A ticketing peer to be looked at, and as whom.
package struct TicketingPeer: Sendable {
    let peer: Peer
    let buyerIdentifier: String

    /// - Parameters:
    ///   - url: the base of its Ticketing API.
    ///   - identity: our certificate and key, and the authorities trusted beside the system's.
    ///   - buyerIdentifier: for the echo; one that isn't ours is refused in the contract's form too.
    /// - Returns: `nil` for what is no https address.
    package init?(url: String, identity: TLSFiles, buyerIdentifier: String) {
        guard let peer = Peer(url: url, identity: identity) else { return nil }
        self.peer = peer
        self.buyerIdentifier = buyerIdentifier
    }
}
