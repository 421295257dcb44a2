import FoundationEssentials
import Logging
import ServiceLifecycle
import Storage

/// Throws away what has served its time: answers that are no longer repeated (decision 5).
package struct Housekeeping: Service {
    /// Looked at once a minute of real time, so many at a time that no commit is held up.
    static let pause: Duration = .seconds(60)
    static let batchMax = 1_000

    private let exchange: Exchange
    private let logger: Logger

    package init(exchange: Exchange, logger: Logger) {
        self.exchange = exchange
        self.logger = logger
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await step()
                try? await Task.sleep(for: Self.pause)
            }
        }
    }

    package func step() async {
        let now = exchange.time.now()
        do {
            try await exchange.store.write { try $0.forgetAnswers(expiredAt: now, limit: Self.batchMax) }
        } catch {
            logger.error("old answers could not be forgotten", metadata: ["pb-error": "\(error)"])
        }
    }
}
