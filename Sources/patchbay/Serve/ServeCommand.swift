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
        abstract: "The house of an installation partner: its book, a door for operators, a door for apps.",
        discussion: """
            Everything is in the configuration file, which docs/partner.md explains. SIGTERM and SIGINT stop it: nothing \
            new is taken, what is under way is finished, and what is not yet told is told after the next start.
            """
    )

    @Option(help: ArgumentHelp("The configuration, a JSON file.", valueName: "file"))
    var config: String

    @Flag(help: "Read the configuration, say what is wrong with it, and start nothing.")
    var check = false

    @Option(help: "How log lines look: json or text.")
    var log = LineLog.Form.json

    func run() async throws {
        let file: PartnerFile
        do {
            file = try PartnerFile(
                ConfigurationFile(at: config, environment: ProcessInfo.processInfo.environment)
            )
        } catch {
            TerminalText.complain("\(error)")
            throw ExitCode.failure
        }
        guard !check else { return print("\(config) can be served.") }
        let metrics = PrometheusMetrics()
        MetricsSystem.bootstrap(metrics)
        let form = log
        LoggingSystem.bootstrap { LineLog(label: $0, form: form) }
        let logger = Logger(label: "patchbay")
        let ground = PartnerHouse.Ground(
            store: try SQLiteStore(.file(path: file.database)),
            time: .real,
            ids: .system,
            metrics: metrics,
            logger: logger
        )
        let house = try await PartnerHouse(file, on: ground)
        let services = house.services(until: [.sigterm, .sigint]) { listener, port in
            logger.info("listening", metadata: ["pb-listener": "\(listener)", "pb-port": "\(port)"])
        }
        let result: Result<Void, any Error>
        do { result = .success(try await services.run()) } catch { result = .failure(error) }
        try await house.close()
        try result.get()
    }
}
