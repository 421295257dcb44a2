import Adapters
import Domain
import Engine
import Foundation
import Logging
import ServiceLifecycle
import Storage

/// Notifications that arise and are delivered at the same time, to eight buyers, of whom one may be dead: its endpoint
/// takes every request and answers none. Each end has a host and port of its own, for connections are counted by those.
struct NotificationBench {
    struct Run {
        /// Commits a second that cause a notification.
        let arisingPerSecond: Double
        /// Notifications a second that the seven have acknowledged, from the first to the last.
        let deliveredPerSecond: Double
    }

    static let buyers = 8
    private static let ticketsEach = 100
    private static let writers = 32

    let notifications: Int

    func run(hasDeadBuyer: Bool) async throws -> Run {
        let file = BenchFile()
        defer { file.remove() }
        let store = try SQLiteStore(.file(path: file.path))
        let directory = Directory()
        let exchange = Exchange(
            store: store,
            time: .real,
            ids: .system,
            directory: directory,
            spell: SoapAcceptBench.speller
        )
        // The first buyer is the one that may be dead, and is not counted.
        let sink = try await NotificationSink.listening(for: notifications / Self.buyers * (Self.buyers - 1))
        let other = try await NotificationSink.listening(for: notifications)
        for number in 0..<Self.buyers {
            let url = number > 0 ? sink.url("counted") : other.url(hasDeadBuyer ? "silent" : "uncounted")
            try await exchange.register(.buyer(id: Self.buyer(number), terms: Self.terms(number, url)))
        }
        try await Self.found(in: exchange)
        var logger = Logger(label: "bench")
        logger.logLevel = .critical
        let call = try OutboundCall(
            policy: AddressPolicy(.loopbackOnly),
            limits: .init(deadline: .seconds(2)),
            logger: logger
        )
        let courier = BuyerCourier(directory: directory, call: call)
        let delivery = Delivery(exchange: exchange, logger: logger) { recipient in
            if case .buyer = recipient { courier } else { nil }
        }
        let services = ServiceGroup(services: [delivery], logger: logger)
        async let running: Void = services.run()
        let start = ContinuousClock.now
        try await cause(in: exchange)
        let caused = ContinuousClock.now
        await sink.reached()
        let delivered = ContinuousClock.now
        await services.triggerGracefulShutdown()
        try await running
        await call.shutdown()
        try await sink.close()
        try await other.close()
        try await store.close()
        return Run(
            arisingPerSecond: Double(notifications) / (caused - start).inSeconds,
            deliveredPerSecond: Double(notifications / Self.buyers * (Self.buyers - 1)) / (delivered - start).inSeconds
        )
    }

    private static func buyer(_ number: Int) -> BuyerID { BuyerID("bench-telecom-\(number)") }

    private static func terms(_ number: Int, _ url: String) -> BuyerTerms {
        BuyerTerms(
            access: MutualTLSTerms(certificateFingerprints: ["bench-\(number)"], sources: ["127.0.0.1"]),
            buyerIdentifiers: [BuyerIdentifier(FaultSample.buyerIdentifier)],
            notifications: Endpoint(url: url)
        )
    }

    /// Each buyer's tickets, the first numbers to the first buyer.
    private static func found(in exchange: Exchange) async throws {
        for number in 0..<buyers {
            try await exchange.change(Cause("bench", by: "bench")) { change in
                for ticket in 0..<ticketsEach {
                    let id = ID<FaultReport>(Int64(number * ticketsEach + ticket + 1))
                    let (report, _) = try FaultReport.add(
                        id,
                        claim: FaultSample.claim(id.number, of: buyer(number), at: change.now),
                        visit: nil,
                        prior: nil,
                        isServiceKnown: true,
                        pace: .timetable,
                        at: change.now
                    )
                    try change.found(report, [])
                }
            }
        }
    }

    /// One notification after another for each buyer in turn, each of the next of its tickets.
    private func cause(in exchange: Exchange) async throws {
        let next = Counter()
        let notifications = Int64(notifications)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<Self.writers {
                group.addTask {
                    while true {
                        let number = next.next() - 1
                        guard number < notifications else { return }
                        let (buyer, round) = (number % Int64(Self.buyers), number / Int64(Self.buyers))
                        let ticket = buyer * Int64(Self.ticketsEach) + round % Int64(Self.ticketsEach) + 1
                        _ = try await exchange.change(
                            ID<FaultReport>(ticket),
                            of: nil,
                            Cause("requestFaultReportUpdate", by: "bench")
                        ) { $0.requestUpdate(at: $1) }
                    }
                }
            }
            try await group.waitForAll()
        }
    }
}
