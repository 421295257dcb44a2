import Domain
import FoundationEssentials
import Logging
import Metrics
import ServiceLifecycle
import Storage
import Synchronization

/// How long things are kept, on the product's clock; `nil`: for ever.
package struct Retention: Equatable, Sendable {
    /// Raw copies of messages.
    package var messages: Duration?
    /// Messages that were sent, KCIs among them, with their attempts: a tenant's feed reaches back as far.
    package var parcels: Duration?

    package init(messages: Duration? = nil, parcels: Duration? = nil) {
        self.messages = messages
        self.parcels = parcels
    }
}

/// Throws away what has served its time: answers that are no longer repeated (decision 5), and by configuration old
/// messages.
///
/// A few rows a commit, and as long a pause after each as it took: whoever changes something never waits long, and gets
/// at least half of the writer.
package final class Housekeeping: Service {
    /// Looked at once a minute of real time.
    static let pause: Duration = .seconds(60)
    static let batchMax = 1_000
    /// Rows with bodies weigh more: some milliseconds of the writer.
    static let bodiesMax = 200
    /// Four times the log at which the writer itself moves it into the database: by then something holds it back.
    static let logBytesMax: Int64 = 256 << 20

    private let exchange: Exchange
    private let retention: Retention
    private let logger: Logger
    /// Whether the log was too large at the last look: each time that it becomes so is one alert.
    private let isLogLarge = Mutex(false)

    package init(exchange: Exchange, retention: Retention = Retention(), logger: Logger) {
        self.exchange = exchange
        self.retention = retention
        self.logger = logger
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await self.step()
                try? await Task.sleep(for: Self.pause)
            }
        }
    }

    package func step() async {
        let now = exchange.time.now()
        watchLog(bytes: exchange.store.writeAheadLogBytes ?? 0)
        do {
            try await sweep("answers") { try $0.forgetAnswers(expiredAt: now, limit: Self.batchMax) }
            if let age = retention.messages {
                try await sweep("messages") { try $0.forgetMessages(before: now - age, limit: Self.bodiesMax) }
            }
            if let age = retention.parcels {
                try await sweep("parcels") { try $0.forgetParcels(before: now - age, limit: Self.bodiesMax) }
            }
        } catch {
            logger.error("what has served its time could not be forgotten", metadata: ["pb-error": "\(error)"])
        }
    }

    /// Says it once when the write-ahead log has become too large.
    func watchLog(bytes: Int64) {
        let hasBecomeLarge = isLogLarge.withLock { isLarge in
            let wasLarge = isLarge
            isLarge = bytes > (wasLarge ? Self.logBytesMax / 2 : Self.logBytesMax)
            return isLarge && !wasLarge
        }
        guard hasBecomeLarge else { return }
        exchange.raise(
            Alert(
                .writeAheadLogLarge,
                "The database's write-ahead log has \(bytes >> 20) MiB. Look for a program that keeps the database open, such as a "
                    + "copy that does not end, and at the disk's speed."
            )
        )
    }

    /// Batch by batch, until one finds nothing.
    private func sweep(_ what: String, _ forget: @escaping @Sendable (any Transaction) throws -> Int) async throws {
        while !Task.isCancelled {
            let began = ContinuousClock.now
            let count = try await exchange.store.write(forget)
            guard count > 0 else { return }
            Counter(label: "pb_forgotten_total", dimensions: [("what", what)]).increment(by: count)
            try await Task.sleep(for: ContinuousClock.now - began)
        }
    }
}

extension Date {
    fileprivate static func - (date: Date, duration: Duration) -> Date { date.addingTimeInterval(-duration.seconds) }
}
