import Formats
import FoundationEssentials

#if canImport(Glibc)
    import Glibc
#endif

/// Prints what happened: time, who to whom, contract, message, state after. Colour only on a terminal.
final class Timeline: Sendable {
    private enum Style: String { case plain = "0", bold = "1", dim = "2", green = "32", red = "31", cyan = "36" }

    private let isTerminal = isatty(1) == 1

    func title(_ text: String) { print("\n" + styled(text, .bold) + "\n") }

    func step(_ text: String) { print(styled("  » " + text, .cyan)) }

    func success(_ text: String) { print("\n" + styled("✓ " + text, .green)) }

    func failure(_ text: String) { print("\n" + styled("✗ " + text, .red)) }

    /// One exchanged message, as `GET /sandbox/messages` tells it.
    func message(_ message: JSONValue) {
        let at = message["at"]?.string ?? ""
        let parties = padded("\(message["from"]?.string ?? "") → \(message["to"]?.string ?? "")", 44)
        let contract = padded(message["contract"]?.string ?? "", 17)
        let operation = padded(message["operation"]?.string ?? "", 40)
        let state = message["stateAfter"]?.string.map { " = " + $0 } ?? ""
        print("    \(styled(String(at.prefix(19)), .dim))  \(parties) \(styled(contract, .dim)) \(operation)\(state)")
    }

    private func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    private func styled(_ text: String, _ style: Style) -> String {
        isTerminal ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
    }
}
