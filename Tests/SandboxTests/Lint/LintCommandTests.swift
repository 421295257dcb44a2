import Foundation
import Formats
import Testing

/// `patchbay lint` as a pipeline in CI uses it: what it prints, and with which code it ends.
@Suite struct LintCommandTests {
    private static let golden = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "AdaptersTests/Ticketing/Golden/addFaultReport.xml")

    @Test func `a good message ends with 0`() throws {
        let run = try lint([Self.golden.path])
        #expect(run.code == 0)
        #expect(run.said.contains("0 errors, 0 warnings"))
    }

    @Test func `a message with an error ends with 1, and its place is in the JSON`() throws {
        let text = try String(contentsOf: Self.golden, encoding: .utf8)
        let broken = text.replacing(/<sentAt>.*?<\/sentAt>/, with: "")
        #expect(broken != text)
        let run = try lint(["--json", "-"], input: broken)
        #expect(run.code == 1)
        let document = try JSONDocument(parsing: Array(run.said.utf8))
        let findings = try #require(document.root["findings"])
        #expect(findings.elements.compactMap { $0["clause"]?.string } == ["X-09"])
    }

    @Test func `what is merely forgiven ends with 1 only where it is asked for`() throws {
        let text = try String(contentsOf: Self.golden, encoding: .utf8)
        let odd = text.replacing(/<type>.*?<\/type>/, with: "<type>Hum on the line</type>")
        #expect(odd != text)
        #expect(try lint(["-"], input: odd).code == 0)
        #expect(try lint(["--strict", "-"], input: odd).code == 1)
    }

    @Test(arguments: [["-"], ["no such file.xml"], ["--colour", "-"], []])
    func `nothing to check ends with 2, and says why`(arguments: [String]) throws {
        let run = try lint(arguments, input: "no message at all")
        #expect(run.code == 2)
        #expect(!(run.said + run.complained).isEmpty)
    }

    @Test(arguments: [("closeJob", 0), ("createJob", 0), ("answer-invalid-params", 0), ("partner-taken", 0)])
    func `a message of the installation contract is known as one`(name: String, code: Int32) throws {
        let file = Self.golden.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Installation/Golden/\(name).json")
        let run = try lint(["--json", file.path])
        #expect(run.code == code)
        #expect(try JSONDocument(parsing: Array(run.said.utf8)).root["message"]?["clause"]?.string != nil)
    }

    @Test func `an error in it ends with 1, what is forgiven only where it is asked for, and broken JSON with 2`()
        throws
    {
        #expect(try lint(["-"], input: #"{"id":1,"jsonrpc":"2.0","method":"closeJob","params":{}}"#).code == 1)
        #expect(try lint(["-"], input: "{}").code == 0)
        #expect(try lint(["--strict", "-"], input: "{}").code == 1)
        #expect(try lint(["-"], input: "{").code == 2)
    }

    @Test(arguments: [#"{"hello":"world"}"#, #"{"id":7,"name":"x"}"#])
    func `what is of no contract is said to be`(input: String) throws {
        let run = try lint(["-"], input: input)
        #expect(run.code == 1)
        #expect(run.said.contains("a message of no contract"))
    }

    @Test func `which spelling would do is said, of words, members and methods`() throws {
        let order = try lint(["-"], input: #"{"orderType":"new","supplier":"CITY","primarycontact":{}}"#)
        let method = try lint(["-"], input: #"{"id":1,"jsonrpc":"2.0","method":"closejob","params":{}}"#)

        #expect(order.said.contains("NEW would do"))
        #expect(order.said.contains("primarycontact is written primaryContact"))
        #expect(method.said.contains("closeJob would do"))
    }

    private func lint(_ arguments: [String], input: String = "") throws -> ProgramRun {
        try ProgramRun(["lint"] + arguments, input: input)
    }
}
