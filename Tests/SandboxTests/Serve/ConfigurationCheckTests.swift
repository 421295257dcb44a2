import Adapters
import Engine
import Foundation
import Formats
import Storage
import Testing

@testable import Sandbox
@testable import patchbay

/// What `serve --check` and `doctor --config` find beside what is wrong in the file itself.
@Suite(.serialized) struct ConfigurationCheckTests {
    @Test(arguments: ["gateway", "partner"])
    func `the guide's example has no errors, and nothing is said without a place and an advice`(guide: String)
        async throws
    {
        try await Self.with(guide) { example in
            let examined = await Self.examine(example)

            #expect(examined.isGood, "\(examined.findings)")
            #expect(examined.findings.allSatisfy { $0.place.hasPrefix("/") && $0.advice != nil })
        }
    }

    @Test(arguments: ["gateway", "partner"])
    func `in thirty years each certificate has expired: ours are errors, a party's is a warning`(guide: String)
        async throws
    {
        try await Self.with(guide) { example in
            let later = TimeSource.real.now() + 31 * 365.25 * 86_400

            let findings = await Self.examine(example) { ConfigurationCheck($0, now: later, ports: Self.free) }.findings

            let expired = Set(
                findings.filter { $0.seen.contains("has expired on") }.map { "\($0.severity) \($0.place)" }
            )
            let party =
                guide == "gateway" ? "/suppliers/0/ticketing/certificates/0" : "/operators/0/certificates/0"
            #expect(
                expired == [
                    "error /secure/certificate", "error /secure/authorities", "error /client/certificate",
                    "error /client/authorities", "warning \(party)",
                ],
                "\(findings)"
            )
        }
    }

    @Test func `in the last days of each it is said that they end`() async throws {
        try await Self.with("gateway") { example in
            let later = TimeSource.real.now() + (30 * 365.25 - 10) * 86_400

            let examined = await Self.examine(example) { ConfigurationCheck($0, now: later, ports: Self.free) }

            #expect(examined.isGood)
            #expect(
                Set(examined.findings.filter { $0.seen.contains("ends on") }.map(\.place)) == [
                    "/secure/certificate", "/secure/authorities", "/client/certificate", "/client/authorities",
                    "/suppliers/0/ticketing/certificates/0",
                ]
            )
        }
    }

    @Test func `what is wrong in the file and with what it names is said at once`() async throws {
        try await Self.with("gateway") { example in
            let text = example.text
                .replacing(#""port": 8090"#, with: #""port": 8443"#)
                .replacing(#""host": "0.0.0.0""#, with: #""host": "127.0.0.1""#)
                .replacing(#""rateLimit": { "requests": 1000"#, with: #""rateLimit": { "requests": 0"#)
            chmod(example.directory.path + "/server.key", 0o644)
            chmod(example.directory.path + "/office.secret", 0o640)
            chmod(example.directory.path + "/webhooks.secret", 0o604)
            chmod(example.directory.path + "/tokens.pem", 0o666)
            try FileManager.default.copyItem(
                at: example.directory.appending(path: "server.pem"),
                to: example.directory.appending(path: "ca.pem")
            )

            let examined = await Self.examine(
                example,
                text.replacing(
                    #""key": "server.key", "authorities": "operators-ca.pem""#,
                    with: #""key": "server.key", "authorities": "ca.pem""#
                )
            )

            let found = Set(examined.findings.map { "\($0.severity) \($0.place)" })
            #expect(!examined.isGood)
            #expect(
                found.isSuperset(of: [
                    "error /rateLimit/requests", "error /secure/port", "error /secure/key",
                    "error /webhookKey/secretFile",
                    "error /signingKey", "warning /staff/0/clients/0/secretFile", "error /secure/authorities",
                ]),
                "\(examined.findings)"
            )
        }
    }

    @Test func `a client's certificate at the listener, and a listener's certificate of a client, are errors`()
        async throws
    {
        try await Self.with("partner") { example in
            let text = example.text
                .replacing(
                    #""certificate": "server.pem", "key": "server.key""#,
                    with: #""certificate": "partner.pem", "key": "partner.key""#
                )
            let examined = await Self.examine(example, text)

            #expect(text != example.text)
            #expect(
                examined.findings.contains {
                    $0.severity == .error && $0.place == "/secure/certificate" && $0.seen.contains("lacks serverAuth")
                },
                "\(examined.findings)"
            )
        }
    }

    @Test func `another's key is refused in words, at the start too`() async throws {
        try await Self.with("partner") { example in
            let text = example.text.replacing(#""key": "server.key""#, with: #""key": "partner.key""#)

            let refusal = #expect(throws: ConfigurationFile.Refused.self) { try example.read(text) }

            #expect(refusal?.reasons == ["/secure/key names a file that cannot be used: the key is another's"])
        }
    }

    @Test func `the data's directory and the ports are looked at`() async throws {
        try await Self.with("gateway") { example in
            let directory = example.directory.path
            let look = FileLook(
                mode: { FileLook.real.mode($0) },
                writable: { $0 == directory ? EROFS : 0 },
                isServed: { _ in true }
            )

            let findings = await Self.examine(example) {
                ConfigurationCheck($0, look: look, ports: PortCheck { _ in EADDRINUSE })
            }.findings

            #expect(findings.contains { $0.place == "/database" && $0.seen.contains("read-only file system") })
            #expect(findings.contains { $0.severity == .warning && $0.place == "/plain/port" }, "\(findings)")
            #expect(findings.contains { $0.severity == .warning && $0.place == "/secure/port" }, "\(findings)")
        }
    }

    @Test func `while the database is served its lock says so`() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString + ".sqlite").path
        defer { for suffix in ["", "-wal", "-shm", ".lock", ".mark"] { unlink(path + suffix) } }

        #expect(!FileLook.real.isServed(path))
        #expect(FileLook.real.mode(path + ".lock") == nil, "asking makes nothing")
        let store = try SQLiteStore(.file(path: path))
        #expect(FileLook.real.isServed(path))
        withExtendedLifetime(store) {}
    }

    @Test func `the command says it all, warnings are no failure, and errors are`() async throws {
        try await Self.with("partner") { example in
            let path = example.directory.path + "/house.json"
            try Data(Self.moved(example.text).utf8).write(to: URL(filePath: path))
            func run(_ arguments: String...) throws -> ProgramRun {
                try ProgramRun(arguments, environment: example.environment)
            }
            chmod(example.directory.path + "/server.key", 0o640)
            let warned = try run("serve", "--config", path, "--check")
            chmod(example.directory.path + "/server.key", 0o644)
            let refused = try run("serve", "--config", path, "--check")
            let doctor = try run("doctor", "--config", path, "--json")
            let both = try run("doctor", "https://localhost/", "--config", path)

            #expect(warned.code == 0, "\(warned.complained)")
            #expect(warned.said == "\(path) can be served.\n")
            #expect(warned.complained.contains("warning: /secure/key: "))
            #expect(warned.complained.contains("chmod 600 "))
            #expect(refused.code == 1)
            #expect(refused.said == "")
            #expect(refused.complained.contains("/secure/key: "))
            #expect(doctor.code == 1)
            let root = try JSONDocument(parsing: doctor.said).root
            #expect(root["ok"]?.bool == false)
            let places = (root["findings"].map { Array($0.elements) } ?? []).compactMap { $0["place"]?.string }
            #expect(places.contains("/secure/key"))
            #expect(places.contains("/operators/0/endpoint"), "operator.example has no address: \(doctor.said)")
            #expect(both.code == 2)
        }
    }

    private static let free = PortCheck { _ in 0 }

    /// With ports that nothing else has.
    private static func moved(_ text: String) -> String {
        text.replacing(/"port": \d+/) { match in "\"port\": \(20_000 + Int.random(in: 0..<20_000))" }
    }

    private static func examine(
        _ example: GuideExample,
        _ text: String? = nil,
        check: (NamedParts) -> ConfigurationCheck = { ConfigurationCheck($0, ports: free) }
    ) async -> ExaminedConfiguration {
        let path = example.directory.path + "/house.json"
        try? Data((text ?? example.text).utf8).write(to: URL(filePath: path))
        return await ExaminedConfiguration(at: path, environment: example.environment, withNames: false, check: check)
    }

    private static func with(_ guide: String, _ body: (GuideExample) async throws -> Void) async throws {
        let example = try GuideExample(guide)
        defer { example.remove() }
        chmod(example.directory.path, 0o700)
        for name in try FileManager.default.contentsOfDirectory(atPath: example.directory.path) where name != "made" {
            chmod(example.directory.path + "/" + name, 0o600)
        }
        try await body(example)
    }
}
