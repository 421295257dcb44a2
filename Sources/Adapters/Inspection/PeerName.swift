import NIOCore
import NIOPosix

/// The peer's host has an address.
enum PeerName {
    /// A resolver's usual patience with one server (resolv.conf(5)); a name that takes longer fails calls as well.
    static let deadline = TimeAmount.seconds(5)

    static func examine(_ peer: Peer) async -> DoctorStep {
        let advice = "Check the host's spelling, and the resolver of this machine."
        guard let addresses = await lookUp(peer.host) else {
            return DoctorStep(.name, .failed, "\(peer.host): no answer within 5 s", advice: advice)
        }
        guard !addresses.isEmpty else {
            return DoctorStep(.name, .failed, "\(peer.host) has no address", advice: advice)
        }
        return DoctorStep(.name, .passed, "\(peer.host) is \(addresses.joined(separator: ", "))")
    }

    /// Every address, each once; `nil` for no answer in time. The lookup blocks a thread of the pool, which is left to
    /// it if it takes too long.
    private static func lookUp(_ host: String) async -> [String]? {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let found = NIOThreadPool.singleton.runIfActive(eventLoop: loop) { SystemResolver.addresses(of: host) }
        let answer = loop.makePromise(of: [String]?.self)
        let alarm = loop.scheduleTask(in: deadline) { answer.succeed(nil) }
        found.whenComplete { result in
            alarm.cancel()
            answer.succeed((try? result.get()) ?? [])
        }
        return (try? await answer.futureResult.get()) ?? nil
    }
}
