import Foundation

@testable import Domain

/// What becomes of each entity at each input.
struct TenancyTable<A: Aggregate> {
    typealias Input = (name: String, happen: (inout A) throws -> [Effect])

    let columns: [A]
    let inputs: [Input]

    init(_ columns: [A], _ inputs: [Input]) {
        self.columns = columns
        self.inputs = inputs
    }

    /// A cell: the state after (`·` for the same), and what is told; `✗` for a refusal; `–` for nothing to do.
    var text: String {
        var lines = ["| input | " + columns.map(\.stateName).joined(separator: " | ") + " |"]
        lines.append("|---" + String(repeating: "|---", count: columns.count) + "|")
        for input in inputs {
            let cells = columns.map { column in
                var entity = column
                guard let effects = try? input.happen(&entity) else { return "✗" }
                if effects.isEmpty || entity == column, entity.stateName == column.stateName, effects.told.isEmpty,
                    effects.sent.isEmpty
                {
                    return "–"
                }
                let state = entity.stateName == column.stateName ? "·" : entity.stateName
                let said = effects.told + effects.settled + effects.sent.map(\.operation)
                return said.isEmpty ? state : "\(state): \(said.joined(separator: ", "))"
            }
            lines.append("| \(input.name) | " + cells.joined(separator: " | ") + " |")
        }
        return lines.joined(separator: "\n")
    }

    /// Inputs that were refused and left something behind.
    var changed: [String] {
        inputs.flatMap { input in
            columns.compactMap { column in
                var entity = column
                let isRefused = (try? input.happen(&entity)) == nil
                return isRefused && entity != column ? "\(input.name) in \(column.stateName)" : nil
            }
        }
    }
}
