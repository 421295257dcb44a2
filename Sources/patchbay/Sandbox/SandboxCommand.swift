import Adapters
import ArgumentParser
import Engine
import FoundationEssentials
import Logging
import Metrics

/// `patchbay sandbox`: every role in one process on loopback, with a clock to turn.
struct SandboxCommand: AsyncParsableCommand {
    enum Clock: String, ExpressibleByArgument, CaseIterable { case real, virtual }

    static let configuration = CommandConfiguration(
        commandName: "sandbox",
        abstract:
            "Every role in one process on loopback: gateway, operator, and simulated tenants, buyers, desk, installer.",
        discussion: """
            Everything it knows is in its directory: certificates, credentials, databases, the clock. The same directory \
            is the same world. DIR/sandbox.json tells a program all that it needs.
            """
    )

    @Option(help: ArgumentHelp("The sandbox's directory.", valueName: "dir"))
    var data = ".patchbay"

    @Option(help: ArgumentHelp("The plain listener's port; mutual TLS is on the next.", valueName: "base"))
    var ports = 8080

    @Option(
        help: "Whose time drives timers, tokens and retries; a virtual one moves when POST /sandbox/clock turns it."
    )
    var clock = Clock.real

    @Option(help: ArgumentHelp("Draws the same numbers each time: for a run to be repeated.", valueName: "n"))
    var seed: UInt64?

    @Option(help: ArgumentHelp("The store: sqlite.", valueName: "sqlite|postgres://…"))
    var store = "sqlite"

    @Option(
        help: ArgumentHelp(
            "A folder whose closure-codes.json, question-matrix.json and installation-texts.json replace our own.",
            valueName: "dir"
        )
    )
    var installationData: String?

    @OptionGroup var objectStore: ObjectStoreOptions

    @Flag(help: "Start although a database lacks commits that were acknowledged; they are lost for good.")
    var acceptLoss = false

    @Flag(help: "Print no table, and log warnings only.")
    var quiet = false

    @Option(help: "How log lines look: json or text.")
    var log = LineLog.Form.text

    func validate() throws {
        guard (1...65_534).contains(ports) else {
            throw ValidationError("--ports must be from 1 to 65534: the next port is used too.")
        }
        guard store == "sqlite" else {
            throw ValidationError("--store \(store): this version keeps its data in SQLite only; leave --store out.")
        }
    }

    func run() async throws {
        OpenFiles.raise()
        Hangup.ignore()
        let metrics = PrometheusMetrics()
        MetricsSystem.bootstrap(metrics)
        let form = log
        LoggingSystem.bootstrap { LineLog(label: $0, form: form) }
        var logger = Logger(label: "patchbay")
        logger.logLevel = quiet ? .warning : .info
        do {
            try await SandboxRun(options: self, metrics: metrics, logger: logger).run()
        } catch {
            let words =
                "Somebody listens on port \(ports) or \(ports + 1) of 127.0.0.1 already. Name others with --ports."
            throw PortTaken(error, words: words) ?? error
        }
    }
}

extension LineLog.Form: ExpressibleByArgument {}
