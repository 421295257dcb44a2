import Logging
import Metrics
import NIOCore
import Synchronization

/// A listener's connections over all event loops: lets new ones in, and closes the quietest where there is no room.
final class ConnectionLimiter: Sendable {
    let limits: ConnectionLimits
    private let listener: String
    private let logger: Logger
    private let table: Mutex<ConnectionTable>
    private let unsentBytes = Atomic(0)
    /// When a refused source was last logged: a flood must not fill the log.
    private let logged = Atomic<UInt64>(0)
    private static let logInterval: UInt64 = 60_000_000_000

    init(_ limits: ConnectionLimits, listener: String, logger: Logger) {
        self.limits = limits
        self.listener = listener
        self.logger = logger
        table = Mutex(ConnectionTable(limits))
    }

    /// Takes a connection in until it closes; `nil` if it is refused: then the caller closes it.
    func admit(_ channel: any Channel) -> ConnectionStanding? {
        let now = NIODeadline.now().uptimeNanoseconds
        let standing = ConnectionStanding(source: limits.source(of: channel.remoteAddress), now: now) { ending in
            channel.eventLoop.execute {
                try? channel.pipeline.syncOperations.handler(type: ConnectionWatch.self).close(ending)
            }
        }
        switch table.withLock({ $0.admit(standing, now: now) }) {
        case .refused:
            logRefusal(channel.remoteAddress, at: now)
            return nil
        case .kept(let closing):
            closing?.close(.room)
            channel.closeFuture.whenComplete { _ in self.leave(standing) }
            return standing
        }
    }

    /// What a connection's peer has not taken; beyond the limit of all, the quietest such connection is closed.
    func report(unsent bytes: Int, of standing: ConnectionStanding) {
        let change = standing.setUnsent(bytes)
        guard change != 0 else { return }
        let total = unsentBytes.add(change, ordering: .relaxed).newValue
        guard change > 0, total > limits.answerBytesMax else { return }
        table.withLock { $0.removeQuietestUnsent() }?.close(.memory)
    }

    /// The system has no room for another connection: one is made.
    func makeRoom() {
        table.withLock { $0.removeQuietest() }?.close(.room)
    }

    func count(_ ending: ConnectionStanding.Ending) {
        let labels = [("listener", listener), ("reason", ending.rawValue)]
        Counter(label: "http_connections_closed_total", dimensions: labels).increment()
    }

    /// How many there are.
    var open: Int { table.withLock { $0.count } }

    private func leave(_ standing: ConnectionStanding) {
        table.withLock { $0.remove(standing) }
        unsentBytes.add(standing.setUnsent(0), ordering: .relaxed)
    }

    private func logRefusal(_ address: SocketAddress?, at now: UInt64) {
        Counter(label: "http_connections_refused_total", dimensions: [("listener", listener)]).increment()
        let last = logged.load(ordering: .relaxed)
        guard last == 0 || now - last >= Self.logInterval,
            logged.compareExchange(expected: last, desired: now, ordering: .relaxed).exchanged
        else { return }
        logger.info(
            "connection refused: its address has its share of connections; a proxy of ours belongs into \"proxies\"",
            metadata: [
                "pb-listener": "\(listener)", "pb-address": "\(address?.ipAddress ?? "unknown")",
                "pb-share": "\(limits.perSourceMax)",
            ]
        )
    }
}
