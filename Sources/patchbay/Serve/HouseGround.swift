import Adapters
import Domain
import Engine
import Logging
import ServiceLifecycle
import Storage
import UnixSignals

/// What a served house stands on, made before it.
struct HouseGround: Sendable {
    let store: any Store
    let time: TimeSource
    let ids: IDSource
    let activity = Activity()
    let metrics: PrometheusMetrics
    let logger: Logger

    /// What is the house's own, on a listener apart.
    func operationsListener(_ listener: ConfigurationFile.Listener) -> PlainListener {
        PlainListener(
            ListenerConfiguration(name: "operations", host: listener.host, port: listener.port),
            activity: activity,
            logger: logger
        )
    }

    /// Shut down from the last to the first: who listens goes before who delivers, the log goes last.
    func group(of services: [any Service], until signals: [UnixSignal]) -> ServiceGroup {
        ServiceGroup(configuration: .init(services: services, gracefulShutdownSignals: signals, logger: logger))
    }
}

extension KeyRing {
    /// Of the keys that a file names, PEM; without one that signs, of a new one.
    init(signing: String?, others: [String]) async throws {
        try await self.init(
            SigningKey(pem: signing ?? SigningKey.makePEM()),
            others: others.map { try SigningKey(pem: $0) }
        )
    }
}

/// A house of somebody's own, put together.
protocol ServedHouse {
    /// All that runs in it. Asked to stop, it takes nothing new and finishes what is under way.
    ///
    /// - Parameter signals: which ask it to stop.
    func services(
        until signals: [UnixSignal],
        onListening: @escaping @Sendable (_ listener: String, _ port: Int) -> Void
    ) -> ServiceGroup

    /// Closes its store, once nothing runs in it any more.
    func close() async throws
}
