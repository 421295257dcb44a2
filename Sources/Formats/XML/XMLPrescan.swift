/// Looks at a document before libxml2 does, for what libxml2 takes too kindly or too slowly.
///
/// Too kindly: encodings. Too slowly: floods of attributes, which it compares each with each before it asks anybody:
/// a megabyte costs ten seconds. The scan must not lose step with libxml2, or a flood could hide from it behind
/// another fault, where libxml2 reads on. So characters that would end a comment early for libxml2 are refused here.
struct XMLPrescan {
    private let text: UnsafeRawBufferPointer
    private let limits: XMLLimits

    static func check(_ bytes: UnsafeRawBufferPointer, limits: XMLLimits) throws(MalformedXML) {
        let (encoding, transcoded, start) = try XMLEncoding.read(bytes)
        let outcome: Result<Void, MalformedXML>
        if let transcoded {
            outcome = transcoded.withUnsafeBytes { XMLPrescan(text: $0, limits: limits).run(encoding) }
        } else {
            outcome = XMLPrescan(text: UnsafeRawBufferPointer(rebasing: bytes[start...]), limits: limits).run(encoding)
        }
        try outcome.get()
    }

    private func run(_ encoding: XMLEncoding) -> Result<Void, MalformedXML> {
        Result { () throws(MalformedXML) in
            try checkCharacters(encoding)
            try checkBeginning()
            try checkTags()
        }
    }

    private func checkCharacters(_ encoding: XMLEncoding) throws(MalformedXML) {
        var isASCII = true
        var index = 0
        while index < text.count {
            if isPlainWord(at: index) {
                index += 8
                continue
            }
            for index in index..<min(index + 8, text.count) {
                try checkCharacter(at: index, encoding)
                if text[index] > 0x7F { isASCII = false }
            }
            index += 8
        }
        guard !isASCII, encoding == .utf8 else { return }
        guard String(validating: text, as: UTF8.self) != nil else {
            throw MalformedXML(
                kind: .notWellFormed,
                reason: "The document is not UTF-8, and declares no other encoding."
            )
        }
    }

    /// Whether the next eight bytes are all of ASCII and no control characters, as nearly all are: one look for eight.
    private func isPlainWord(at index: Int) -> Bool {
        guard index + 8 <= text.count else { return false }
        let word = text.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        let highBits: UInt64 = 0x8080_8080_8080_8080
        // Takes 0x20 from each byte: one below it, and none above unless it borrowed, shows in its high bit.
        let belowSpace = (word &- 0x2020_2020_2020_2020) & ~word
        return (word | belowSpace) & highBits == 0
    }

    private func checkCharacter(at index: Int, _ encoding: XMLEncoding) throws(MalformedXML) {
        let byte = text[index]
        if byte < 0x20, !byte.isXMLSpace {
            guard byte == 0 else { throw malformed(.notWellFormed, at: index, "XML has no control characters.") }
            throw malformed(.nul, at: index, "The document has a NUL.")
        }
        guard byte > 0x7F else { return }
        if encoding == .ascii {
            throw malformed(.notWellFormed, at: index, "The document declares US-ASCII and is not.")
        }
        if encoding != .latin1, byte == 0xEF, index + 2 < text.count, text[index + 1] == 0xBF, text[index + 2] >= 0xBE {
            throw malformed(.notWellFormed, at: index, "XML has no noncharacters.")
        }
    }

    private func checkBeginning() throws(MalformedXML) {
        guard let first = text.firstIndex(where: { !$0.isXMLSpace }) else {
            throw MalformedXML(kind: .empty, reason: "There is no document.")
        }
        guard text[first] == UInt8(ascii: "<") else {
            throw malformed(.notXML, at: first, "This is not XML: it does not begin with <.")
        }
    }

    /// Every `<` begins a tag, even in a value, where it is not allowed: there libxml2 goes on as if it did.
    private func checkTags() throws(MalformedXML) {
        // The declaration is read like a tag, because a broken one ends for libxml2 at the first `>`.
        let hasDeclaration = XMLEncoding.hasDeclaration(text)
        var index = 0
        while let open = nextOpening(from: index), open + 1 < text.count {
            index = open + 1
            switch text[index] {
            case UInt8(ascii: "!") where begins("!--", at: index):
                index = end(of: "-->", from: index + 3)
            case UInt8(ascii: "!") where begins("![CDATA[", at: index):
                index = end(of: "]]>", from: index + 8)
            case UInt8(ascii: "?") where !(hasDeclaration && index == 1):
                index = try endOfInstruction(from: index + 1)
            case _:
                index = try endOfTag(from: index)
            }
        }
    }

    private func nextOpening(from start: Int) -> Int? {
        var index = start
        while index < text.count {
            if text[index] == UInt8(ascii: "<") { return index }
            index += 1
        }
        return nil
    }

    /// Counts a tag's `=`. Ends behind the `>`, or at the next `<`.
    private func endOfTag(from start: Int) throws(MalformedXML) -> Int {
        var attributes = 0
        var openQuote: UInt8 = 0
        for index in start..<text.count {
            let byte = text[index]
            if byte == UInt8(ascii: "<") { return index }
            if openQuote != 0 {
                if byte == openQuote { openQuote = 0 }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                openQuote = byte
            } else if byte == UInt8(ascii: ">") {
                return index + 1
            } else if byte == UInt8(ascii: "=") {
                attributes += 1
                if attributes > limits.attributesMax {
                    throw malformed(
                        .tooManyNodes,
                        at: index,
                        "An element has more than \(limits.attributesMax) attributes."
                    )
                }
            }
        }
        return text.count
    }

    /// libxml2 reads on as text where an instruction has no name, so here it must have one, and a plain one.
    private func endOfInstruction(from start: Int) throws(MalformedXML) -> Int {
        guard start < text.count, text[start].isASCIILetter || text[start] == UInt8(ascii: "_") else {
            throw malformed(.notWellFormed, at: start, "A processing instruction must begin with a letter of ASCII.")
        }
        return end(of: "?>", from: start)
    }

    private func end(of terminator: StaticString, from start: Int) -> Int {
        var index = start
        while index < text.count {
            if begins(terminator, at: index) { return index + terminator.utf8CodeUnitCount }
            index += 1
        }
        return text.count
    }

    private func begins(_ word: StaticString, at index: Int) -> Bool {
        guard index + word.utf8CodeUnitCount <= text.count else { return false }
        for offset in 0..<word.utf8CodeUnitCount where text[index + offset] != word.utf8Start[offset] { return false }
        return true
    }

    private func malformed(_ kind: MalformedXML.Kind, at index: Int, _ reason: String) -> MalformedXML {
        let place = JSONScanner.place(of: index, in: text)
        return MalformedXML(kind: kind, line: place.line, column: place.column, reason: reason)
    }
}
