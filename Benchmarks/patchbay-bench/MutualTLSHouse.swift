import Adapters
import Domain
import Engine
import Foundation
import Hummingbird
import Logging
import Sandbox
import Storage

/// A mutual-TLS listener on a new database with one party, as the program assembles them, and nothing that delivers or
/// fires timers.
struct MutualTLSHouse: Sendable {
    let exchange: Exchange
    let store: any Store
    /// The party's certificate and key, and the authority of the server's.
    let identity: TLSFiles
    /// Where files may be kept meanwhile.
    let files: String
    let logger: Logger

    /// - Parameters:
    ///   - party: who may call, with these terms of access.
    ///   - routes: adds what is served.
    static func serving<Value: Sendable>(
        spell: @escaping Speller,
        party: (MutualTLSTerms) -> Party.Role,
        routes: (MutualTLSHouse, MutualTLSListener) throws -> Void,
        _ body: @Sendable @escaping (_ house: MutualTLSHouse, _ port: Int) async throws -> Value
    ) async throws -> Value {
        let file = BenchFile()
        defer { file.remove() }
        defer {
            for end in [".certificates", ".files"] { try? FileManager.default.removeItem(atPath: file.path + end) }
        }
        let authority = try CertificateAuthority(in: file.path + ".certificates", now: TimeSource.real.now())
        let store = try SQLiteStore(.file(path: file.path))
        let directory = Directory()
        let exchange = Exchange(store: store, time: .real, ids: .system, directory: directory, spell: spell)
        let identity = try authority.client("party")
        let access = MutualTLSTerms(certificateFingerprints: [identity.fingerprint], sources: ["127.0.0.1"])
        try await exchange.register(party(access))
        var logger = Logger(label: "bench")
        logger.logLevel = .critical
        let house = MutualTLSHouse(
            exchange: exchange,
            store: store,
            identity: identity.files,
            files: file.path + ".files",
            logger: logger
        )
        let listener = MutualTLSListener(
            ListenerConfiguration(name: "tls", host: "127.0.0.1", port: 0),
            tls: try ReloadableTLS(authority.server().files),
            allows: { directory.allows($0) },
            activity: Activity(),
            logger: logger
        )
        try routes(house, listener)
        let (ports, running) = AsyncStream<Int>.makeStream()
        let application = listener.application { running.yield($0) }
        let value = try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await application.run() }
            let port = await ports.first { _ in true } ?? 0
            let value = try await body(house, port)
            group.cancelAll()
            do { try await group.waitForAll() } catch is CancellationError {}
            return value
        }
        try await store.close()
        return value
    }
}
