import Adapters
import Domain
import Engine
import FoundationEssentials
import Formats
import Testing

@testable import Sandbox

/// The doctor at an installation peer's socket (N-02, G-132).
@Suite struct InstallationDoctorTests {
    static func examine(
        _ url: String,
        _ files: TLSFiles,
        as role: InstallationDoctor.Role = .operator
    ) async throws -> [DoctorStep] {
        let doctor = try #require(InstallationDoctor(url: url, identity: files, as: role, time: .real, number: 4711))
        return await doctor.examine()
    }

    @Test(arguments: InstallationDoctor.Role.allCases)
    func `where another contract is served, path and echo fail`(role: InstallationDoctor.Role) async throws {
        let steps = try await TLSBench.run { bench in
            let files = try bench.authority.client("buyer").files
            return try await Self.examine("https://localhost:\(bench.port)/whoami", files, as: role)
        }

        #expect(steps.map(\.name) == DoctorStep.Name.allCases)
        #expect(steps.filter { $0.outcome != .passed }.map(\.name) == [.path, .echo])
    }

    @Test func `whoever takes a message that says nothing is sick in the echo`() async throws {
        let steps = try await TLSBench.run { bench in
            let files = try bench.authority.client("buyer").files
            return try await Self.examine("https://localhost:\(bench.port)/taking", files)
        }

        let echo = try #require(steps.last)
        #expect(steps.filter { $0.outcome != .passed }.map(\.name) == [.echo])
        #expect(echo.advice?.contains("−32601") == true)
    }

    @Test func `an error about another message is no echo`() async throws {
        let steps = try await TLSBench.run { bench in
            let files = try bench.authority.client("buyer").files
            return try await Self.examine("https://localhost:\(bench.port)/refusing", files)
        }

        #expect(steps.last?.outcome == .failed)
        #expect(steps.last?.seen.contains("about another message") == true)
    }

    @Test func `what is no https address is no peer`() {
        let files = TLSFiles(certificate: "c", key: "k", authorities: "a")

        #expect(
            InstallationDoctor(url: "http://localhost", identity: files, as: .partner, time: .real, number: 1) == nil
        )
    }
}

@Suite(.inASandbox) struct InstallationDoctorInASandboxTests {
    @Test func `a sandbox's operator is healthy, and keeps nothing of the echo but its log`() async throws {
        let directory = try SandboxLife.current().directory
        let file = try JSONDocument(parsing: [UInt8](Data(contentsOf: URL(filePath: directory + "/sandbox.json"))))
        func told(_ key: String) throws -> String { try #require(file.root["installer"]?[key]?.string) }
        let files = TLSFiles(certificate: try told("certificate"), key: try told("key"), authorities: try told("ca"))

        let steps = try await InstallationDoctorTests.examine(told("baseURL"), files)

        #expect(steps.filter { $0.outcome != .passed } == [])
        #expect(steps.last?.seen.contains("-32601") == true)
    }
}
