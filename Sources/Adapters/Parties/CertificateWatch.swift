import Domain
import Engine
import FoundationEssentials
import Logging
import Metrics
import ServiceLifecycle
import Synchronization

/// Says in time when a certificate runs out, a party's or our own: a gauge of the days that are left, and a warning at 30, 14, 7
/// and 1. A certificate that is no longer in use has no gauge.
///
/// Certificates age in real time (decision 19).
package final class CertificateWatch: Service {
    /// The days left at which somebody is warned, each once a certificate and process.
    static let thresholds = [30, 14, 7, 1, 0]
    static let pause: Duration = .seconds(3_600)
    private static let gauge = "pb_certificate_days_left"

    private let directory: Directory
    private let own: @Sendable () -> [HeldCertificate]
    private let time: TimeSource
    private let metrics: any MetricsFactory
    private let logger: Logger
    private let state = Mutex(State())

    private struct State {
        /// The lowest threshold that was warned of, by fingerprint.
        var warned: [String: Int] = [:]
        /// What has a gauge.
        var shown: Set<Shown> = []
    }

    private struct Shown: Hashable {
        let party: String
        let fingerprint: String

        var labels: [(String, String)] { [("party", party), ("certificate", String(fingerprint.prefix(16)))] }
    }

    /// - Parameter own: the certificates that we show, as they are in use now.
    package init(
        directory: Directory,
        own: @escaping @Sendable () -> [HeldCertificate] = { [] },
        time: TimeSource = .real,
        metrics: any MetricsFactory = MetricsSystem.factory,
        logger: Logger
    ) {
        self.directory = directory
        self.own = own
        self.time = time
        self.metrics = metrics
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

    /// Whenever the gauges are read, so that what is read is what is in use.
    package func setGauges() { look() }

    /// Sets the gauges, and warns of what has come closer than it was.
    ///
    /// - Returns: of what it warned.
    @discardableResult
    func look() -> [Warning] {
        let now = time.now()
        let certificates = own() + directory.all.flatMap(\.certificates)
        let warnings = state.withLock { state in
            let shown = Set(certificates.map { Shown(party: $0.name, fingerprint: $0.fingerprint) })
            for gone in state.shown.subtracting(shown) { gauge(gone).destroy() }
            state.shown = shown
            return certificates.compactMap { look(at: $0, now, &state) }
        }
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

    private func look(at certificate: HeldCertificate, _ now: Date, _ state: inout State) -> Warning? {
        let fingerprint = certificate.fingerprint
        let days = Int((certificate.expires.timeIntervalSince(now) / 86_400).rounded(.down))
        gauge(Shown(party: certificate.name, fingerprint: fingerprint)).record(days)
        guard let threshold = Self.thresholds.last(where: { days <= $0 }),
            threshold < state.warned[fingerprint] ?? .max
        else { return nil }
        state.warned[fingerprint] = threshold
        return Warning(party: certificate.name, fingerprint: fingerprint, days: days)
    }

    private func gauge(_ shown: Shown) -> Gauge {
        Gauge(label: Self.gauge, dimensions: shown.labels, factory: metrics)
    }
}

extension Party.Role {
    fileprivate var certificates: [HeldCertificate] {
        (access?.expiries ?? [:]).sorted { $0.key < $1.key }
            .map { HeldCertificate(name: name, fingerprint: $0.key, expires: $0.value) }
    }
}
