import Domain
import Engine
import FoundationEssentials
import Logging
import Metrics
import ServiceLifecycle
import Synchronization

/// Says in time when a party's certificate runs out: a gauge of the days that are left, and a warning at 30, 14, 7 and 1.
///
/// Certificates age in real time (decision 19).
package final class CertificateWatch: Service {
    /// The days left at which somebody is warned, each once a certificate and process.
    static let thresholds = [30, 14, 7, 1, 0]
    static let pause: Duration = .seconds(3_600)

    private let directory: Directory
    private let time: TimeSource
    private let logger: Logger
    /// The lowest threshold that was warned of, by fingerprint.
    private let warned = Mutex<[String: Int]>([:])

    package init(directory: Directory, time: TimeSource = .real, logger: Logger) {
        self.directory = directory
        self.time = time
        self.logger = logger
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                self.look()
                try? await Task.sleep(for: Self.pause)
            }
        }
    }

    /// Sets the gauges, and warns of what has come closer than it was.
    ///
    /// - Returns: of what it warned.
    @discardableResult
    func look() -> [Warning] {
        let now = time.now()
        let warnings = directory.all.flatMap { look(at: $0, now) }
        for warning in warnings {
            logger.warning(
                "a certificate runs out",
                metadata: [
                    "pb-party": "\(warning.party)", "pb-certificate": "\(warning.fingerprint)",
                    "pb-days": "\(warning.days)",
                ]
            )
        }
        return warnings
    }

    struct Warning: Equatable, Sendable {
        let party: String
        let fingerprint: String
        /// Whole days left; below zero it has run out.
        let days: Int
    }

    private func look(at role: Party.Role, _ now: Date) -> [Warning] {
        let party = role.name
        return (role.access?.expiries ?? [:]).sorted { $0.key < $1.key }.compactMap { fingerprint, expiry in
            let days = Int((expiry.timeIntervalSince(now) / 86_400).rounded(.down))
            let labels = [("party", party), ("certificate", String(fingerprint.prefix(16)))]
            Gauge(label: "pb_certificate_days_left", dimensions: labels).record(days)
            guard let threshold = Self.thresholds.last(where: { days <= $0 }) else { return nil }
            let isNew = warned.withLock { warned in
                guard threshold < warned[fingerprint] ?? .max else { return false }
                warned[fingerprint] = threshold
                return true
            }
            return isNew ? Warning(party: party, fingerprint: fingerprint, days: days) : nil
        }
    }
}
