import Domain
import Foundation
import Testing

/// Every input in every state, compared with `docs/state-machines/installation-job.md`.
@Suite struct InstallationJobTableTests {
    @Test func `the machine does what the documented table says`() throws {
        let documented = try String(contentsOf: Self.document, encoding: .utf8)

        let table = try Self.table()

        #expect(documented.contains(table), "the table should be:\n\(table)")
    }

    @Test(arguments: JobColumn.allCases)
    func `each column of the table is the state that it names`(column: JobColumn) throws {
        #expect(try column.job().stateName == column.rawValue)
    }

    @Test(arguments: JobColumn.allCases, JobInput.allCases)
    func `a refusal changes nothing`(column: JobColumn, input: JobInput) throws {
        let before = try column.job()
        var job = before

        let refusal = Result { try input.happen(to: &job) }

        #expect((try? refusal.get()) != nil || job == before)
    }

    private static let document = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "docs/state-machines/installation-job.md")

    private static func table() throws -> String {
        let columns = JobColumn.allCases
        var lines = ["| input | " + columns.map(\.rawValue).joined(separator: " | ") + " |"]
        lines.append("|---" + String(repeating: "|---", count: columns.count) + "|")
        for input in JobInput.allCases {
            let cells = try columns.map { try cell(input, in: $0) }
            lines.append("| \(input.rawValue) | " + cells.joined(separator: " | ") + " |")
        }
        return lines.joined(separator: "\n")
    }

    /// Where it leads: a state, `·` for none, `refused`.
    private static func cell(_ input: JobInput, in column: JobColumn) throws -> String {
        var job = try column.job()
        let before = job.stateName
        do {
            try input.happen(to: &job)
            return job.stateName == before ? "·" : job.stateName
        } catch {
            return "refused"
        }
    }
}
