/// Where the start tags of a well-formed document are, in document order: libxml2 keeps lines, and no columns.
package struct XMLPlaces: Equatable, Sendable {
    package struct Place: Equatable, Sendable {
        /// From 1.
        package var line: Int
        /// From 1, in characters: the `<`.
        package var column: Int

        package init(line: Int, column: Int) {
            self.line = line
            self.column = column
        }
    }

    package private(set) var startTags: [Place] = []

    /// - Parameter bytes: which ``XMLDocument`` took; of others the places are worth nothing.
    package init(wellFormed bytes: [UInt8]) {
        let read = bytes.withUnsafeBytes { try? XMLEncoding.read($0) }
        let text = read?.text ?? bytes
        var scan = Scan(text: text, index: read?.start ?? 0, isSingleByte: read?.encoding == .latin1)
        while let byte = scan.byte {
            guard byte == UInt8(ascii: "<") else {
                scan.advance()
                continue
            }
            if scan.begins("<!--") {
                scan.skip(past: "-->")
            } else if scan.begins("<![CDATA[") {
                scan.skip(past: "]]>")
            } else if scan.begins("<?") {
                scan.skip(past: "?>")
            } else {
                if !scan.begins("</") { startTags.append(scan.place) }
                scan.skipTag()
            }
        }
    }
}

private struct Scan {
    let text: [UInt8]
    var index: Int
    /// ISO-8859-1: every byte is a character.
    let isSingleByte: Bool
    var place = XMLPlaces.Place(line: 1, column: 1)

    var byte: UInt8? { index < text.count ? text[index] : nil }

    mutating func advance() {
        guard let byte else { return }
        index += 1
        if byte == UInt8(ascii: "\n") {
            place = XMLPlaces.Place(line: place.line + 1, column: 1)
        } else if isSingleByte || byte & 0xC0 != 0x80 {
            // The first byte of a character, in UTF-8.
            place.column += 1
        }
    }

    func begins(_ word: StaticString) -> Bool {
        guard index + word.utf8CodeUnitCount <= text.count else { return false }
        for offset in 0..<word.utf8CodeUnitCount where text[index + offset] != word.utf8Start[offset] { return false }
        return true
    }

    mutating func skip(past end: StaticString) {
        while byte != nil, !begins(end) { advance() }
        for _ in 0..<end.utf8CodeUnitCount { advance() }
    }

    /// To behind the `>` that no quotes are around.
    mutating func skipTag() {
        var openQuote: UInt8?
        while let byte {
            advance()
            if let quote = openQuote {
                if byte == quote { openQuote = nil }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                openQuote = byte
            } else if byte == UInt8(ascii: ">") {
                return
            }
        }
    }
}
