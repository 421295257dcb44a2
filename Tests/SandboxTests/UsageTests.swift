import Formats
import Foundation
import Testing

@testable import patchbay

/// What every command has in common: how wrong usage ends, and what a server makes of a closed terminal.
@Suite(.serialized, .inASandbox) struct UsageTests {
    @Test(arguments: [
        ["sandbox", "--colour"], ["sandbox", "--ports", "0"], ["serve"], ["demo", "--colour"], ["lint"], ["doctor"],
        ["addresses", "import"], ["supplier", "check"], ["tenant", "order"], ["nonsense"],
    ])
    func `wrong usage ends with 2, and is explained at standard error`(arguments: [String]) throws {
        let run = try ProgramRun(arguments + (arguments == ["tenant", "order"] ? ["--colour"] : []))

        #expect(run.code == 2)
        #expect(run.said == "")
        #expect(run.complained.contains("Usage: patchbay"))
    }

    @Test func `a server outlives the terminal that it was started from`() async throws {
        let life = try SandboxLife.current()
        let file = try Data(contentsOf: URL(filePath: life.directory + "/sandbox.json"))
        let pid = try #require(try JSONDocument(parsing: Array(file)).root["pid"]?.integer)

        #expect(kill(pid_t(pid), SIGHUP) == 0)

        try await life.world.settle()
    }
}
