import Adapters
import ArgumentParser
import Engine
import Formats

/// `patchbay lint FILE`: what a receiver would refuse or forgive in a message of any contract (N-01). XML is of the Ticketing
/// contract; what JSON is, its content tells.
struct LintCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lint",
        abstract:
            "Check a message of any contract: which it is, what is wrong where, by which clause.",
        discussion: """
            Of the Ticketing and the Installation contract any message in either direction, answers too: XML in an envelope \
            or bare, or JSON. Of the Tenant API whatever a tenant sends, what it is answered, and the updates that it is \
            sent; of the Supplier API a supplier's updates. All else is said to be of no contract. Exit code 0: nothing that a \
            receiver would refuse; 1: errors; 2: there is nothing to check (no such file, neither XML nor JSON, wrong usage).
            """
    )

    @Argument(help: "A file with one message, or - for standard input.")
    var file: String

    @Flag(help: "Print one JSON document.")
    var json = false

    @Flag(help: "Count what is merely forgiven as an error too.")
    var strict = false

    @Option(
        help: ArgumentHelp("A folder of tables that replace our own: closure codes, question matrix.", valueName: "dir")
    )
    var installationData: String?

    func run() throws {
        let bytes: [UInt8]
        do {
            bytes = try LintInput.read(file)
        } catch {
            TerminalText.complain("patchbay lint: \(error)")
            throw ExitCode(2)
        }
        let name = file == "-" ? "standard input" : file
        let verdict = try InstallationLint.claims(bytes) ? checkJSON(bytes, name) : checkXML(bytes, name)
        TerminalText.say(verdict.text)
        if !verdict.isReadable { throw ExitCode(2) }
        if verdict.errors > 0 { throw ExitCode.failure }
    }

    private typealias Verdict = (text: String, isReadable: Bool, errors: Int)

    private func checkXML(_ bytes: [UInt8], _ name: String) throws -> Verdict {
        var report = TicketingLint(schemas: try TicketingSchemas()).check(bytes)
        if strict { report = report.strict }
        return (
            json ? report.json(of: name) : report.text(of: name, TerminalText()), report.isXML, report.count(.error)
        )
    }

    /// A message of the Tenant API has no `method`, one of the Installation contract has nothing else that is like it.
    private func checkJSON(_ bytes: [UInt8], _ name: String) throws -> Verdict {
        let now = TimeSource.real.now()
        let found = try SupplierUpdateLint(at: now).check(bytes) ?? TenantAnswerLint().check(bytes)
        if let found = found ?? TenantLint(at: now).check(bytes) {
            let report = strict ? found.strict : found
            return (json ? report.json(of: name) : report.text(of: name, TerminalText()), true, report.count(.error))
        }
        return try checkInstallation(bytes, name)
    }

    private func checkInstallation(_ bytes: [UInt8], _ name: String) throws -> Verdict {
        let data = try installationData.map { try InstallationData(folder: $0) } ?? InstallationData()
        var report = InstallationLint(data: data).check(bytes)
        if strict { report = report.strict }
        return (
            json ? report.json(of: name) : report.text(of: name, TerminalText()), report.isJSON, report.count(.error)
        )
    }
}
