/// Text on one line, whatever is in it: what a peer sends must not begin a line of its own in a log, nor turn a terminal.
enum OneLine {
    static func text(_ text: String) -> String {
        // Nearly all are, and are not copied.
        guard text.unicodeScalars.contains(where: isUnsafe) else { return text }
        return text.unicodeScalars.reduce(into: "") { safe, scalar in
            switch scalar {
            case "\n": safe += "\\n"
            case "\r": safe += "\\r"
            case "\t": safe += "\\t"
            case _ where isUnsafe(scalar): safe += "\\u{\(String(scalar.value, radix: 16))}"
            case _: safe.unicodeScalars.append(scalar)
            }
        }
    }

    /// Control characters, line and paragraph separators, and those that change the direction of what follows.
    private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20...0x7E: false
        case 0x00...0x1F, 0x7F...0x9F, 0x2028, 0x2029, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
        case _: false
        }
    }
}
