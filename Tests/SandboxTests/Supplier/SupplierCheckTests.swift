import Adapters
import Domain
import Engine
import Foundation
import Testing

@testable import patchbay

/// The examination of a supplier, at the sandbox's operator: everything that it offers conforms.
@Suite(.serialized, .inASandbox) struct SupplierCheckInASandboxTests {
    @Test func `the sandbox's operator conforms in everything`() async throws {
        let directory = try SandboxLife.current().directory

        let findings = try await SandboxedSupplier.check(in: directory, listen: nil) { _ in }

        #expect(isWhole(findings))
        #expect(findings.filter { $0.verdict != .conforms } == [])
    }

    @Test func `it can be examined again, and leaves nobody waiting`() async throws {
        let life = try SandboxLife.current()

        let first = try await SandboxedSupplier.check(in: life.directory, listen: nil) { _ in }
        let second = try await SandboxedSupplier.check(in: life.directory, listen: nil) { _ in }

        #expect(first.map(\.verdict) == second.map(\.verdict))
        try await life.world.settle()
    }
}

/// And at suppliers that are no good.
@Suite struct SupplierCheckTests {
    @Test func `every rule is failed by one of these suppliers`() async throws {
        var failed: Set<SupplierRule> = []
        for supplier in BadSupplier.allCases {
            let findings = try await supplier.examined()
            #expect(isWhole(findings), "\(supplier)")
            failed.formUnion(findings.filter { $0.verdict == .fails }.map(\.rule))
        }

        #expect(Set(SupplierRule.allCases).subtracting(failed) == [])
    }

    @Test func `an address at which nothing answers is said once, ends with 2, and nothing is tried`() throws {
        let run = try ProgramRun([
            "supplier", "check", "--url", "http://127.0.0.1:1/v1", "--token-url", "http://127.0.0.1:1/token",
            "--client", "us",
            "--secret", "an invented secret", "--listen", "127.0.0.1:0", "--address", "UPRN:10090000001", "--product",
            "p",
        ])

        #expect(run.code == 2)
        #expect(run.said == "")
        #expect(run.complained.contains("http://127.0.0.1:1/token does not answer"))
    }

    @Test func `one that gives no token conforms in nothing but that`() async throws {
        let findings = try await BadSupplier.refusing.examined()

        #expect(findings.filter { $0.verdict == .conforms }.map(\.rule) == [.wrongSecret])
    }

    @Test func `one that offers nothing lacks, and does not fail for it`() async throws {
        let findings = try await BadSupplier.idle.examined()

        #expect(findings.filter { $0.verdict == .lacks }.count > 20)
        #expect(findings.filter { $0.rule.part != .access && $0.verdict == .fails } == [])
    }

    @Test func `a report has every rule, and says whether any fails`() {
        let findings = [
            SupplierFinding(.order, .conforms, "201"), SupplierFinding(.quote, .lacks, "501"),
            SupplierFinding(.updates, .fails, "nothing was told"),
        ]

        let text = SupplierFinding.summary(findings, TerminalText(isColoured: false))
        let json = SupplierFinding.json(findings)

        #expect(text.contains("orders         1 conforms"))
        #expect(text.contains("quotes         1 not offered (G-031)"))
        #expect(text.hasSuffix("1 of 3 checks fail."))
        #expect(json.hasPrefix(#"{"ok":false,"findings":[{"rule":"order","capability":"orders","clause":"G-091""#))
    }

    @Test func `each rule has its documented row, with its clause and its words`() throws {
        let text = try String(contentsOf: Self.document, encoding: .utf8)
        let section = try #require(text.components(separatedBy: "### Is a supplier in order?").dropFirst().first)

        let lines = section.components(separatedBy: "\n## ")[0].split(separator: "\n")
        let documented = lines.filter { $0.hasPrefix("| `") }

        let rows = SupplierRule.allCases.map { rule in
            "| `\(rule.rawValue)` | \(rule.part.rawValue) | \(rule.clause) | \(rule.words) |"
        }
        #expect(documented.map(String.init) == rows, "the table should be:\n\(rows.joined(separator: "\n"))")
    }

    private static let document = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "docs/protocols/supplier.md")

    @Test(arguments: [
        [], ["--url", "http://127.0.0.1:1"], ["--sandbox", "x", "--url", "http://127.0.0.1:1"],
        ["--sandbox", "x", "--listen", "nowhere"], ["--sandbox", "x", "--patience", "0"],
        ["--sandbox", "x", "--address", "UPRN:1"],
    ])
    func `wrong usage ends with 2, before anything is asked`(arguments: [String]) throws {
        let run = try ProgramRun(["supplier", "check"] + arguments)

        #expect(run.code == 2)
        #expect(run.complained.contains("--"))
    }
}

/// Every rule once.
private func isWhole(_ findings: [SupplierFinding]) -> Bool {
    findings.count == SupplierRule.allCases.count && Set(findings.map(\.rule)) == Set(SupplierRule.allCases)
}
