extension JSONDocument {
    /// Reads an answer. A number that no machine word holds is taken for its own text: it must not make what stands beside it
    /// unreadable, for that may be a refusal.
    package convenience init(parsingAnswer bytes: [UInt8]) throws(MalformedJSON) {
        let isReadable = bytes.count <= AnswerContent.bytesMax && Self.hasLongNumber(bytes)
        try self.init(parsing: isReadable ? Self.quotingLongNumbers(bytes) : bytes)
    }

    /// Eighteen digits fit into 64 bits, whatever they are.
    private static let digitsMax = 18

    private static func hasLongNumber(_ bytes: [UInt8]) -> Bool {
        var run = 0
        for byte in bytes {
            if isOfNumber(byte) {
                run += 1
                if run > digitsMax || byte | 0x20 == UInt8(ascii: "e") && run > 1 { return true }
            } else {
                run = 0
            }
        }
        return false
    }

    private static func quotingLongNumbers(_ bytes: [UInt8]) -> [UInt8] {
        var quoted: [UInt8] = []
        quoted.reserveCapacity(bytes.count + 64)
        var isString = false
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if isString {
                if byte == UInt8(ascii: "\\"), index + 1 < bytes.count {
                    quoted.append(byte)
                    index += 1
                } else if byte == UInt8(ascii: "\"") {
                    isString = false
                }
                quoted.append(bytes[index])
                index += 1
            } else if byte == UInt8(ascii: "-") || (0x30...0x39).contains(byte) {
                var end = index
                while end < bytes.count, isOfNumber(bytes[end]) { end += 1 }
                let number = bytes[index..<end]
                let isLong = number.count > digitsMax || number.contains { $0 | 0x20 == UInt8(ascii: "e") }
                quoted += isLong ? [UInt8(ascii: "\"")] + number + [UInt8(ascii: "\"")] : Array(number)
                index = end
            } else {
                isString = byte == UInt8(ascii: "\"")
                quoted.append(byte)
                index += 1
            }
        }
        return quoted
    }

    private static func isOfNumber(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."),
            UInt8(ascii: "e"), UInt8(ascii: "E"):
            true
        case _: false
        }
    }
}

extension JSONValue {
    /// A string, or a whole number as its digits: what names a thing is text, however a peer spells it.
    package var name: String? {
        switch kind {
        case .string: string
        case .integer: integer.map(String.init) ?? unsignedInteger.map(String.init)
        case .null, .bool, .decimal, .array, .object: nil
        }
    }

    /// A whole number in any spelling: `-32602`, `-32602.0`, `"-32602"`, `-3.2602e4`.
    package var wholeNumber: Int? {
        switch kind {
        case .integer: integer.flatMap { Int(exactly: $0) }
        case .decimal: double.flatMap { Int(exactly: $0) }
        case .string:
            string.flatMap { text in
                let digits = text.trimmedXMLSpace
                return Int(digits) ?? Double(digits).flatMap { Int(exactly: $0) }
            }
        case .null, .bool, .array, .object: nil
        }
    }
}
