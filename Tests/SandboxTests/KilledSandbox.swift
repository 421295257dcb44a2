import Foundation

@testable import patchbay

/// A sandbox in a process of its own, on one directory through all its lives.
final class KilledSandbox {
    let directory: String
    private let base: Int
    private let program: URL
    private var process: Process?

    init() throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "patchbay-kill-\(UUID().uuidString)").path
        base = try Self.freePorts()
        program = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "patchbay")
        guard FileManager.default.isExecutableFile(atPath: program.path) else {
            throw DemoFailure("There is no program at \(program.path): run `swift build` first.")
        }
    }

    /// Starts it, and waits until it says that it is ready.
    func start() async throws -> DemoWorld {
        // What a killed life left behind is not this one's word.
        try? FileManager.default.removeItem(atPath: directory + "/sandbox.json")
        let process = Process()
        process.executableURL = program
        process.arguments = ["sandbox", "--data", directory, "--ports", "\(base)", "--clock", "virtual", "--quiet"]
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        self.process = process
        return try await DemoWorld.open(directory: directory, waitingSeconds: 60)
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

    /// Two neighbouring ports that nobody has.
    private static func freePorts() throws -> Int {
        for base in stride(from: 21_000, to: 31_000, by: 37) where isFree(base) && isFree(base + 1) { return base }
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
