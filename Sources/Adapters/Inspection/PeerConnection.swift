import NIOCore
import NIOPosix

/// Somebody listens at the peer's address.
enum PeerConnection {
    /// A lost SYN is sent again after 1 s and after 3 s; whoever has not answered by then is taken for absent.
    static let deadline = TimeAmount.seconds(5)

    static func examine(_ peer: Peer) async -> DoctorStep {
        do {
            let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connectTimeout(deadline)
                .connect(host: peer.host, port: peer.port).get()
            let remote = channel.remoteAddress.map { "\($0.ipAddress ?? "?"):\($0.port ?? 0)" } ?? "?"
            let local = channel.localAddress?.ipAddress ?? "?"
            try await channel.close().get()
            return DoctorStep(.connection, .passed, "\(remote) accepts; we come from \(local)")
        } catch {
            return DoctorStep(
                .connection,
                .failed,
                "\(peer.host):\(peer.port): \(OutboundFailure(error, after: .seconds(5)).text)",
                advice: "Check the port, that the peer is up, and that a firewall lets us out."
            )
        }
    }
}
