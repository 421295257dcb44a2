import Adapters
import Domain
import Engine
import Foundation
import Hummingbird
import Logging
import Storage

/// Durable accepts over HTTP: the Tenant API, the exchange and the store as the program assembles them, and nothing
/// that delivers: what is accepted stays in the outbox.
struct AcceptBench {
    let flushDelay: Int
    /// What is in the store already; `nil`: nothing.
    var bulk: BulkStore?

    func run(clients: Int, seconds: Double) async throws -> Figures {
        try await serving { port, token, _ in
            let pattern = OrderSample.pattern(token: token, port: port)
            let load = LoadGenerator(port: port, clients: clients) { OrderSample.bytes($0, of: pattern) }
            return try await Self.onItsOwnThread { try load.run(for: .seconds(seconds)) }
        }
    }

    /// A house on its database, for as long as `body` runs.
    func serving<Value: Sendable>(
        _ body: @Sendable @escaping (_ port: Int, _ token: String, _ store: any Store) async throws -> Value
    ) async throws -> Value {
        let file = bulk?.file ?? BenchFile()
        defer { if bulk == nil { file.remove() } }
        let store = try SQLiteStore(.file(path: file.path), options: Self.options(flushDelay))
        let directory = Directory()
        let activity = Activity()
        // The program's own keeps what it is told and writes nothing of a request that went well, as this one does.
        let logger = Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }
        let logWriter = LogWriter(store: store, activity: activity, logger: logger)
        let exchange = Exchange(
            store: store,
            time: .real,
            ids: .system,
            directory: directory,
            activity: activity,
            logWriter: logWriter
        ) { message, recipient, sender, context in
            try NativeSpelling.spell(message, recipient, sender, context)
        }
        let client = APIClient(clientID: "bench", secretHashes: [], scopes: ["tenant.all.all"])
        let terms = TenantTerms(clients: [client], suppliers: ["DUMMY_SUPPLIER"], buyerIdentifier: "TENANT1")
        try await exchange.register(.tenant(id: "TENANT1", terms: terms))
        let authority = await TokenAuthority(
            issuer: "http://127.0.0.1",
            key: try SigningKey(pem: SigningKey.makePEM()),
            time: .real
        )
        var listener = PlainListener(
            ListenerConfiguration(name: "plain", host: "127.0.0.1", port: 0),
            activity: activity,
            logger: logger
        )
        let api = TenantAPI(exchange: exchange, suppliers: Self.suppliers)
        let bearer = BearerAuthentication(.tenantAPI, authority: authority, directory: directory)
        api.addRoutes(to: listener.router.authenticated("v1", as: TenantContext.self, by: bearer))
        listener.memory = api.memory(by: bearer, LimitRequests(nil))
        listener.router.get("bare/{bytes}") { _, context in
            ByteResponse(bytes: Array(repeating: 0x20, count: context.parameters.get("bytes", as: Int.self) ?? 0))
        }
        let token = try await authority.issue(to: "bench", audience: .tenantAPI, scopes: ["tenant.all.all"])
        let (ports, port) = AsyncStream<Int>.makeStream()
        let value = try await withThrowingTaskGroup(of: Void.self) { group in
            let application = listener.application { port.yield($0) }
            group.addTask { try await application.run() }
            group.addTask { try await logWriter.run() }
            var value: Value?
            for await port in ports {
                value = try await body(port, token, store)
                break
            }
            group.cancelAll()
            do { try await group.waitForAll() } catch is CancellationError {}
            guard let value else { throw LoadGenerator.Failure(text: "the listener did not start") }
            return value
        }
        try await store.close()
        return value
    }

    static func options(_ flushDelay: Int) -> SQLiteStore.Options {
        var options = SQLiteStore.Options()
        if flushDelay > 0 { options.beforeCommit = { usleep(UInt32(flushDelay) * 1_000) } }
        return options
    }

    /// The load would take a thread of the house's own otherwise.
    static func onItsOwnThread<Value: Sendable>(
        _ work: @escaping () throws -> Value
    ) async throws -> Value {
        nonisolated(unsafe) let work = work
        return try await withCheckedThrowingContinuation { continuation in
            Thread { continuation.resume(with: Result { try work() }) }.start()
        }
    }

    private static var suppliers: Suppliers {
        Suppliers([
            Suppliers.Supplier(
                id: "DUMMY_SUPPLIER",
                name: "Dummy",
                contracts: [.orders: "native"],
                questions: [:],
                products: ["ftthl2r"],
                testRequired: false
            )
        ])
    }
}

/// A database's place, gone when it is not needed.
struct BenchFile {
    let path = FileManager.default.temporaryDirectory.appending(path: "patchbay-bench-\(UUID().uuidString).db").path

    func remove() {
        for end in ["", "-wal", "-shm", ".lock", ".mark"] { try? FileManager.default.removeItem(atPath: path + end) }
    }
}
