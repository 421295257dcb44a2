/// Looks at a document's bytes before libxml2 does, for what libxml2 takes too kindly or too slowly.
///
/// Encodings: only UTF-8, US-ASCII, ISO-8859-1 and UTF-16 with a byte order mark, and the declaration must be true.
/// NULs. And floods of attributes, over which libxml2 spends quadratic time before anybody is asked.
struct XMLPrescan {
    private let bytes: UnsafeRawBufferPointer
    private let encoding: Encoding
    /// The text in code units of the encoding, without a byte order mark.
    private let start: Int
    private let count: Int

    private enum Encoding {
        case bytes, markedUTF8, littleEndianUTF16, bigEndianUTF16
    }

    static func check(_ bytes: UnsafeRawBufferPointer, limits: XMLLimits) throws(MalformedXML) {
        let scan = try XMLPrescan(bytes)
        try scan.checkBeginning()
        try scan.checkDeclaration()
        try scan.checkAttributes(attributesMax: limits.attributesMax)
    }

    private init(_ bytes: UnsafeRawBufferPointer) throws(MalformedXML) {
        self.bytes = bytes
        if bytes.starts(with: [0xFF, 0xFE, 0, 0]) || bytes.starts(with: [0, 0, 0xFE, 0xFF]) {
            throw MalformedXML(kind: .encoding, reason: "UTF-32 is not read here; UTF-8 is.")
        }
        if bytes.starts(with: [0xFF, 0xFE]) {
            (encoding, start) = (.littleEndianUTF16, 2)
        } else if bytes.starts(with: [0xFE, 0xFF]) {
            (encoding, start) = (.bigEndianUTF16, 2)
        } else if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            (encoding, start) = (.markedUTF8, 3)
        } else {
            (encoding, start) = (.bytes, 0)
        }
        switch encoding {
        case .bytes, .markedUTF8:
            count = bytes.count - start
        case .littleEndianUTF16, .bigEndianUTF16:
            guard bytes.count % 2 == 0 else {
                throw MalformedXML(kind: .notWellFormed, reason: "UTF-16 with an odd number of bytes.")
            }
            count = (bytes.count - start) / 2
        }
    }

    /// One code unit; 0 beyond the end.
    private subscript(_ index: Int) -> UInt16 {
        guard index < count else { return 0 }
        return switch encoding {
        case .bytes, .markedUTF8: UInt16(bytes[start + index])
        case .littleEndianUTF16: UInt16(bytes[start + 2 * index]) | UInt16(bytes[start + 2 * index + 1]) << 8
        case .bigEndianUTF16: UInt16(bytes[start + 2 * index]) << 8 | UInt16(bytes[start + 2 * index + 1])
        }
    }

    private func checkBeginning() throws(MalformedXML) {
        if encoding == .bytes, bytes.starts(with: [0x3C, 0]) || bytes.starts(with: [0, 0x3C]) {
            throw MalformedXML(kind: .encoding, reason: "UTF-16 must begin with a byte order mark.")
        }
        for index in 0..<count where self[index] == 0 {
            throw malformed(.nul, at: index, "The document has a NUL.")
        }
        guard let first = (0..<count).first(where: { !isSpace(self[$0]) }) else {
            throw MalformedXML(kind: .empty, reason: "There is no document.")
        }
        guard self[first] == Self.lessThan else {
            throw malformed(.notXML, at: first, "This is not XML: it does not begin with <.")
        }
    }

    private func checkDeclaration() throws(MalformedXML) {
        guard let name = declaredEncoding() else { return }
        let declared = String(decoding: name, as: UTF16.self).uppercased()
        let isTrue: Bool
        switch declared {
        case "UTF-8", "UTF8": isTrue = encoding == .bytes || encoding == .markedUTF8
        case "ISO-8859-1", "ISO_8859-1", "LATIN1": isTrue = encoding == .bytes
        case "UTF-16": isTrue = encoding == .littleEndianUTF16 || encoding == .bigEndianUTF16
        case "UTF-16LE": isTrue = encoding == .littleEndianUTF16
        case "UTF-16BE": isTrue = encoding == .bigEndianUTF16
        case "US-ASCII", "ASCII":
            isTrue = encoding == .bytes || encoding == .markedUTF8
            if isTrue, let index = (0..<count).first(where: { self[$0] > 0x7F }) {
                throw malformed(.notWellFormed, at: index, "The document declares US-ASCII and is not.")
            }
        case _:
            throw MalformedXML(kind: .encoding, reason: "The encoding \(declared.prefix(40)) is not read here; UTF-8 is.")
        }
        guard isTrue else {
            throw MalformedXML(kind: .notWellFormed, reason: "The document declares \(declared) and is not.")
        }
    }

    /// The name in `<?xml … encoding="name"`.
    private func declaredEncoding() -> [UInt16]? {
        guard matches("<?xml", at: 0), isSpace(self[5]) else { return nil }
        var index = 5
        while index < min(count, 400), self[index] != Self.greaterThan {
            if isSpace(self[index]), matches("encoding", at: index + 1) {
                var cursor = index + 9
                while isSpace(self[cursor]) || self[cursor] == Self.equals { cursor += 1 }
                let quote = self[cursor]
                guard quote == Self.quote || quote == Self.apostrophe else { return nil }
                let name = cursor + 1
                return (name..<min(count, name + 100)).first { self[$0] == quote }.map { (name..<$0).map { self[$0] } }
            }
            index += 1
        }
        return nil
    }

    /// Counts the `=` of each tag. Where the document is not well-formed it guesses toward more: a `<` always begins a
    /// tag, even in a value, because there libxml2 goes on as if it did.
    private func checkAttributes(attributesMax: Int) throws(MalformedXML) {
        var index = 0
        while index < count {
            guard self[index] == Self.lessThan else {
                index += 1
                continue
            }
            if matches("<!--", at: index) {
                index = end(of: "-->", from: index + 4)
            } else if matches("<![CDATA[", at: index) {
                index = end(of: "]]>", from: index + 9)
            } else {
                index = try endOfTag(from: index + 1, attributesMax: attributesMax)
            }
        }
    }

    private func endOfTag(from start: Int, attributesMax: Int) throws(MalformedXML) -> Int {
        var attributes = 0
        var openQuote: UInt16 = 0
        var index = start
        while index < count {
            let unit = self[index]
            if unit == Self.lessThan { return index }
            if openQuote != 0 {
                if unit == openQuote { openQuote = 0 }
            } else if unit == Self.quote || unit == Self.apostrophe {
                openQuote = unit
            } else if unit == Self.greaterThan {
                return index + 1
            } else if unit == Self.equals {
                attributes += 1
                if attributes > attributesMax {
                    throw malformed(.tooManyNodes, at: index, "An element has more than \(attributesMax) attributes.")
                }
            }
            index += 1
        }
        return count
    }

    private func end(of text: StaticString, from start: Int) -> Int {
        var index = start
        while index < count {
            if matches(text, at: index) { return index + text.utf8CodeUnitCount }
            index += 1
        }
        return count
    }

    private func matches(_ text: StaticString, at index: Int) -> Bool {
        for offset in 0..<text.utf8CodeUnitCount where self[index + offset] != UInt16(text.utf8Start[offset]) {
            return false
        }
        return true
    }

    private func malformed(_ kind: MalformedXML.Kind, at index: Int, _ reason: String) -> MalformedXML {
        let newline = UInt16(0x0A)
        let line = 1 + (0..<index).reduce(0) { self[$1] == newline ? $0 + 1 : $0 }
        let lineStart = (0..<index).last { self[$0] == newline }.map { $0 + 1 } ?? 0
        return MalformedXML(kind: kind, line: line, column: index - lineStart + 1, reason: reason)
    }

    private func isSpace(_ unit: UInt16) -> Bool {
        unit == 0x20 || unit == 0x0A || unit == 0x0D || unit == 0x09
    }

    private static let lessThan = UInt16(0x3C)
    private static let greaterThan = UInt16(0x3E)
    private static let equals = UInt16(0x3D)
    private static let quote = UInt16(0x22)
    private static let apostrophe = UInt16(0x27)
}
