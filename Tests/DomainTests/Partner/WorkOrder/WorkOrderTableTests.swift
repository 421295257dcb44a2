import Domain
import Foundation
import Testing

/// Every input in every state, compared with `docs/state-machines/partner-job.md`.
@Suite struct WorkOrderTableTests {
    @Test func `the book does what the documented table says`() throws {
        let documented = try String(contentsOf: Self.document, encoding: .utf8)

        let table = try Self.table()

        #expect(documented.contains(table), "the table should be:\n\(table)")
    }

    @Test(arguments: WorkOrderColumn.allCases)
    func `each column of the table is the state that it names`(column: WorkOrderColumn) throws {
        #expect(try column.order().stateName == column.rawValue)
    }

    @Test func `every state has its column`() {
        #expect(WorkOrderColumn.allCases.map(\.rawValue) == WorkOrder.stateNames)
    }

    @Test(arguments: WorkOrderColumn.allCases, WorkOrderInput.allCases)
    func `a refusal changes nothing`(column: WorkOrderColumn, input: WorkOrderInput) throws {
        let before = try column.order()
        var order = before

        let refusal = Result { try input.happen(to: &order) }

        #expect((try? refusal.get()) != nil || order == before)
    }

    private static let document = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "docs/state-machines/partner-job.md")

    private static func table() throws -> String {
        let columns = WorkOrderColumn.allCases
        var lines = ["| input | " + columns.map(\.rawValue).joined(separator: " | ") + " |"]
        lines.append("|---" + String(repeating: "|---", count: columns.count) + "|")
        for input in WorkOrderInput.allCases {
            let cells = try columns.map { try cell(input, in: $0) }
            lines.append("| \(input.rawValue) | " + cells.joined(separator: " | ") + " |")
        }
        return lines.joined(separator: "\n")
    }

    /// Where it leads: a state, `·` for none, `refused`.
    private static func cell(_ input: WorkOrderInput, in column: WorkOrderColumn) throws -> String {
        var order = try column.order()
        let before = order.stateName
        do {
            try input.happen(to: &order)
            return order.stateName == before ? "·" : order.stateName
        } catch {
            return "refused"
        }
    }
}
