import Domain
import Engine
import Foundation
import Logging
import Metrics
import Storage
import Synchronization
import Testing

@testable import Adapters

/// What the gauges of certificates show, and of what they show no more.
@Suite struct CertificateWatchTests {
    private static let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    private static let start = Date(timeIntervalSince1970: 1_800_000_000)

    @Test func `a certificate that is taken away or replaced has no gauge any more`() async throws {
        let metrics = PrometheusMetrics()
        let exchange = Exchange(store: try SQLiteStore(.temporary), time: .real, ids: .system, directory: Directory()) {
            _,
            _,
            _,
            _ in .json([])
        }
        let watch = CertificateWatch(
            directory: exchange.directory,
            time: VirtualClock(startingAt: Self.start).source,
            metrics: metrics,
            logger: Self.quiet
        )
        try await exchange.register(Self.buyer(["aa": 40, "bb": 50]))
        watch.look()
        let both = Self.lines(metrics)
        try await exchange.register(Self.buyer(["bb": 50, "cc": 60]))
        watch.look()
        let replaced = Self.lines(metrics)
        try await exchange.register(Self.buyer([:]))
        watch.look()

        #expect(
            both == [
                #"{party="buyer/harbour",certificate="aa"} 40.0"#, #"{party="buyer/harbour",certificate="bb"} 50.0"#,
            ]
        )
        #expect(
            replaced == [
                #"{party="buyer/harbour",certificate="bb"} 50.0"#, #"{party="buyer/harbour",certificate="cc"} 60.0"#,
            ]
        )
        #expect(Self.lines(metrics) == [])
    }

    @Test func `our own certificates have gauges, and after a rotation the new date`() {
        let metrics = PrometheusMetrics()
        let own = Mutex([
            HeldCertificate(name: "listener/mutual-tls", fingerprint: "aa", expires: Self.start + 20 * 86_400),
            HeldCertificate(name: "client", fingerprint: "bb", expires: Self.start + 90 * 86_400),
        ])
        let watch = CertificateWatch(
            directory: Directory(),
            own: { own.withLock { $0 } },
            time: VirtualClock(startingAt: Self.start).source,
            metrics: metrics,
            logger: Self.quiet
        )

        let warned = watch.look()
        own.withLock {
            $0[0] = HeldCertificate(name: "listener/mutual-tls", fingerprint: "cc", expires: Self.start + 400 * 86_400)
        }
        let after = watch.look()

        #expect(warned == [.init(party: "listener/mutual-tls", fingerprint: "aa", days: 20)])
        #expect(after == [])
        #expect(
            Self.lines(metrics) == [
                #"{party="client",certificate="bb"} 90.0"#, #"{party="listener/mutual-tls",certificate="cc"} 400.0"#,
            ]
        )
    }

    @Test func `what counts stays, though it is let go of`() {
        let metrics = PrometheusMetrics()
        let counter = metrics.makeCounter(label: "counted", dimensions: [])
        counter.increment(by: 3)
        let timer = metrics.makeTimer(label: "timed", dimensions: [])

        metrics.destroyCounter(counter)
        metrics.destroyTimer(timer)

        #expect(metrics.text.contains("counted 3.0") && metrics.text.contains("timed_count 0"))
    }

    private static func lines(_ metrics: PrometheusMetrics) -> [String] {
        metrics.text.split(separator: "\n").filter { $0.hasPrefix("pb_certificate_days_left") }
            .map { String($0.dropFirst("pb_certificate_days_left".count)) }
    }

    /// - Parameter days: what each certificate has left, by its fingerprint.
    private static func buyer(_ days: [String: Double]) -> Party.Role {
        let access = MutualTLSTerms(
            certificateFingerprints: days.keys.sorted(),
            sources: [],
            expiries: days.mapValues { start + $0 * 86_400 }
        )
        return .buyer(id: "harbour", terms: BuyerTerms(access: access, buyerIdentifiers: ["H"]))
    }
}
