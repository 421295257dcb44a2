#if canImport(Glibc)
    import Glibc
#endif

/// Text for a person at standard output: in colour on a terminal, plain everywhere else.
struct TerminalText {
    enum Style: String { case bold = "1", dim = "2", red = "31", green = "32", yellow = "33" }

    private let isColoured: Bool

    /// Colour only on a terminal, and not where NO_COLOR says otherwise (no-color.org).
    init(isColoured: Bool = isatty(1) == 1 && getenv("NO_COLOR") == nil) { self.isColoured = isColoured }

    func styled(_ text: String, _ style: Style) -> String {
        isColoured ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
    }

    /// Somebody else's text on one line, without the characters that a terminal obeys.
    static func harmless(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { scalar in
                    switch scalar.value {
                    case 0x09, 0x0A, 0x0D: " "
                    case 0x00..<0x20, 0x7F...0x9F: "\u{FFFD}"
                    case _: scalar
                    }
                }
            )
        )
    }

    /// To standard error, where results don't go.
    static func complain(_ text: String) {
        let line = Array((text + "\n").utf8)
        _ = line.withUnsafeBytes { write(2, $0.baseAddress, $0.count) }
    }
}

extension String {
    /// In a column: with at least one space behind it.
    func padded(to width: Int) -> String { self + String(repeating: " ", count: max(1, width - count)) }
}
