/// How a document's bytes are encoded: only what we read, and only if the document tells the truth about it.
///
/// UTF-8, US-ASCII, ISO-8859-1, and UTF-16 with a byte order mark.
enum XMLEncoding {
    case utf8, ascii, latin1, littleEndianUTF16, bigEndianUTF16

    /// The encoding, and the text without a byte order mark in units of one byte, for the scan: UTF-8, but for latin1.
    static func read(
        _ bytes: UnsafeRawBufferPointer
    ) throws(MalformedXML) -> (encoding: XMLEncoding, text: [UInt8]?, start: Int) {
        if bytes.starts(with: [0xFF, 0xFE, 0, 0]) || bytes.starts(with: [0, 0, 0xFE, 0xFF]) {
            throw MalformedXML(kind: .encoding, reason: "UTF-32 is not read here; UTF-8 is.")
        }
        if bytes.starts(with: [0x3C, 0]) || bytes.starts(with: [0, 0x3C]) {
            throw MalformedXML(kind: .encoding, reason: "UTF-16 must begin with a byte order mark.")
        }
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            let encoding = bytes[0] == 0xFF ? XMLEncoding.littleEndianUTF16 : .bigEndianUTF16
            let text = try encoding.transcoded(bytes)
            _ = try text.withUnsafeBytes { encoding.judge(declaredEncoding(in: $0), isMarked: true) }.get()
            return (encoding, text, 0)
        }
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        let declared = declaredEncoding(in: UnsafeRawBufferPointer(rebasing: bytes[start...]))
        return (try XMLEncoding.utf8.judge(declared, isMarked: start > 0).get(), nil, start)
    }

    /// What the declaration makes of the encoding that the first bytes show.
    private func judge(_ declared: String?, isMarked: Bool) -> Result<XMLEncoding, MalformedXML> {
        guard let declared else { return .success(self) }
        let named: [XMLEncoding]
        switch declared {
        case "UTF-8", "UTF8": named = [.utf8]
        case "US-ASCII", "ASCII": named = [.ascii]
        case "ISO-8859-1", "ISO_8859-1", "LATIN1": named = [.latin1]
        case "UTF-16": named = [.littleEndianUTF16, .bigEndianUTF16]
        case "UTF-16LE": named = [.littleEndianUTF16]
        case "UTF-16BE": named = [.bigEndianUTF16]
        case _:
            let reason = "The encoding \(declared.prefix(40)) is not read here; UTF-8 is."
            return .failure(MalformedXML(kind: .encoding, reason: reason))
        }
        switch self {
        case .utf8, .ascii, .latin1:
            // Without a mark, the first bytes cannot tell these apart; with one it is UTF-8, of which ASCII is a part.
            if named == [.utf8] || named == [.ascii] || (named == [.latin1] && !isMarked) { return .success(named[0]) }
        case .littleEndianUTF16, .bigEndianUTF16:
            if named.contains(self) { return .success(self) }
        }
        return .failure(MalformedXML(kind: .notWellFormed, reason: "The document declares \(declared) and is not."))
    }

    private func transcoded(_ bytes: UnsafeRawBufferPointer) throws(MalformedXML) -> [UInt8] {
        guard bytes.count % 2 == 0 else {
            throw MalformedXML(kind: .notWellFormed, reason: "UTF-16 with an odd number of bytes.")
        }
        let units = stride(from: 2, to: bytes.count, by: 2).map { index in
            let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
            return self == .littleEndianUTF16 ? first | second << 8 : first << 8 | second
        }
        guard let text = String(validating: units, as: UTF16.self) else {
            throw MalformedXML(kind: .notWellFormed, reason: "The document is not well-formed UTF-16.")
        }
        return Array(text.utf8)
    }

    static func hasDeclaration(_ text: UnsafeRawBufferPointer) -> Bool {
        text.starts(with: "<?xml".utf8) && text.count > 5 && text[5].isXMLSpace
    }

    /// The name in `<?xml … encoding="name"`, in capitals.
    private static func declaredEncoding(in text: UnsafeRawBufferPointer) -> String? {
        guard hasDeclaration(text) else { return nil }
        let declaration = text.prefix(400).prefix { $0 != UInt8(ascii: ">") }
        for index in declaration.indices.dropFirst(5) where declaration[index].isXMLSpace {
            guard declaration[(index + 1)...].starts(with: "encoding".utf8) else { continue }
            let value = declaration[(index + 9)...].drop { $0.isXMLSpace || $0 == UInt8(ascii: "=") }
            guard let quote = value.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { return nil }
            return String(decoding: value.dropFirst().prefix { $0 != quote }, as: UTF8.self).uppercased()
        }
        return nil
    }
}

extension UInt8 {
    var isXMLSpace: Bool { self == 0x20 || self == 0x0A || self == 0x0D || self == 0x09 }
}
