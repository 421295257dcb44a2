import Adapters
import ArgumentParser
import Domain
import Engine
import Formats

/// `patchbay doctor URL`: whether a ticketing peer can be spoken to, and if not, at which step it fails (N-02).
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Look at a ticketing peer step by step: name, connection, TLS, mutual TLS, path, an echo.",
        discussion: """
            It changes nothing there: the one message that it sends is about a ticket that does not exist. Exit code 0: \
            every step passed; 1: one did not; 2: wrong usage.
            """
    )

    @Argument(help: "The base of its Ticketing API: https://host:8081/prod/api2")
    var url: String

    @Option(help: ArgumentHelp("Our client certificate, PEM.", valueName: "file"))
    var certificate: String

    @Option(help: ArgumentHelp("Its private key, PEM.", valueName: "file"))
    var key: String

    @Option(help: ArgumentHelp("The authorities that we trust beside the system's, PEM.", valueName: "file"))
    var authority: String

    @Option(help: ArgumentHelp("Our name on the wire; one that isn't ours is refused in form too.", valueName: "name"))
    var buyerIdentifier = "DOCTOR"

    @Flag(help: "Print one JSON document.")
    var json = false

    func validate() throws {
        guard peer != nil else { throw ValidationError("\(url) is not an https address.") }
    }

    func run() async throws {
        guard let peer else { throw ValidationError("\(url) is not an https address.") }
        let doctor = TicketingDoctor(
            peer: peer,
            schemas: try TicketingSchemas(),
            time: .real,
            messageID: IDSource.system.messageID(at: TimeSource.real.now()).rawValue
        )
        let steps = await doctor.examine()
        print(json ? DoctorStep.json(steps, of: url) : DoctorStep.text(steps, of: url, TerminalText()))
        guard steps.allSatisfy({ $0.outcome == .passed }) else { throw ExitCode.failure }
    }

    private var peer: TicketingPeer? {
        TicketingPeer(
            url: url,
            identity: TLSFiles(certificate: certificate, key: key, authorities: authority),
            buyerIdentifier: buyerIdentifier
        )
    }
}
