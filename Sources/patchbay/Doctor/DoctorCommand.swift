import Adapters
import ArgumentParser
import Domain
import Engine
import Formats

/// `patchbay doctor URL`: whether a peer can be spoken to, and if not, at which step it fails (N-02).
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract:
            "Look at a ticketing or installation peer step by step, or at a configuration and all that it names.",
        discussion: """
            Of a peer: name, connection, TLS, mutual TLS, path, an echo. It changes nothing there: the one message that it \
            sends is about a ticket, or has a method, that does not exist. With --config: all that `serve --check` looks at \
            (certificates, keys, ports, directories, modes of files), and whether the hosts that it names have addresses. \
            Exit code 0: all is well, but for warnings; 1: something is not; 2: wrong usage.
            """
    )

    enum Contract: String, ExpressibleByArgument, CaseIterable {
        case ticketing
        /// An operator's end of the Installation API: we ask as a partner.
        case installationOperator = "installation-operator"
        /// A partner's end: we ask as its operator.
        case installationPartner = "installation-partner"
    }

    @Argument(help: "The base of its API: https://host:8081/prod/api2, https://host:8081/prod/ftth-installer")
    var url: String?

    @Option(help: ArgumentHelp("A configuration of serve, instead of a peer.", valueName: "file"))
    var config: String?

    @Option(help: "Which contract it speaks, and at which end.")
    var contract = Contract.ticketing

    @Option(help: ArgumentHelp("Our client certificate, PEM.", valueName: "file"))
    var certificate: String?

    @Option(help: ArgumentHelp("Its private key, PEM.", valueName: "file"))
    var key: String?

    @Option(help: ArgumentHelp("The authorities that we trust beside the system's, PEM.", valueName: "file"))
    var authority: String?

    @Option(help: ArgumentHelp("Our name on the wire; one that isn't ours is refused in form too.", valueName: "name"))
    var buyerIdentifier = "DOCTOR"

    @Flag(help: "Print one JSON document.")
    var json = false

    func validate() throws {
        guard config == nil else {
            guard url == nil, certificate == nil, key == nil, authority == nil else {
                throw ValidationError("--config is for itself: without an address and its certificate.")
            }
            return
        }
        let peer = try peer()
        guard Peer(url: peer.url, identity: peer.identity) != nil else {
            throw ValidationError("\(peer.url) is not an https address.")
        }
    }

    func run() async throws {
        guard let config else { return try await examinePeer() }
        let examined = await ExaminedConfiguration(at: config, withNames: true)
        if json {
            TerminalText.say(Finding.json(examined.findings, of: config))
        } else {
            for finding in examined.findings { TerminalText.say("\(config): \(finding.line)") }
            if examined.isGood {
                TerminalText.say("\(config) can be served, and every host that it names has an address.")
            }
        }
        guard examined.isGood else { throw ExitCode.failure }
    }

    private func examinePeer() async throws {
        let (url, identity) = try peer()
        let steps = try await examine(url, identity)
        TerminalText.say(json ? DoctorStep.json(steps, of: url) : DoctorStep.text(steps, of: url, TerminalText()))
        guard steps.allSatisfy({ $0.outcome == .passed }) else { throw ExitCode.failure }
    }

    /// Which peer, and as whom.
    private func peer() throws -> (url: String, identity: TLSFiles) {
        guard let url else { throw ValidationError("The base of a peer's API is missing, or --config.") }
        guard let certificate, let key, let authority else {
            throw ValidationError("--certificate, --key and --authority are needed to look at a peer.")
        }
        return (url, TLSFiles(certificate: certificate, key: key, authorities: authority))
    }

    private func examine(_ url: String, _ identity: TLSFiles) async throws -> [DoctorStep] {
        let now = TimeSource.real.now()
        switch contract {
        case .ticketing:
            guard let peer = TicketingPeer(url: url, identity: identity, buyerIdentifier: buyerIdentifier) else {
                return []
            }
            let messageID = IDSource.system.messageID(at: now).rawValue
            return await TicketingDoctor(
                peer: peer,
                schemas: try TicketingSchemas(),
                time: .real,
                messageID: messageID
            ).examine()
        case .installationOperator, .installationPartner:
            let role: InstallationDoctor.Role = contract == .installationOperator ? .operator : .partner
            let number = Timestamp.milliseconds(of: now)
            let doctor = InstallationDoctor(url: url, identity: identity, as: role, time: .real, number: number)
            return await doctor?.examine() ?? []
        }
    }
}
