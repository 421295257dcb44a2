import Formats
import NIOCore

/// Whether the hosts that are to be called have addresses.
package struct NameCheck: Sendable {
    private let names: NameResolution

    package init() { self.init(names: NameResolution()) }

    init(names: NameResolution) { self.names = names }

    /// All are asked for at once; each name once.
    package func findings(_ urls: [(place: String, url: String)]) async -> [Finding] {
        var places: [String: [String]] = [:]
        for (place, url) in urls {
            guard let host = (try? HTTPURL(url))?.host, (try? SocketAddress(ipAddress: host, port: 0)) == nil else {
                continue
            }
            places[host, default: []].append(place)
        }
        return await withTaskGroup(of: [Finding].self) { group in
            for (host, places) in places {
                group.addTask {
                    guard let seen = await reason(host) else { return [] }
                    let advice = "Check the host's spelling, and the resolver of this machine."
                    return places.map { .error($0, seen, advice) }
                }
            }
            var found: [Finding] = []
            for await each in group { found += each }
            return found.sorted { $0.place < $1.place }
        }
    }

    /// Why a host cannot be called; `nil`: it has an address.
    private func reason(_ host: String) async -> String? {
        do {
            let addresses = try await names.addresses(of: host, for: host, within: PeerName.deadline)
            return addresses.isEmpty ? "\(host) has no address" : nil
        } catch {
            return error as? OutboundFailure == OutboundFailure(.noAddress)
                ? "\(host) has no address" : "\(host): the name server gave no answer"
        }
    }
}
