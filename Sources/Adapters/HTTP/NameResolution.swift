import NIOCore
import NIOPosix

/// Host names' addresses: looked up off the event loops, and kept for a moment.
final class NameResolution: Sendable {
    /// A change of a name is heard of so soon.
    static let keptFor: Duration = .seconds(10)
    /// More would only make a call to a host that is down take longer.
    private static let addressesMax = 4

    typealias LookUp = @Sendable (_ host: String) async throws -> [String]

    private let known = RecentlyUsed<String, (addresses: [String], until: ContinuousClock.Instant)>(capacity: 1_000)
    private let lookUp: LookUp
    private let now: @Sendable () -> ContinuousClock.Instant

    init(
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now },
        lookUp: @escaping LookUp = NameResolution.system
    ) {
        self.now = now
        self.lookUp = lookUp
    }

    /// As numbers, in the order in which they are to be tried.
    func addresses(of host: String) async throws -> [String] {
        if let entry = known[host], entry.until > now() { return entry.addresses }
        let found = Array(try await lookUp(host).prefix(Self.addressesMax))
        guard !found.isEmpty else { throw OutboundFailure(.dns, "the host has no address") }
        // The address that answered last is tried first, for as long as it is the name's.
        let last = known[host]?.addresses.first
        let addresses = found.filter { $0 == last } + found.filter { $0 != last }
        known[host] = (addresses, now() + Self.keptFor)
        return addresses
    }

    /// This one answers: it is tried first from now on.
    func prefer(_ address: String, of host: String) {
        guard let entry = known[host], entry.addresses.contains(address) else { return }
        known[host] = ([address] + entry.addresses.filter { $0 != address }, entry.until)
    }

    /// The system's own, with its order (RFC 6724) and its hosts file.
    @Sendable static func system(_ host: String) async throws -> [String] {
        do {
            return try await NIOThreadPool.singleton.runIfActive { SystemResolver.addresses(of: host) }
        } catch {
            throw OutboundFailure(.dns, "the host has no address")
        }
    }
}
