import Adapters
import ArgumentParser
import Domain
import Engine
import Formats
import FoundationEssentials
import Logging

/// `patchbay supplier check`: what a supplier does of what the contract asks, and what it lacks (G-090 to G-095).
struct CheckSupplierCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract:
            "Ask a supplier everything that a gateway asks, judge its answers and its updates, and say what it lacks.",
        discussion: """
            It orders a line, amends the order and cancels it again, and tests a service: use an environment for tests. \
            Updates are taken at http://LISTEN/kcis, with tokens from http://LISTEN/token for any client; the first is \
            turned away once, to see that it comes again. The operator of a sandbox is checked by

              patchbay supplier check --sandbox .patchbay

            Exit code 0: nothing fails (what it says that it does not offer is no failure); 1: something does; 2: wrong \
            usage, or nothing could be tried.
            """
    )

    @Option(help: ArgumentHelp("A running sandbox, whose operator is checked.", valueName: "dir"))
    var sandbox: String?

    @Option(help: ArgumentHelp("The base of its Supplier API.", valueName: "https://…"))
    var url: String?

    @Option(help: ArgumentHelp("Where it gives tokens.", valueName: "https://…"))
    var tokenURL: String?

    @Option(help: "Our client id there.")
    var client: String?

    @Option(help: "Our secret there; PATCHBAY_SUPPLIER_SECRET, where others can see command lines.")
    var secret: String?

    @Option(help: ArgumentHelp("Where its updates are taken.", valueName: "host:port"))
    var listen: String?

    @Option(help: ArgumentHelp("An address that it serves, and where nothing is live.", valueName: "type:id"))
    var address: String?

    @Option(help: ArgumentHelp("An address that it does not serve.", valueName: "type:id"))
    var unservedAddress = "UPRN:99999999999"

    @Option(help: "A product that it sells at the address.")
    var product: String?

    @Option(help: "A live service, for a test; without one the tests' answers aren't tried.")
    var service: String?

    @Option(help: "On whose behalf we ask.")
    var tenant = "TENANT1"

    @Option(help: ArgumentHelp("How long an update may take.", valueName: "seconds"))
    var patience = 60

    @Flag(help: "Print one JSON document.")
    var json = false

    func validate() throws {
        guard (1...3_600).contains(patience) else {
            throw ValidationError("--patience must be from 1 to 3600 seconds.")
        }
        let own: [(String, String?)] = [
            ("--url", url), ("--token-url", tokenURL), ("--client", client), ("--listen", listen),
            ("--address", address), ("--product", product),
        ]
        if sandbox == nil {
            let missing = own.filter { $0.1 == nil }.map(\.0)
            guard missing.isEmpty else {
                throw ValidationError("Name a --sandbox, or else: \(missing.joined(separator: ", ")).")
            }
            guard secretGiven != nil else {
                throw ValidationError("--secret, or PATCHBAY_SUPPLIER_SECRET, is missing.")
            }
        } else if let both = (own + [("--secret", secret)]).first(where: { $0.1 != nil && $0.0 != "--listen" }) {
            throw ValidationError("A --sandbox tells its own \(both.0): leave one of them out.")
        }
        for (name, text) in [("--url", url), ("--token-url", tokenURL)] {
            guard let text else { continue }
            do { _ = try HTTPURL(text) } catch { throw ValidationError("\(name) \(error.reason).") }
        }
        if let listen, ListenAddress(listen) == nil { throw ValidationError("--listen must be host:port.") }
        let addresses = [address, unservedAddress].compactMap(\.self)
        if let wrong = addresses.first(where: { PremisesAddress.Identifier(argument: $0) == nil }) {
            throw ValidationError("\(wrong) is not an address such as UPRN:10090000001.")
        }
    }

    func run() async throws {
        do {
            let findings = try await check()
            TerminalText.say(json ? SupplierFinding.json(findings) : SupplierFinding.summary(findings, terminal))
            guard !findings.contains(where: { $0.verdict == .fails }) else { throw ExitCode.failure }
        } catch let code as ExitCode {
            throw code
        } catch {
            TerminalText.complain("patchbay supplier check: \(error)")
            throw ExitCode(2)
        }
    }

    private var terminal: TerminalText { TerminalText() }
    private var secretGiven: String? { secret ?? ProcessInfo.processInfo.environment["PATCHBAY_SUPPLIER_SECRET"] }

    private func check() async throws -> [SupplierFinding] {
        let printing: @Sendable (SupplierFinding) -> Void = { [terminal, json] finding in
            if !json { TerminalText.say(finding.line(terminal)) }
        }
        if let sandbox {
            return try await SandboxedSupplier.check(in: sandbox, listen: listen.flatMap(ListenAddress.init), printing)
        }
        guard let url, let tokenURL, let client, let secretGiven, let listen = listen.flatMap(ListenAddress.init),
            let address = address.flatMap(PremisesAddress.Identifier.init(argument:)), let product,
            let unserved = PremisesAddress.Identifier(argument: unservedAddress)
        else { return [] }
        let check = SupplierCheck(
            baseURL: url.hasSuffix("/") ? String(url.dropLast()) : url,
            tokenURL: tokenURL,
            clientID: client,
            clientSecret: secretGiven,
            samples: SupplierSamples(
                address: address,
                unservedAddress: unserved,
                product: product,
                service: service,
                tenant: tenant
            ),
            // Whoever types an address here means it.
            addresses: AddressPolicy(.publicAnd(allowed: ["0.0.0.0/0", "::/0"].compactMap { AddressRange($0) })),
            time: .real,
            momentsMax: patience * 2,
            moment: { try? await Task.sleep(for: .milliseconds(500)) }
        )
        return try await check.run(listeningOn: listen, opened: { _ in }, found: printing)
    }
}

/// Where a listener is to be.
struct ListenAddress {
    let host: String
    /// 0 for one that the system picks.
    let port: Int

    /// `host:port`.
    init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
            (0...65_535).contains(port), colon > text.startIndex
        else { return nil }
        host = String(text[..<colon])
        self.port = port
    }
}

extension PremisesAddress.Identifier {
    /// `type:id`.
    fileprivate init?(argument: String) {
        let parts = argument.split(separator: ":", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { return nil }
        self.init(id: parts[1], type: parts[0])
    }
}
