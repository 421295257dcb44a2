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

    /// A result, to standard output, at once: a program at the other end of a pipe waits for no buffer.
    ///
    /// Where no reader is left (`| head -1`) the program ends as if the signal for that had ended it, and where the output cannot
    /// be written (a full disk) with the reason: a result that was lost is no success.
    static func say(_ text: String) {
        switch write(text, to: 1) {
        case 0: return
        case EPIPE: exit(128 + SIGPIPE)
        case let number:
            complain("patchbay: standard output: \(String(cString: strerror(number)))")
            exit(2)
        }
    }

    /// News at standard output that a server does without, if they cannot be written.
    static func announce(_ text: String) { _ = write(text, to: 1) }

    /// To standard error, where results don't go.
    static func complain(_ text: String) { _ = write(text, to: 2) }

    /// - Returns: 0, or what went wrong as an `errno`.
    private static func write(_ text: String, to descriptor: Int32) -> Int32 {
        var rest = Array((text + "\n").utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno != EINTR { return errno }
            rest = rest.dropFirst(max(0, count))
        }
        return 0
    }
}

extension String {
    /// In a column: with at least one space behind it.
    func padded(to width: Int) -> String { self + String(repeating: " ", count: max(1, width - count)) }
}
