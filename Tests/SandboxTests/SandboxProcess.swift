import Foundation
import Synchronization

@testable import patchbay

/// A sandbox in a process of its own, on one directory through all its lives.
final class SandboxProcess {
    let directory: String
    private let base: Int
    private let program: URL
    private var process: Process?

    init() throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "patchbay-test-\(UUID().uuidString)").path
        base = try Self.freePorts()
        program = ProgramRun.program
        guard FileManager.default.isExecutableFile(atPath: program.path) else {
            throw DemoFailure("There is no program at \(program.path): run `swift build` first.")
        }
    }

    /// Starts it, and waits until it says that it is ready.
    ///
    /// - Parameters:
    ///   - clock: `virtual`, which only tests turn, or `real`, on which everybody is brisk.
    ///   - flags: further ones.
    func start(clock: String = "virtual", _ flags: [String] = []) async throws -> DemoWorld {
        try launch(clock: clock, flags)
        return try await DemoWorld.open(directory: directory, waitingSeconds: 60)
    }

    /// Starts it, ready or not.
    func launch(clock: String = "virtual", _ flags: [String] = []) throws {
        // What a killed life left behind is not this one's word.
        try? FileManager.default.removeItem(atPath: directory + "/sandbox.json")
        process = try Self.run(
            program,
            on: directory,
            base: base,
            clock: clock,
            flags,
            errors: FileHandle.standardError
        )
    }

    /// Starts another on a directory that may be taken, and waits until it ends by itself.
    static func second(on directory: String) async throws -> (code: Int32, said: String) {
        let other = try SandboxProcess()
        let pipe = Pipe()
        let process = try run(other.program, on: directory, base: other.base, clock: "virtual", errors: pipe)
        let said = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: said, as: UTF8.self))
    }

    var pid: Int32? { process?.processIdentifier }

    /// How it ended by itself.
    func end() -> Int32? {
        process?.waitUntilExit()
        return process?.terminationStatus
    }

    /// Starts it where it refuses to start, and hears why.
    func refusal() throws -> (code: Int32, said: String) {
        let pipe = Pipe()
        let process = try Self.run(program, on: directory, base: base, clock: "virtual", errors: pipe)
        let said = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: said, as: UTF8.self))
    }

    func kill() {
        guard let process else { return }
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        self.process = nil
    }

    func remove() {
        kill()
        try? FileManager.default.removeItem(atPath: directory)
    }

    private static func run(
        _ program: URL,
        on directory: String,
        base: Int,
        clock: String,
        _ flags: [String] = [],
        errors: Any
    ) throws -> Process {
        let process = Process()
        process.executableURL = program
        process.arguments = ["sandbox", "--data", directory, "--ports", "\(base)", "--clock", clock, "--quiet"] + flags
        process.standardOutput = FileHandle.nullDevice
        process.standardError = errors
        try process.run()
        return process
    }

    /// Where the next search for ports begins: other in every test process, and never the same twice in one.
    private static let next = Mutex(21_000 + Int(ProcessInfo.processInfo.processIdentifier) * 38 % 10_000)

    /// Two neighbouring ports that nobody has.
    static func freePorts() throws -> Int {
        for _ in 0..<1_000 {
            let base = next.withLock { next in
                next = next < 31_000 ? next + 2 : 21_000
                return next
            }
            if isFree(base) && isFree(base + 1) { return base }
        }
        throw DemoFailure("There are no two free ports between 21000 and 31000.")
    }

    private static func isFree(_ port: Int) -> Bool {
        let socket = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(INADDR_LOOPBACK).bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}
