import Foundation
import Testing

/// The tables of clauses in `docs/protocols`: every number of the contract has a row, and what a row names is there.
@Suite struct ClauseTests {
    private static let ticketing =
        numbers("T", 1...8, 10...20, 30...35, 40...46, 50...76, 80...85, 90...101)
        .union(numbers("X", 1...27, 50...52))

    @Test func `each clause of ticketing has a row`() throws {
        let rows = try Self.rows(of: "docs/protocols/ticketing.md")
        let clauses = rows.map(\.clauses).reduce([], +)
        #expect(Self.ticketing.subtracting(clauses).sorted() == [])
        #expect(Dictionary(grouping: clauses, by: \.self).filter { $1.count > 1 }.keys.sorted() == [])
    }

    private static let installation =
        numbers("I", 1...10, 20...24, 30...31, 40...41)
        .union(numbers("G", 120...134))
        .union(numbers("X", 25...25, 28...37))

    @Test func `each clause of installation has a row`() throws {
        let clauses = try Self.rows(of: "docs/protocols/installation.md").map(\.clauses).reduce([], +)
        #expect(Self.installation.subtracting(clauses).sorted() == [])
        #expect(Dictionary(grouping: clauses, by: \.self).filter { $1.count > 1 }.keys.sorted() == [])
    }

    private static let tenant =
        numbers("F", 1...4, 10...14, 20...25, 30...32, 40...40)
        .union(
            numbers("G", 1...6, 10...14, 20...24, 30...32, 40...48, 50...61, 70...81, 90...95, 100...105, 110...118)
        )
        .union(numbers("X", 38...49))

    @Test func `each clause of the Tenant API has a row`() throws {
        let clauses = try Self.rows(of: "docs/protocols/tenant.md").map(\.clauses).reduce([], +)
        #expect(Self.tenant.subtracting(clauses).sorted() == [])
        #expect(Dictionary(grouping: clauses, by: \.self).filter { $1.count > 1 }.keys.sorted() == [])
    }

    @Test(arguments: [
        "docs/protocols/ticketing.md", "docs/protocols/installation.md", "docs/protocols/tenant.md",
    ])
    func `what a row names is in the tree`(document: String) throws {
        let files = Set(
            ["Sources", "Tests"].flatMap { Tree.files(under: $0) { $0.hasSuffix(".swift") || $0.hasSuffix(".c") } }
                .map { URL(filePath: $0.path).lastPathComponent }
        )
        let rows = try Self.rows(of: document)
        let absent = rows.flatMap { row in
            row.files.filter { !files.contains($0) } + row.tests.filter { !files.contains($0 + ".swift") }
        }
        #expect(absent == [])
        #expect(rows.filter { $0.files.isEmpty || $0.tests.isEmpty }.flatMap(\.clauses) == [])
    }

    private struct Row {
        let clauses: [String]
        let files: [String]
        let tests: [String]
    }

    /// The rows of the table under "Clause by clause": `| clauses | what | files | tests |`.
    private static func rows(of document: String) throws -> [Row] {
        let text = try String(contentsOf: Tree.root.appending(path: document), encoding: .utf8)
        let section = try #require(text.components(separatedBy: "## Clause by clause").dropFirst().first)
        let table = section.components(separatedBy: "\n## ")[0]
        return table.split(separator: "\n").filter { $0.hasPrefix("|") }.dropFirst(2).map { line in
            let cells = line.split(separator: "|").map(String.init)
            return Row(
                clauses: cells[0].split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) },
                files: named(in: cells[2]),
                tests: named(in: cells[3])
            )
        }
    }

    private static func named(in cell: String) -> [String] {
        cell.matches(of: /`([^`]+)`/).map { String($0.output.1) }
    }

    private static func numbers(_ letter: String, _ ranges: ClosedRange<Int>...) -> Set<String> {
        Set(ranges.joined().map { String(format: letter == "X" ? "X-%02d" : "\(letter)-%03d", $0) })
    }
}
