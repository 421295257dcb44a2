import Foundation

/// The program, run once as a command to its end: what it said, and with which code it ended.
struct ProgramRun {
    /// The one that was built with these tests.
    static let program = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "patchbay")

    let code: Int32
    let said: String
    let complained: String

    /// - Parameters:
    ///   - input: what it reads from its standard input.
    ///   - environment: instead of this process's; `nil`: the same.
    init(_ arguments: [String], input: String = "", environment: [String: String]? = nil) throws {
        let process = Process()
        process.executableURL = Self.program
        process.arguments = arguments
        if let environment { process.environment = environment }
        let (stdin, stdout, stderr) = (Pipe(), Pipe(), Pipe())
        process.standardInput = stdin
        process.standardOutput = stdout
        process.standardError = stderr
        try process.run()
        if !input.isEmpty { try stdin.fileHandleForWriting.write(contentsOf: Data(input.utf8)) }
        try stdin.fileHandleForWriting.close()
        said = String(decoding: try stdout.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        complained = String(decoding: try stderr.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        code = process.terminationStatus
    }
}
