/// The peer's host has an address.
enum PeerName {
    /// A resolver's usual patience with one server (resolv.conf(5)); a name that takes longer fails calls as well.
    static let deadline: Duration = .seconds(5)

    static func examine(_ peer: Peer) async -> DoctorStep {
        let advice = "Check the host's spelling, and the resolver of this machine."
        guard let addresses = await lookUp(peer.host) else {
            return DoctorStep(.name, .failed, "\(peer.host): the name server gave no answer", advice: advice)
        }
        guard !addresses.isEmpty else {
            return DoctorStep(.name, .failed, "\(peer.host) has no address", advice: advice)
        }
        return DoctorStep(.name, .passed, "\(peer.host) is \(addresses.joined(separator: ", "))")
    }

    /// Every address, each once; `nil` for no answer in time.
    private static func lookUp(_ host: String) async -> [String]? {
        do {
            return try await NameResolution().addresses(of: host, for: host, within: deadline)
        } catch {
            return error as? OutboundFailure == OutboundFailure(.noAddress) ? [] : nil
        }
    }
}
