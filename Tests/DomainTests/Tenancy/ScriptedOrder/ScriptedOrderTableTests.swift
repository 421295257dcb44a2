import Foundation
import Testing

@testable import Domain

/// Every input of a scripted order in every state, compared with `docs/state-machines/scripted-order.md`.
@Suite struct ScriptedOrderTableTests {
    private typealias Input = (name: String, happen: @Sendable (inout ScriptedOrder) throws -> [Effect])

    private static let states: [ScriptedOrder.State] = [
        .playing, .awaitingTenant(visit: false), .awaitingTenant(visit: true), .beyondReturn, .ended(at: .placed),
    ]

    private static let inputs: [Input] = [
        ("placed again", { try $0.hear(.placed(cue: cue, conversation: "c-1"), at: .placed) }),
        ("next step due", { try $0.wake(.step, at: .placed) }),
        ("an amendment", { try request(.amendment, &$0) }),
        ("an amendment with another visit", { try request(.reappointment, &$0) }),
        ("a cancellation", { try request(.cancellation, &$0) }),
        ("a decision due, and none open", { try $0.wake(.decide, at: .placed) }),
    ]

    @Test func `the machine does what the documented table says`() throws {
        let documented = try String(contentsOf: Self.document, encoding: .utf8)

        let table = try Self.table()

        #expect(documented.contains(table), "the table should be:\n\(table)")
    }

    /// A request is asked and decided: the cell is what became of it.
    private static func request(_ request: ScriptedOrder.Request, _ order: inout ScriptedOrder) throws -> [Effect] {
        let taken = try order.hear(.requested(id: ID(71), request: request), at: .placed)
        return try taken + order.wake(.decide, at: .placed + 300)
    }

    private static func table() throws -> String {
        let columns = ["playing", "awaiting words", "awaiting a visit", "beyondReturn", "ended"]
        var lines = ["| input | " + columns.joined(separator: " | ") + " |", "|---|---|---|---|---|---|"]
        for input in inputs {
            let cells = try states.map { state in
                var order = try sample(state)
                let effects = try input.happen(&order)
                let state = order.state == state ? "·" : order.stateName
                let said = effects.tellings.compactMap(words)
                return effects.isEmpty && state == "·" ? "–" : ([state] + said.map { "`\($0)`" }).joined(separator: " ")
            }
            lines.append("| \(input.name) | " + cells.joined(separator: " | ") + " |")
        }
        return lines.joined(separator: "\n")
    }

    private static let cue = OrderScriptCue(script: .completes, days: 1, service: "SCR1000001", isBrisk: false)

    private static func sample(_ state: ScriptedOrder.State) throws -> ScriptedOrder {
        let founded = try ScriptedOrder.found(ID(1), on: .placed(cue: cue, conversation: "c-1"), at: .placed)
        var order = try #require(founded?.0)
        order.state = state
        if case .ended = state { _ = order.end(at: .placed) }
        return order
    }

    private static func words(_ telling: Telling) -> String? {
        guard case .serviceOrder(_, let input) = telling else { return nil }
        return switch input {
        case .supplierUpdated(let news): news.reason.rawValue
        case .requestAnswered(_, .taken): "202"
        case .requestAnswered(_, .refused): "422"
        case .requestAnswered(_, .done), .requestAnswered(_, .failed), .supplierAcknowledged, .supplierAccepted,
            .supplierRejected, .sendingFailed:
            "?"
        }
    }

    private static let document = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "docs/state-machines/scripted-order.md")
}
