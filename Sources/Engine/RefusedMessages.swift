import Logging
import Metrics
import Storage
import Synchronization

/// What the message log keeps of requests that were refused: enough to say why, and no more of one party's than its share.
///
/// A refusal costs its sender nothing, so a program that repeats a wrong request all day would fill the disk with it. In real time,
/// as every limit of traffic is (decision 19), and of this process alone.
package final class RefusedMessages: Sendable {
    /// A body above this is kept as its hash. A wrong order has less; an attachment sent to the wrong place has more.
    package static let bodyBytesMax = 2 * 1_024
    /// A verdict that names very many problems is cut: the answer's own body has them.
    static let verdictCharactersMax = 2_000
    /// What one party may have written down at once, and how much of that it regains in an hour: some thousand messages.
    static let quotaBytes = 16.0 * 1_024 * 1_024
    static let quotaPeriod: Duration = .seconds(3_600)
    /// A row without its bodies.
    private static let rowBytes = 500
    /// Parties whose shares are known: those that are registered, and a few strangers' addresses.
    private static let partiesMax = 10_000

    private struct Share {
        var bytes: Double
        var filled: ContinuousClock.Instant
        var isUsedUp = false
    }

    private let shares = Mutex<[String: Share]>([:])
    private let now: @Sendable () -> ContinuousClock.Instant
    private let logger: Logger

    package init(
        logger: Logger = Logger(label: "patchbay"),
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
    ) {
        self.logger = logger
        self.now = now
    }

    /// What is to be written down; `nil`: nothing, for its sender has used up its share. Of messages that were not refused: all.
    func kept(_ message: LoggedMessage) -> LoggedMessage? {
        guard message.direction == .inbound, message.isRefused else { return message }
        var message = message
        if message.requestBody.count > Self.bodyBytesMax {
            message.requestBody = LoggedMessage.hashed(message.requestBody)
        }
        if message.verdict.utf8.count > Self.verdictCharactersMax {
            message.verdict = message.verdict.prefix(Self.verdictCharactersMax) + "…"
        }
        let (isKept, isFirst) = take(weight(of: message), from: message.from)
        guard !isKept else { return message }
        Counter(label: "pb_refused_unlogged_total", dimensions: [("party", message.from)]).increment()
        if isFirst {
            logger.warning(
                "a party's refused requests are no longer written down: it has used up its share of the message log",
                metadata: ["pb-party": "\(message.from)"]
            )
        }
        return nil
    }

    private func weight(of message: LoggedMessage) -> Int {
        message.requestHeaders.fields.reduce(
            Self.rowBytes + message.requestBody.count + message.responseBody.count + message.verdict.utf8.count
        ) { $0 + $1.name.utf8.count + $1.value.utf8.count }
    }

    private func take(_ bytes: Int, from party: String) -> (isKept: Bool, isFirst: Bool) {
        let now = now()
        return shares.withLock { shares in
            if shares.count >= Self.partiesMax, shares[party] == nil { shares.removeAll() }
            var share = shares[party] ?? Share(bytes: Self.quotaBytes, filled: now)
            let gained = (now - share.filled) / Self.quotaPeriod * Self.quotaBytes
            share.bytes = min(Self.quotaBytes, share.bytes + gained)
            share.filled = now
            let isKept = share.bytes >= Double(bytes)
            let isFirst = !isKept && !share.isUsedUp
            if isKept { share.bytes -= Double(bytes) }
            share.isUsedUp = !isKept
            shares[party] = share
            return (isKept, isFirst)
        }
    }
}

extension LoggedMessage {
    /// In JSON-RPC and SOAP a refusal is an answer like any other, so the verdict counts as well as the status.
    fileprivate var isRefused: Bool { (status ?? 0) >= 400 || verdict.contains("refused: ") }
}
