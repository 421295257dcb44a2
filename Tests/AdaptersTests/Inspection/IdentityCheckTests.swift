import Engine
import Foundation
import Testing
import X509

@testable import Adapters

/// What is said of one end of TLS before it is used.
@Suite struct IdentityCheckTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        var use = IdentityCheck.Use.client
        let certificate: @Sendable () throws -> MadeCertificate
        let found: [String]

        init(
            _ name: String,
            for use: IdentityCheck.Use = .client,
            _ certificate: @autoclosure @escaping @Sendable () throws -> MadeCertificate,
            finds found: String...
        ) {
            testDescription = name
            self.use = use
            self.certificate = certificate
            self.found = found
        }
    }

    static let server = IdentityCheck.Use.server(names: ["gateway.example"])
    static let cases = [
        Case("a good client", try MadeCertificate()),
        Case("a good client of P-384", try MadeCertificate(key: .p384)),
        Case("a certificate that says nothing of its use", try MadeCertificate(usages: nil)),
        Case("a good server", for: server, try MadeCertificate(usages: [.serverAuth], hosts: ["gateway.example"])),
        Case("a server by a wildcard", for: server, try MadeCertificate(usages: [.serverAuth], hosts: ["*.example"])),
        Case("an expired one", try MadeCertificate(days: -30...(-1)), finds: "error c CN=harbour has expired on"),
        Case("one of tomorrow", try MadeCertificate(days: 1...90), finds: "error c CN=harbour is not valid before"),
        Case("one that ends in 29 days", try MadeCertificate(days: -1...29.5), finds: "warning c CN=harbour ends on"),
        Case("one that ends in 31 days", try MadeCertificate(days: -1...31)),
        Case(
            "a server's shown by a client",
            try MadeCertificate(usages: [.serverAuth]),
            finds: "error c CN=harbour is not for clients: its extended key usage lacks clientAuth"
        ),
        Case(
            "a client's of a server",
            for: server,
            try MadeCertificate(hosts: ["gateway.example"]),
            finds: "error c CN=harbour is not for servers: its extended key usage lacks serverAuth"
        ),
        Case(
            "a server of no host",
            for: server,
            try MadeCertificate(usages: [.serverAuth]),
            finds: "error c CN=harbour is for no host"
        ),
        Case(
            "a server of another host",
            for: server,
            try MadeCertificate(usages: [.serverAuth], hosts: ["other.example"]),
            finds: "warning c CN=harbour is for other.example, not for gateway.example"
        ),
        Case("Ed25519", try MadeCertificate(key: .ed25519), finds: "error c CN=harbour has an Ed25519 key"),
        Case("P-521", try MadeCertificate(key: .p521), finds: "error c CN=harbour has a P-521 key"),
        Case(
            "an authority that is none",
            try MadeCertificate(hasAuthority: false),
            finds: "error a CN=Authority of a test is no authority"
        ),
        Case(
            "an expired authority",
            try MadeCertificate(authorityDays: -30...(-1)),
            finds: "error a CN=Authority of a test has expired on"
        ),
        Case(
            "an authority that ends soon",
            try MadeCertificate(authorityDays: -30...5.5),
            finds: "warning a CN=Authority of a test ends on"
        ),
        Case(
            "all at once",
            try MadeCertificate(key: .p521, usages: [.serverAuth], days: -30...(-1), hasAuthority: false),
            finds: "error c CN=harbour has expired on",
            "error c CN=harbour has a P-521 key",
            "error c CN=harbour is not for clients",
            "error a CN=Authority of a test is no authority"
        ),
    ]

    @Test(arguments: cases)
    func `each thing that is wrong is a finding, with what to do`(of given: Case) throws {
        let findings = try Self.findings(given.certificate(), for: given.use)

        #expect(findings.count == given.found.count, "\(findings)")
        for (finding, words) in zip(findings, given.found) {
            #expect("\(finding.severity) \(finding.place) \(finding.seen)".hasPrefix(words), "\(finding)")
            #expect(finding.advice?.isEmpty == false)
        }
    }

    @Test func `a date is looked at as of the moment that is asked for`() throws {
        let made = try MadeCertificate(days: -1...365)

        let later = try Self.findings(made, for: .client, at: TimeSource.real.now() + 366 * 86_400)

        #expect(later.map(\.seen).contains { $0.hasPrefix("CN=harbour has expired on") }, "\(later)")
    }

    @Test func `another's key does not belong to the certificate`() throws {
        let other = try MadeCertificate().keyPEM

        let findings = try Self.findings(MadeCertificate(), for: .client, key: other)

        #expect(findings.map(\.place) == ["k"])
        #expect(findings.first?.seen == "the key is another's")
    }

    @Test func `files that hold nothing are named, each`() throws {
        let findings = IdentityCheck(
            TLSFiles(certificate: "/dev/null", key: "/dev/null", authorities: "/dev/null"),
            for: .client,
            at: .init(certificate: "c", key: "k", authorities: "a")
        ).findings(at: .now)

        #expect(findings.map(\.place) == ["c", "k", "a"])
        #expect(findings.allSatisfy { $0.severity == .error && $0.seen.hasPrefix("/dev/null ") })
    }

    @Test func `an old authority beside a good one is a warning`() throws {
        try Self.inDirectory { directory in
            let (good, old) = (try MadeCertificate(), try MadeCertificate(authorityDays: -30...(-1)))
            let files = try good.files(in: directory)
            try Data((good.authority + "\n" + old.authority).utf8).write(to: URL(filePath: files.authorities))

            let findings = Self.check(files, .client).findings(at: TimeSource.real.now())

            #expect(findings.map(\.severity) == [.warning], "\(findings)")
            #expect(findings.first?.seen.contains("has expired on") == true)
        }
    }

    private static func findings(
        _ made: MadeCertificate,
        for use: IdentityCheck.Use,
        key: String? = nil,
        at now: Date = TimeSource.real.now()
    ) throws -> [Finding] {
        try inDirectory { check(try made.files(in: $0, key: key), use).findings(at: now) }
    }

    private static func check(_ files: TLSFiles, _ use: IdentityCheck.Use) -> IdentityCheck {
        IdentityCheck(files, for: use, at: .init(certificate: "c", key: "k", authorities: "a"))
    }

    private static func inDirectory<Value>(_ body: (String) throws -> Value) throws -> Value {
        let directory = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        return try body(directory.path)
    }
}
