import Formats
import FoundationEssentials

#if canImport(Glibc)
    import Glibc
#endif

/// Prints what happened: time, who to whom, contract, message, state after. Colour only on a terminal.
final class Timeline: Sendable {
    private enum Style: String { case plain = "0", bold = "1", dim = "2", green = "32", red = "31", cyan = "36" }

    private let isTerminal = isatty(1) == 1
    private let isSilent: Bool

    /// - Parameter isSilent: for a walk that nobody watches.
    init(isSilent: Bool = false) { self.isSilent = isSilent }

    func title(_ text: String) { show("\n" + styled(text, .bold) + "\n") }

    func step(_ text: String) { show(styled("  » " + text, .cyan)) }

    func success(_ text: String) { show("\n" + styled("✓ " + text, .green)) }

    func failure(_ text: String) { show("\n" + styled("✗ " + text, .red)) }

    /// One exchanged message, as `GET /sandbox/messages` tells it.
    ///
    /// Gateway and operator are one process here, and each logs what it exchanges: of a message between the two, only
    /// its receiver's entry is shown.
    func message(_ message: JSONValue) {
        let sender = message["from"]?.string ?? ""
        let receiver = message["to"]?.string ?? ""
        let isSentInHouse =
            ["gateway", "operator"].contains(sender)
            && (receiver.hasPrefix("supplier/") || ["customer/GATEWAY", "buyer/GATEWAY"].contains(receiver))
        guard !isSentInHouse else { return }
        let at = message["at"]?.string ?? ""
        let parties = padded("\(name(sender)) → \(name(receiver))", 36)
        let contract = padded(message["contract"]?.string ?? "", 17)
        let operation = padded(message["operation"]?.string ?? "", 40)
        let state = message["stateAfter"]?.string.map { " = " + $0 } ?? ""
        show("    \(styled(String(at.prefix(19)), .dim))  \(parties) \(styled(contract, .dim)) \(operation)\(state)")
    }

    /// The role by which a party is known, where the demo has one of each.
    private func name(_ party: String) -> String {
        if party.hasPrefix("supplier/") { return "operator" }
        if ["customer/GATEWAY", "buyer/GATEWAY"].contains(party) { return "gateway" }
        return party
    }

    private func show(_ line: String) {
        if !isSilent { TerminalText.say(line) }
    }

    private func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    private func styled(_ text: String, _ style: Style) -> String {
        isTerminal ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
    }
}
