import Adapters
import ArgumentParser
import Formats

/// `patchbay lint FILE`: what a receiver would refuse or forgive in a message of the Ticketing contract (N-01).
struct LintCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lint",
        abstract:
            "Check a message of the Ticketing contract: which one it is, and what is wrong where, by which clause.",
        discussion: """
            Any message in either direction, in an envelope or bare. Exit code 0: nothing that a receiver would refuse; \
            1: errors; 2: there is nothing to check (no such file, not XML, wrong usage).
            """
    )

    @Argument(help: "A file with one message, or - for standard input.")
    var file: String

    @Flag(help: "Print one JSON document.")
    var json = false

    @Flag(help: "Count what is merely forgiven as an error too.")
    var strict = false

    func run() throws {
        let bytes: [UInt8]
        do {
            bytes = try LintInput.read(file)
        } catch {
            TerminalText.complain("patchbay lint: \(error)")
            throw ExitCode(2)
        }
        var report = TicketingLint(schemas: try TicketingSchemas()).check(bytes)
        if strict { report = report.strict }
        let name = file == "-" ? "standard input" : file
        print(json ? report.json(of: name) : report.text(of: name, TerminalText()))
        if !report.isXML { throw ExitCode(2) }
        if report.count(.error) > 0 { throw ExitCode.failure }
    }
}
