import Adapters
import Domain
import Engine
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import Storage
import Synchronization
import Testing

@testable import Sandbox

/// The counterparts over real sockets, against an operator that only records what it is sent.
struct CounterpartsBench: Sendable {
    let operatorSide: RecordingOperator
    let clock = VirtualClock(startingAt: Moments.noon)
    let database: String
    let server: TLSFiles
    let installer: TLSFiles
    let buyer: TLSFiles
    /// With which certificate the house comes to the installer.
    let operatorAccess: MutualTLSTerms
    /// As the house calls the counterparts.
    let house: OutboundCall

    /// Starts the operator; the counterparts are started, and started again, by ``run(_:)``.
    static func with(_ body: @escaping @Sendable (CounterpartsBench) async throws -> Void) async throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let authority = try CertificateAuthority(in: directory, now: TimeSource.real.now())
        let server = try authority.server().files
        let operatorSide = try authority.client("operator")
        let bench = CounterpartsBench(
            operatorSide: RecordingOperator(),
            database: "\(directory)/counterparts.sqlite",
            server: server,
            installer: try authority.client("partner").files,
            buyer: try authority.client("buyer").files,
            operatorAccess: MutualTLSTerms(
                certificateFingerprints: [operatorSide.fingerprint],
                sources: ["127.0.0.1/32", "::1/128"]
            ),
            house: try OutboundCall(
                identity: operatorSide.files,
                policy: AddressPolicy(.loopbackOnly),
                logger: .quiet
            )
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await bench.operatorSide.run(with: server) }
            _ = try await bench.operatorSide.bound.ports()
            try await body(bench)
            group.cancelAll()
        }
        await bench.house.shutdown()
    }

    /// One life of the counterparts' process, on the store that the lives before have left.
    func run<Value: Sendable>(
        _ body: @escaping @Sendable (Counterparts, CounterpartAddresses) async throws -> Value
    ) async throws -> Value {
        let store = try SQLiteStore(.file(path: database))
        let ports = try await operatorSide.bound.ports()
        let plain = "http://127.0.0.1:\(ports["plain"] ?? 0)"
        let counterparts = try Counterparts(
            store: store,
            time: clock.source,
            ids: .system,
            activity: Activity(),
            configuration: CounterpartsConfiguration(
                serverIdentity: server,
                installerIdentity: installer,
                installationURL: "https://localhost:\(ports["secure"] ?? 0)/installation",
                operatorAccess: operatorAccess,
                deskURL: "\(plain)/operator/v1",
                deskTokenURL: "\(plain)/token",
                deskClientID: "desk",
                deskClientSecret: "desk-secret",
                buyerIdentities: [.buyer: buyer],
                ticketingURL: "https://localhost:\(ports["secure"] ?? 0)/ticketing",
                pace: .timetable
            ),
            logger: .quiet
        )
        let value = try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await counterparts.serve { await Bell().wait() } }
            let value = try await body(counterparts, try await counterparts.addresses())
            group.cancelAll()
            return value
        }
        try await store.close()
        return value
    }

    /// Turns the clock to each moment at which a counterpart acts, up to one, and lets it act.
    func advance(_ counterparts: Counterparts, by time: TimeInterval) async throws {
        let target = clock.now + time
        while let due = try await counterparts.nextDue(), due <= target {
            clock.move(to: due)
            while await counterparts.step() > 0 {}
        }
        clock.move(to: target)
    }

    func post(_ body: String, to url: String, key: String? = nil) async throws -> OutboundResponse {
        var headers = [("Content-Type", "application/json")]
        if let key { headers.append(("Idempotency-Key", key)) }
        return try await house.send(OutboundRequest(url: url, headers: headers, body: Array(body.utf8))).get()
    }
}

/// An operator without a mind: takes everything, and keeps it.
final class RecordingOperator: Sendable {
    struct Recorded: Equatable, Sendable {
        let path: String
        let requestID: String?
        let body: String
    }

    let bound = Bound(["plain", "secure"])
    /// What is sent, as it comes.
    let arrivals = AsyncStream<Recorded>.makeStream()
    private let state = Mutex(State())

    private struct State {
        var recorded: [Recorded] = []
        var answers: [(status: HTTPResponse.Status, body: String)] = []
    }

    var recorded: [Recorded] { state.withLock { $0.recorded } }
    var paths: [String] { recorded.map(\.path) }

    /// What the next request is answered with, instead of `200 {}`.
    func answerNext(_ status: HTTPResponse.Status, _ body: String = "{}") {
        state.withLock { $0.answers.append((status, body)) }
    }

    func run(with server: TLSFiles) async throws {
        let plain = PlainListener(
            ListenerConfiguration(name: "plain", host: "127.0.0.1", port: 0),
            activity: Activity(),
            logger: .quiet
        )
        plain.router.post("/token") { _, _ in
            ByteResponse(bytes: Array(#"{"access_token":"t","token_type":"Bearer","expires_in":3600}"#.utf8))
        }
        plain.router.post("/operator/v1/fault-reports/{reference}/{event}", use: record)
        let secure = MutualTLSListener(
            ListenerConfiguration(name: "secure", host: "127.0.0.1", port: 0),
            tls: try ReloadableTLS(server),
            allows: { _ in true },
            activity: Activity(),
            logger: .quiet
        )
        secure.router.post("/installation/{method}", use: record)
        secure.router.post("/ticketing/{operation}", use: record)
        let applications = (
            plain.application { self.bound.opened("plain", on: $0) },
            secure.application { self.bound.opened("secure", on: $0) }
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await applications.0.run() }
            group.addTask { try await applications.1.run() }
            try await group.waitForAll()
        }
    }

    @Sendable private func record(request: Request, context: BasicContext) async throws -> ByteResponse {
        let body = try await RequestBody.collect(request)
        let recorded = Recorded(
            path: request.uri.path,
            requestID: request.headers[.requestID],
            body: String(decoding: body, as: UTF8.self)
        )
        return state.withLock { state in
            state.recorded.append(recorded)
            arrivals.continuation.yield(recorded)
            let answer = state.answers.isEmpty ? (.ok, "{}") : state.answers.removeFirst()
            return ByteResponse(status: answer.status, bytes: Array(answer.body.utf8))
        }
    }
}

extension Logger {
    static var quiet: Logger { Logger(label: "test") { _ in SwiftLogNoOpLogHandler() } }
}
