import Adapters
import Domain
import Engine
import FoundationEssentials
import Formats
import Testing

@testable import Sandbox

/// The doctor at real sockets: healthy peers, and each kind of sick one.
@Suite struct TicketingDoctorTests {
    /// What the doctor finds at a bench's listener.
    private static func examine(
        _ bench: TLSBench,
        as identity: TLSFiles,
        trusting authority: CertificateAuthority? = nil,
        host: String = "localhost",
        port: Int? = nil,
        path: String = "/ticketing"
    ) async throws -> [DoctorStep] {
        let files = TLSFiles(
            certificate: identity.certificate,
            key: identity.key,
            authorities: (authority ?? bench.authority).path
        )
        return try await examine("https://\(host):\(port ?? bench.port)\(path)", files)
    }

    static func examine(_ url: String, _ files: TLSFiles) async throws -> [DoctorStep] {
        let peer = try #require(TicketingPeer(url: url, identity: files, buyerIdentifier: "DOCTOR"))
        return await TicketingDoctor(
            peer: peer,
            schemas: try TicketingSchemas(),
            time: .real,
            messageID: IDSource.system.messageID(at: .real).rawValue
        ).examine()
    }

    private func outcome(_ name: DoctorStep.Name, _ steps: [DoctorStep]) -> DoctorStep.Outcome? {
        steps.first { $0.name == name }?.outcome
    }

    @Test func `a peer that serves the schema and no message is sick in the echo`() async throws {
        let steps = try await TLSBench.run { try await Self.examine($0, as: $0.authority.client("buyer").files) }

        #expect(steps.map(\.name) == DoctorStep.Name.allCases)
        #expect(steps.filter { $0.outcome != .passed }.map(\.name) == [.echo])
    }

    @Test func `a wrong path is told by the schema that is not there`() async throws {
        let steps = try await TLSBench.run {
            try await Self.examine($0, as: $0.authority.client("buyer").files, path: "/wrong")
        }

        #expect(steps.filter { $0.outcome != .passed }.map(\.name) == [.path, .echo])
    }

    @Test func `the days that certificates have left are told`() async throws {
        let steps = try await TLSBench.run { try await Self.examine($0, as: $0.authority.client("buyer").files) }

        for name in [DoctorStep.Name.certificate, .tls] {
            #expect(steps.first { $0.name == name }?.seen.contains("days left, until 20") == true)
        }
    }

    @Test func `a certificate that is not registered is answered 401, and what to do is said`() async throws {
        let steps = try await TLSBench.run { try await Self.examine($0, as: $0.authority.client("newcomer").files) }
        let acceptance = try #require(steps.first { $0.name == .acceptance })

        #expect(acceptance.outcome == .failed)
        #expect(acceptance.seen == "answered 401")
        #expect(acceptance.advice?.contains("register") == true)
        #expect(outcome(.echo, steps) == .untried)
    }

    @Test func `a certificate of an authority that the peer does not trust is refused in the handshake`() async throws {
        let steps = try await TLSBench.run { try await Self.examine($0, as: $0.stranger.client("buyer").files) }

        #expect(outcome(.certificate, steps) == .passed)
        #expect(outcome(.tls, steps) == .passed)
        #expect(outcome(.acceptance, steps) == .failed)
    }

    @Test func `a peer of an authority that we do not trust is not trusted`() async throws {
        let steps = try await TLSBench.run {
            try await Self.examine($0, as: $0.authority.client("buyer").files, trusting: $0.stranger)
        }

        #expect(outcome(.connection, steps) == .passed)
        #expect(outcome(.tls, steps) == .failed)
        #expect(outcome(.stranger, steps) == .untried, "it would be we who refuse")
        #expect(outcome(.acceptance, steps) == .untried)
    }

    @Test func `a peer under another name than its certificate's is not trusted`() async throws {
        let steps = try await TLSBench.run { bench in
            // Another party's certificate, of the right authority and in date.
            try bench.tls.reload(bench.authority.client("partner").files)
            return try await Self.examine(bench, as: bench.authority.client("buyer").files)
        }

        #expect(outcome(.tls, steps) == .failed)
    }

    @Test func `where nobody listens the connection fails, and the name does not`() async throws {
        let steps = try await TLSBench.run {
            try await Self.examine($0, as: $0.authority.client("buyer").files, port: 1)
        }

        #expect(outcome(.name, steps) == .passed)
        #expect(outcome(.connection, steps) == .failed)
        #expect(outcome(.stranger, steps) == .untried)
    }

    @Test func `a host that is none has no address`() async throws {
        let steps = try await TLSBench.run {
            try await Self.examine($0, as: $0.authority.client("buyer").files, host: "no-such-host.invalid")
        }

        #expect(outcome(.certificate, steps) == .passed)
        #expect(outcome(.name, steps) == .failed)
        #expect(steps.filter { $0.outcome == .untried }.count == 6)
    }

    @Test func `another certificate's key does not fit, and an expired certificate is not good`() async throws {
        try await TLSBench.run { bench in
            let buyer = try bench.authority.client("buyer").files
            let other = try bench.authority.client("partner").files
            let expired = try bench.authority.client("expired").files
            let mixed = TLSFiles(certificate: buyer.certificate, key: other.key, authorities: buyer.authorities)

            let misfit = try await Self.examine(bench, as: mixed).first
            let late = try await Self.examine(bench, as: expired).first

            #expect(misfit?.outcome == .failed)
            #expect(misfit?.seen == "the key is another's")
            #expect(late?.outcome == .failed)
            #expect(late?.seen.contains("expired on") == true)
        }
    }

    @Test(arguments: ["http://localhost:8081/prod/api2", "localhost:8081", "", "https://"])
    func `what is no https address is no peer`(url: String) {
        let files = TLSFiles(certificate: "c", key: "k", authorities: "a")

        #expect(TicketingPeer(url: url, identity: files, buyerIdentifier: "B1") == nil)
    }
}

@Suite(.inASandbox) struct TicketingDoctorInASandboxTests {
    @Test func `a sandbox is healthy`() async throws {
        let directory = try SandboxLife.current().directory
        let file = try JSONDocument(parsing: [UInt8](Data(contentsOf: URL(filePath: directory + "/sandbox.json"))))
        func told(_ key: String) throws -> String { try #require(file.root["ticketing"]?[key]?.string) }
        let files = TLSFiles(certificate: try told("certificate"), key: try told("key"), authorities: try told("ca"))

        let steps = try await TicketingDoctorTests.examine(told("baseURL"), files)

        #expect(steps.count == DoctorStep.Name.allCases.count)
        #expect(steps.filter { $0.outcome != .passed } == [])
    }
}
