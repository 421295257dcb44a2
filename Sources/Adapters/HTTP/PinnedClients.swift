import AsyncHTTPClient
import NIOCore
import Synchronization

/// HTTP clients, one for each address that a name stands for: AsyncHTTPClient takes an address for a name for the whole of
/// a client, so that the connection goes to the address, and TLS and `Host` keep the name.
///
/// Those that nobody has used for the longest are closed when there are many.
final class PinnedClients: Sendable {
    /// A client that rests has a few connections and its TLS context.
    private static let restingMax = 256

    /// How long a connection that is refused after its handshake stays open, and unused.
    private static let farewell = TimeAmount.milliseconds(100)

    private struct Key: Hashable {
        let host: String
        let address: String?
    }

    private struct Entry {
        let client: HTTPClient
        var users = 0
        var used = 0
    }

    private struct State {
        var entries: [Key: Entry] = [:]
        var uses = 0
        var isClosed = false
    }

    private let configuration: HTTPClient.Configuration
    private let state = Mutex(State())

    init(_ configuration: HTTPClient.Configuration) { self.configuration = configuration }

    /// Whoever failed before ``shutdown()`` leaves no connections behind; a debug build would end the process for them.
    deinit {
        let left = state.withLock { $0.entries.values.map(\.client) }
        guard !left.isEmpty else { return }
        Task { for client in left { try? await client.shutdown() } }
    }

    /// Runs `body` with a client that connects to `address` for `host`; `nil`: to the address in the URL.
    func with<Value>(
        host: String,
        address: String?,
        _ body: (HTTPClient) async throws -> Value
    ) async throws -> Value {
        let key = Key(host: address == nil ? "" : host, address: address)
        guard let client = take(key) else { throw OutboundFailure(.other, "calls are no longer made") }
        do {
            let value = try await body(client)
            await giveBack(key)
            return value
        } catch {
            await giveBack(key)
            throw error
        }
    }

    /// Closes all; calls under way fail.
    func shutdown() async {
        let clients = state.withLock { state in
            defer { state.entries = [:] }
            state.isClosed = true
            return state.entries.values.map(\.client)
        }
        for client in clients { try? await client.shutdown() }
    }

    private func take(_ key: Key) -> HTTPClient? {
        state.withLock { state in
            guard !state.isClosed else { return nil }
            state.uses += 1
            var entry = state.entries[key] ?? Entry(client: make(key))
            entry.users += 1
            entry.used = state.uses
            state.entries[key] = entry
            return entry.client
        }
    }

    private func giveBack(_ key: Key) async {
        let tired = state.withLock { state -> HTTPClient? in
            state.entries[key]?.users -= 1
            guard state.entries.count > Self.restingMax,
                let oldest = state.entries.filter({ $0.value.users == 0 }).min(by: { $0.value.used < $1.value.used })
            else { return nil }
            state.entries[oldest.key] = nil
            return oldest.value.client
        }
        try? await tired?.shutdown()
    }

    private func make(_ key: Key) -> HTTPClient {
        var configuration = configuration
        if let address = key.address { configuration.dnsOverride = [key.host: address] }
        configuration.http1_1ConnectionDebugInitializer = { channel in
            do {
                try ResponseStatusGuard.add(to: channel)
                if key.address != nil { try CertificateName.check(channel, is: key.host) }
                return channel.eventLoop.makeSucceededVoidFuture()
            } catch {
                // The pool hears of the failure first, and forgets the connection; then it may end.
                channel.eventLoop.scheduleTask(in: Self.farewell) { channel.close(mode: .all, promise: nil) }
                return channel.eventLoop.makeFailedFuture(error)
            }
        }
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }
}
