import Domain
import Foundation
import Testing

@testable import Adapters

/// The lint reads as the receivers do, and knows the traps of the published samples by name (N-01, X-28 … X-37).
@Suite struct InstallationLintTests {
    @Test(arguments: InstallationGoldenFile.all)
    func `every message of ours is known, and has no error`(file: InstallationGoldenFile) throws {
        let report = try Self.check(file.bytes)

        #expect(report.message != nil)
        #expect(report.findings.filter { $0.severity == .error } == [])
    }

    @Test(arguments: WireFamily.all.filter { $0.name != "jobs" })
    func `it refuses what the corpus refuses, at the same places, and forgives what it forgives`(
        family: WireFamily
    ) throws {
        for wire in family.cases where Self.isOfTheMessage(wire) {
            let report = try Self.check(wire.bytes)
            let errors = Set(report.findings.filter { $0.severity == .error }.map(\.path))
            let clauses = Set(report.findings.filter { $0.severity == .warning }.map(\.clause))

            #expect(errors.isEmpty == wire.isTaken, "\(wire.name): \(report.findings)")
            #expect(errors.isSuperset(of: wire.pointers ?? []), "\(wire.name): \(report.findings)")
            #expect(
                clauses.isSuperset(of: (wire.warnings ?? []).filter { $0 != "G-134" }),
                "\(wire.name): \(report.findings)"
            )
        }
    }

    /// Not of its address, its coding, its size or a job's state, of which a file says nothing; and not so broken that it
    /// is taken for another message.
    private static func isOfTheMessage(_ wire: WireCase) -> Bool {
        let elsewhere = ["address", "the path's", "mebibyte", "compressed", "brotli", "sent back", "other direction"]
        let others = ["an empty object", "nothing in it", "everything at once", "unknown method: 'c"]
        return !(elsewhere + others).contains { wire.name.contains($0) } && wire.duplicate != true
    }

    @Test(arguments: LintTrap.all)
    func `a trap is named by its clause, at its place`(trap: LintTrap) throws {
        let report = try Self.check(Array(trap.json.utf8))
        let finding = report.findings.first { $0.clause == trap.clause && $0.path == trap.pointer }

        #expect(finding?.severity == trap.severity, "\(report.findings)")
    }

    @Test func `a finding has its line and column, what was expected and what was found`() throws {
        let report = try Self.check(
            Array(
                """
                {"id": 7, "jsonrpc": "2.0", "method": "closeJob",
                 "params": {"jobHeader": {"ref": "J1", "providerJobId": "P-1", "eventTime": "2026-01-09T12:00:00Z"},
                  "closureCode": "SP", "closedAt": "2026-01-09T12:00:00Z",
                  "lightLevelDbm": "low", "questions_answers": []}}
                """.utf8
            )
        )

        #expect(
            report.findings == [
                LintFinding(
                    clause: "G-126",
                    severity: .error,
                    line: 4,
                    column: 20,
                    path: "/params/lightLevelDbm",
                    text: "lightLevelDbm must be a number, not a string",
                    expected: "a number",
                    found: "\"low\""
                ),
                LintFinding(
                    clause: "I-030",
                    severity: .error,
                    line: 4,
                    column: 48,
                    path: "/params/questions_answers",
                    text: "questions_answers may be empty only with closure code NTR, MBORC or FTA",
                    expected: "as the clause says",
                    found: "a list of 0"
                ),
            ]
        )
    }

    @Test func `bytes that break say where`() throws {
        let report = try Self.check(Array("{\"id\": 1,\n \"id\": 2}".utf8))

        #expect(report.findings.first?.line == 2)
        #expect(report.findings.first?.path == "/id")
        #expect(report.isJSON)
        #expect(try Self.check(Array("{".utf8)).isJSON == false)
    }

    @Test(arguments: [("{}", true), (" \n[", true), ("<a/>", false), ("", false), ("id=1", false)])
    func `it claims what is meant as JSON`(text: String, isClaimed: Bool) {
        #expect(InstallationLint.claims(Array(text.utf8)) == isClaimed)
    }

    @Test func `what is forgiven is an error to the strict`() throws {
        let report = try Self.check(Array("{}".utf8)).strict

        #expect(report.findings.map(\.severity) == [.error])
    }

    private static func check(_ bytes: [UInt8]) throws -> InstallationLintReport {
        InstallationLint(data: try InstallationData()).check(bytes)
    }
}

/// A document with one known mistake.
struct LintTrap: Sendable, CustomTestStringConvertible {
    let json: String
    let clause: String
    let pointer: String
    let severity: LintFinding.Severity

    var testDescription: String { "\(clause) \(pointer)" }

    private init(_ clause: String, _ severity: LintFinding.Severity, _ pointer: String, _ json: String) {
        self.json = json
        self.clause = clause
        self.pointer = pointer
        self.severity = severity
    }

    private static func close(_ fields: String, answers: String = answer("\"source\":\"closeJob\"")) -> String {
        """
        {"id":7,"jsonrpc":"2.0","method":"closeJob","params":{\(fields)
         "jobHeader":{"ref":"J1","providerJobId":"P-1","eventTime":"2026-01-09T12:00:00Z"},
         "closedAt":"2026-01-09T12:00:00Z","questions_answers":[\(answers)]}}
        """
    }

    private static func answer(_ fields: String) -> String {
        """
        {"question":"What made the site unsafe?","question_code":"2000","answer":"A goose",
         "response_received":"2026-01-09T12:00:00Z",\(fields)}
        """
    }

    private static func file(_ fields: String) -> String {
        close(#""closureCode":"HAZ","#, answers: answer(#""source":"closeJob","files":[{"name":"a.jpg",\#(fields)}]"#))
    }

    static let all = [
        LintTrap("G-132", .error, "", "[{}]"),
        LintTrap("G-120", .error, "/method", #"{"id":1,"jsonrpc":"2.0","method":"moveJob","params":{}}"#),
        LintTrap("X-28", .error, "/content", #"{"id":1,"jsonrpc":"2.0","method":"notifyJob","content":{}}"#),
        LintTrap(
            "X-28",
            .warning,
            "/jsonrpc",
            #"{"id":1,"sent":"2022-03-18T17:39:21+0000","jsonrpc":"2.0","method":"cancelJob","ref":"J1","content":{"reasonCode":"OTHER","cancelledAt":"2026-01-09T12:00:00Z"},"response":{}}"#
        ),
        LintTrap(
            "X-31",
            .warning,
            "/sent",
            #"{"id":1,"sent":"2022-03-18T17:39:21+0000","method":"cancelJob","ref":"J1","content":{"reasonCode":"OTHER","cancelledAt":"2026-01-09T12:00:00Z"},"response":{}}"#
        ),
        LintTrap("X-29", .warning, "/providerJobId", "{}"),
        LintTrap("X-29", .warning, "/result/providerJobId", #"{"jsonrpc":"2.0","id":1,"result":{}}"#),
        LintTrap("X-29", .error, "/providerJobId", #"{"providerJobId":7}"#),
        LintTrap("G-132", .error, "/jsonrpc", #"{"id":1,"result":{"providerJobId":"P-1"}}"#),
        LintTrap("G-132", .warning, "/error/code", #"{"jsonrpc":"2.0","id":1,"error":{"code":-1,"message":"no"}}"#),
        LintTrap("G-132", .error, "/error/code", #"{"jsonrpc":"2.0","id":1,"error":"no"}"#),
        LintTrap("G-132", .error, "/id", #"{"jsonrpc":"2.0","error":{"code":-32600,"message":"no"}}"#),
        LintTrap(
            "X-32",
            .warning,
            "/params/questions_answers/0/source",
            close(#""closureCode":"HAZ","#, answers: answer(#""source":"Closure""#))
        ),
        LintTrap(
            "X-33",
            .warning,
            "/params/questions_answers/0/files/0/url",
            file(#""type":"image/jpeg","url":"","object_path":"s3://b/a.jpg""#)
        ),
        LintTrap("X-33", .warning, "/params/questions_answers/0/files/0/type", file(#""object_path":"s3://b/a.jpg""#)),
        LintTrap(
            "I-031",
            .warning,
            "/params/questions_answers/0/files/0/object_path",
            file(#""type":"image/jpeg","object_path":"s3://b/""#)
        ),
        LintTrap(
            "X-34",
            .error,
            "/params/secondaryClosureCode",
            close(#""closureCode":"HAZ","secondaryClosureCode":"CON01","#)
        ),
        LintTrap(
            "X-34",
            .error,
            "/params/secondaryClosureCode",
            close(#""closureCode":"CON","secondaryClosureDescription":"x","#)
        ),
        LintTrap(
            "I-023",
            .error,
            "/params/secondaryClosureDescription",
            close(#""closureCode":"CON","secondaryClosureCode":"CON01","#)
        ),
        LintTrap("X-35", .warning, "/params/closureCode", close(#""closureCode":"RNA/NA","#)),
        LintTrap("X-37", .warning, "/params/closureCode", close(#""closureCode":"LATER","#)),
        LintTrap("I-007", .warning, "/params/weather", close(#""closureCode":"HAZ","weather":"fine","#)),
        LintTrap(
            "G-121",
            .error,
            "/params/jobHeader/ref",
            close(#""closureCode":"HAZ","#).replacing(#""J1""#, with: #""""#)
        ),
        LintTrap("I-007", .error, "/id", close(#""closureCode":"HAZ","#).replacing(#""id":7"#, with: #""id":"7""#)),
    ]
}
