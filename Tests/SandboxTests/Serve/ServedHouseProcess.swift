import Foundation
import Testing

@testable import patchbay

/// `patchbay serve` in a process of its own, by the configuration of a guide's examples.
final class ServedHouseProcess {
    private let example: GuideExample
    private let config: String
    private var process: Process?

    var database: String { example.directory.path + "/house.sqlite" }

    /// - Parameter role: `gateway` or `partner`.
    init(_ role: String) throws {
        example = try GuideExample(role)
        config = example.directory.appending(path: "served.json").path
        var text = example.text.replacing(/"database" *: *"[^"]*"/, with: #""database": "house.sqlite""#)
        // Ports that the system picks.
        text = text.replacing(/"port" *: *[0-9]+/, with: #""port": 0"#)
        try Data(text.utf8).write(to: URL(filePath: config))
    }

    /// Starts it, and waits until it listens.
    func start(_ flags: [String] = []) async throws {
        let errors = Pipe()
        let process = try run(flags, errors)
        self.process = process
        var said = ""
        while !said.contains("listening") {
            let piece = errors.fileHandleForReading.availableData
            try #require(!piece.isEmpty, "it ended: \(said)")
            said += String(decoding: piece, as: UTF8.self)
        }
        errors.fileHandleForReading.readabilityHandler = { _ = $0.availableData }
    }

    /// Starts it where it refuses to start, and hears why.
    func refusal() throws -> (code: Int32, complained: String) {
        let errors = Pipe()
        let process = try run([], errors)
        let said = try errors.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: said, as: UTF8.self))
    }

    /// Ends it as a service manager does; its exit code.
    func stop() throws -> Int32 {
        let process = try #require(process)
        process.terminate()
        process.waitUntilExit()
        self.process = nil
        return process.terminationStatus
    }

    func kill() {
        guard let process else { return }
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        self.process = nil
    }

    func remove() {
        kill()
        example.remove()
    }

    private func run(_ flags: [String], _ errors: Pipe) throws -> Process {
        let process = Process()
        process.executableURL = ProgramRun.program
        process.arguments = ["serve", "--config", config] + flags
        process.environment = ProcessInfo.processInfo.environment.merging(example.environment) { $1 }
        process.standardOutput = FileHandle.nullDevice
        process.standardError = errors
        try process.run()
        return process
    }
}
