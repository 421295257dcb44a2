import Adapters
import ArgumentParser
import Domain
import Engine
import Storage

/// `patchbay addresses`: what the gateway knows of addresses.
struct AddressesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "addresses",
        abstract: "The address crosswalk: UPRN, NAD with its district code, ROBT.",
        subcommands: [ImportAddressesCommand.self]
    )
}

/// `patchbay addresses import FILE`: fills the crosswalk from CSV (G-014).
struct ImportAddressesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Fill the address crosswalk from a CSV file with the columns UPRN, NAD, DISTRICT_CODE, ROBT.",
        discussion: """
            The first line names the columns, in any order. Lines that cannot be taken are named with their reasons at \
            standard error, and the others are taken. The same file again changes nothing, so an import that was broken \
            off is simply run again. The process that has the database open must be stopped first.

            Cells may be separated by commas, semicolons or tabs, as the first line has them, and lines may end as any \
            system ends them; the text is UTF-8, or UTF-16 with a byte order mark.

            Exit code 0: every line was taken; 1: some were rejected, or there was none to take; 2: nothing could be \
            done (no such file, no such columns, the database is in use, wrong usage).
            """
    )

    @Argument(help: "A CSV file, or - for standard input.")
    var file: String

    @Option(help: ArgumentHelp("The directory of a sandbox, whose database it is.", valueName: "dir"))
    var data = ".patchbay"

    @Option(help: ArgumentHelp("A database itself, instead of a sandbox's.", valueName: "file"))
    var database: String?

    func run() async throws {
        do {
            let report = try await fill()
            TerminalText.say(report.text)
            if report.rejected > 0 || report.taken == 0 { throw ExitCode.failure }
        } catch let code as ExitCode {
            throw code
        } catch {
            TerminalText.complain("patchbay addresses import: \(error)")
            throw ExitCode(2)
        }
    }

    private func fill() async throws -> AddressImport.Report {
        let input = try InputFile(file)
        let store = try SQLiteStore(.file(path: database ?? "\(data)/patchbay.sqlite"))
        let exchange = Exchange(
            store: store,
            time: .real,
            ids: .system,
            directory: Directory()
        ) { message, _, _, _ in throw UnspeakableMessage(message.operation) }
        var filling = AddressImport(into: exchange) { rejected in
            TerminalText.complain("line \(rejected.line): \(rejected.reason)")
        }
        var progress = ImportProgress(of: input.size)
        while let bytes = try input.next() {
            try await filling.take(bytes)
            progress.show(lines: filling.report.lines, bytes: input.offset)
        }
        progress.clear()
        let report = try await filling.finish()
        try await store.close()
        return report
    }
}

extension AddressImport.Report {
    fileprivate var text: String {
        lines == 0
            ? "There is no line behind the first, which names the columns: nothing was taken."
            : "\(lines) lines: \(new) new, \(changed) changed, \(known) known already, \(rejected) rejected."
    }
}
