import Adapters
import Engine
import HTTPTypes
import Logging
import ServiceLifecycle

/// An examination with everything around it: the client that asks, and the listener that takes updates.
struct SupplierCheck: Sendable {
    let baseURL: String
    let tokenURL: String
    let clientID: String
    let clientSecret: String
    let samples: SupplierSamples
    let addresses: AddressPolicy
    let time: TimeSource
    let momentsMax: Int
    let moment: SupplierExamination.Moment

    /// - Parameter opened: hears at which base updates are taken, before anything is asked.
    func run(
        listeningOn address: ListenAddress,
        opened: @Sendable (_ base: String) async throws -> Void,
        found: @escaping @Sendable (SupplierFinding) -> Void
    ) async throws -> [SupplierFinding] {
        let quiet = Logger(label: "supplier-check", factory: { _ in SwiftLogNoOpLogHandler() })
        let receiver = UpdatesReceiver()
        let listener = PlainListener(
            ListenerConfiguration(
                name: "supplier-check",
                host: address.host,
                port: address.port,
                exempt: AddressRange.loopback
            ),
            activity: Activity(),
            logger: quiet
        )
        receiver.addRoutes(to: listener.router)
        let call = try OutboundCall(policy: addresses, logger: quiet)
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let service = ServiceGroup(services: [listener.application { port.yield($0) }], logger: quiet)
        let serving = Task {
            defer { port.finish() }
            try await service.run()
        }
        do {
            guard let port = await ports.first(where: { _ in true }) else {
                try await serving.value
                return []
            }
            try await opened("http://\(address.host):\(port)")
            try await reach(call)
            let findings = await examine(call, receiver, found)
            await service.triggerGracefulShutdown()
            try await serving.value
            await call.shutdown()
            return findings
        } catch {
            await service.triggerGracefulShutdown()
            await call.shutdown()
            throw error
        }
    }

    /// An address at which nothing answers would fail every rule alike: it is said once, and nothing is tried.
    private func reach(_ call: OutboundCall) async throws {
        for url in [tokenURL, baseURL] {
            if case .failure(let failure) = await call.send(
                OutboundRequest(method: .get, url: url, headers: [], body: [])
            ) {
                throw Unreachable(url: url, reason: failure.text)
            }
        }
    }

    /// Nothing answers at an address.
    struct Unreachable: Error, CustomStringConvertible {
        let url: String
        let reason: String

        var description: String { "\(url) does not answer: \(reason). Nothing was tried." }
    }

    private func examine(
        _ call: OutboundCall,
        _ receiver: UpdatesReceiver,
        _ found: @escaping @Sendable (SupplierFinding) -> Void
    ) async -> [SupplierFinding] {
        var examination = SupplierExamination(
            baseURL: baseURL,
            tokenURL: tokenURL,
            clientID: clientID,
            clientSecret: clientSecret,
            samples: samples,
            call: call,
            receiver: receiver,
            ids: .system,
            time: time,
            momentsMax: momentsMax,
            moment: moment,
            found: found
        )
        return await examination.examine()
    }
}
