import Adapters
import Domain
import Engine
import Formats
import Foundation
import HTTPTypes
import Logging

/// A sandbox in a process of its own, as `make sandbox` starts it, and a client of it that knows only `sandbox.json`.
final class SandboxProcess {
    struct Failure: Error { let text: String }

    let directory: String
    private let program: URL
    private let base: Int
    private var process: Process?
    private(set) var world: SandboxClient?

    init(program: String) {
        directory = FileManager.default.temporaryDirectory.appending(path: "patchbay-bench-\(UUID().uuidString)").path
        self.program = URL(filePath: program)
        base = 20_000 + Int(IDSource.system.bits() % 9_000)
    }

    /// Starts it and waits for `sandbox.json`.
    ///
    /// - Returns: how long that took.
    func start() async throws -> Duration {
        try? FileManager.default.removeItem(atPath: directory + "/sandbox.json")
        let process = Process()
        process.executableURL = program
        process.arguments = ["sandbox", "--data", directory, "--ports", "\(base)", "--clock", "virtual", "--quiet"]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        let start = ContinuousClock.now
        try process.run()
        self.process = process
        var file = FileManager.default.contents(atPath: directory + "/sandbox.json")
        while file == nil {
            guard process.isRunning, ContinuousClock.now - start < .seconds(60) else {
                throw Failure(text: "the sandbox did not start")
            }
            try await Task.sleep(for: .milliseconds(2))
            file = FileManager.default.contents(atPath: directory + "/sandbox.json")
        }
        let took = ContinuousClock.now - start
        world = try SandboxClient(JSONDocument(parsing: [UInt8](file ?? Data())))
        return took
    }

    /// What of its memory is in use, in MB.
    var residentMegabytes: Int {
        guard let process,
            let status = try? String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8),
            let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmRSS:") })
        else { return 0 }
        return (Int(line.filter(\.isNumber)) ?? 0) / 1_024
    }

    func kill() async {
        await world?.close()
        world = nil
        guard let process else { return }
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        self.process = nil
    }

    func remove() { try? FileManager.default.removeItem(atPath: directory) }
}

/// A tenant of the sandbox, who may turn its clock.
struct SandboxClient: Sendable {
    private let file: JSONDocument
    private let call: OutboundCall
    private let credentials: ClientCredentials

    init(_ file: JSONDocument) throws {
        self.file = file
        call = try OutboundCall(
            policy: AddressPolicy(.loopbackOnly),
            limits: .init(deadline: .seconds(300)),
            logger: Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }
        )
        func text(_ key: String) -> String { file.root["tenant"]?[key]?.string ?? "" }
        credentials = ClientCredentials(
            tokenURL: text("tokenURL"),
            clientID: text("clientId"),
            clientSecret: text("clientSecret"),
            call: call,
            time: .real
        )
    }

    func close() async { await call.shutdown() }

    func tenant(
        _ method: HTTPRequest.Method,
        _ path: String,
        conversation: String,
        body: [UInt8] = []
    ) async throws -> JSONDocument {
        var headers: [(name: String, value: String)] = [
            ("X-Request-ID", UUID().uuidString.lowercased()), ("X-Conversation-ID", conversation),
        ]
        if !body.isEmpty { headers.append(("Content-Type", "application/json")) }
        let url = (file.root["tenant"]?["baseURL"]?.string ?? "") + path
        let request = OutboundRequest(method: method, url: url, headers: headers, body: body)
        return try Self.document(await credentials.send(request), path)
    }

    func control(_ method: HTTPRequest.Method, _ path: String, body: String = "") async throws -> JSONDocument {
        let control = file.root["control"]
        var headers = [(name: "Authorization", value: "Bearer " + (control?["token"]?.string ?? ""))]
        if !body.isEmpty { headers.append(("Content-Type", "application/json")) }
        let url = (control?["baseURL"]?.string ?? "") + path
        let request = OutboundRequest(method: method, url: url, headers: headers, body: Array(body.utf8))
        return try Self.document(await call.send(request), path)
    }

    private static func document(
        _ answer: Result<OutboundResponse, OutboundFailure>,
        _ path: String
    ) throws -> JSONDocument {
        let response = try answer.get()
        guard (200..<300).contains(response.status) else {
            let body = String(decoding: response.body, as: UTF8.self)
            throw SandboxProcess.Failure(text: "\(path) answered \(response.status): \(body)")
        }
        return try JSONDocument(parsing: response.body.isEmpty ? Array("{}".utf8) : response.body)
    }
}
