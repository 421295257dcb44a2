import Adapters
import ArgumentParser
import Engine
import FoundationEssentials
import Logging
import Metrics
import ServiceLifecycle
import Storage
import UnixSignals

/// `patchbay serve`: a house of one's own, from a configuration file.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "A house of one's own: a gateway's, or an installation partner's.",
        discussion: """
            A gateway has the Tenant API and calls its suppliers; a partner has a book of jobs, a door for operators and a \
            door for apps. Which of them it is, and everything else, is in the configuration file: docs/gateway.md and \
            docs/partner.md explain it. SIGTERM and SIGINT stop it, SIGHUP does not: nothing new is taken, what is under way is finished, \
            and what is not yet told is told after the next start.
            """
    )

    @Option(help: ArgumentHelp("The configuration, a JSON file.", valueName: "file"))
    var config: String

    @Flag(help: "Read the configuration and look at what it names, say what is wrong with it, and start nothing.")
    var check = false

    @Flag(help: "Start although the database lacks commits that were acknowledged; they are lost for good.")
    var acceptLoss = false

    @Option(help: "How log lines look: json or text.")
    var log = LineLog.Form.json

    func run() async throws {
        guard !check else { return try await sayWhatIsWrong() }
        let file: HouseFile
        do {
            file = try HouseFile(
                ConfigurationFile(at: config, environment: ProcessInfo.processInfo.environment)
            )
        } catch {
            TerminalText.complain("\(error)")
            throw ExitCode.failure
        }
        OpenFiles.raise()
        Hangup.ignore()
        FileModes.restrictNewFiles()
        if let slash = file.database.lastIndex(of: "/") { FileModes.makeDirectory(String(file.database[..<slash])) }
        let metrics = PrometheusMetrics()
        MetricsSystem.bootstrap(metrics)
        let form = log
        LoggingSystem.bootstrap { LineLog(label: $0, form: form) }
        let logger = Logger(label: "patchbay")
        let ground = HouseGround(
            store: try DiskTrouble(logger).open(file.database, acceptsLoss: acceptLoss),
            time: .real,
            ids: .system,
            metrics: metrics,
            logger: logger
        )
        let house = try await file.house(on: ground)
        let services = house.services(until: [.sigterm, .sigint]) { listener, port in
            logger.info("listening", metadata: ["pb-listener": "\(listener)", "pb-port": "\(port)"])
        }
        let result: Result<Void, any Error>
        do { result = .success(try await services.run()) } catch { result = .failure(error) }
        try await house.close()
        do { try result.get() } catch {
            throw PortTaken(error, words: "Somebody listens already on a port that \(config) names.") ?? error
        }
    }

    /// Everything at once, warnings too; only errors are a failure.
    private func sayWhatIsWrong() async throws {
        let examined = await ExaminedConfiguration(at: config, withNames: false)
        for finding in examined.findings { TerminalText.complain("\(config): \(finding.line)") }
        guard examined.isGood else { throw ExitCode.failure }
        TerminalText.say("\(config) can be served.")
    }
}
