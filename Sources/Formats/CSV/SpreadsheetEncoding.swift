/// Makes UTF-8 of what a spreadsheet exports, a byte at a time: UTF-8 with or without a byte order mark, or UTF-16 with one.
struct SpreadsheetEncoding {
    private enum Form { case unknown, utf8, utf16(isLittle: Bool) }

    private var form = Form.unknown
    /// Bytes that are no whole mark or character yet.
    private var waiting: [UInt8] = []
    /// The first half of a character outside the basic plane.
    private var highSurrogate: UInt16?

    /// Whether the bytes are UTF-8 from here on, and need no decoding.
    var isUTF8: Bool {
        switch form {
        case .utf8: true
        case .unknown, .utf16: false
        }
    }

    /// The UTF-8 that this byte completes. Half a character becomes U+FFFD.
    mutating func decode(_ byte: UInt8) -> [UInt8] {
        switch form {
        case .utf8: return [byte]
        case .utf16(let isLittle): return decode(byte, isLittle: isLittle)
        case .unknown:
            waiting.append(byte)
            switch waiting {
            case [0xFF, 0xFE]: begin(.utf16(isLittle: true))
            case [0xFE, 0xFF]: begin(.utf16(isLittle: false))
            case [0xEF, 0xBB, 0xBF]: begin(.utf8)
            case [0xFF], [0xFE], [0xEF], [0xEF, 0xBB]: break
            case _:
                defer { begin(.utf8) }
                return waiting
            }
            return []
        }
    }

    private mutating func begin(_ form: Form) {
        self.form = form
        waiting.removeAll()
    }

    private mutating func decode(_ byte: UInt8, isLittle: Bool) -> [UInt8] {
        waiting.append(byte)
        guard waiting.count == 2 else { return [] }
        let (first, second) = (UInt16(waiting[0]), UInt16(waiting[1]))
        waiting.removeAll(keepingCapacity: true)
        let unit = isLittle ? second << 8 | first : first << 8 | second
        if UTF16.isLeadSurrogate(unit) {
            defer { highSurrogate = unit }
            return highSurrogate == nil ? [] : Array("\u{FFFD}".utf8)
        }
        defer { highSurrogate = nil }
        return Array(String(decoding: [highSurrogate, unit].compactMap(\.self), as: UTF16.self).utf8)
    }
}
