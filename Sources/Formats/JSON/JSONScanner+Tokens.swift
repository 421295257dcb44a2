extension JSONScanner {
    /// Line and column from 1; a column is a Unicode scalar (or a byte that is none).
    static func place(of offset: Int, in bytes: UnsafeRawBufferPointer) -> (line: Int, column: Int) {
        var line = 1
        var column = 1
        for byte in bytes.prefix(offset) {
            if byte == 0x0A {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        return (line, column)
    }

    mutating func string() -> Stop? {
        position += 1
        while let byte = current {
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                return nil
            case UInt8(ascii: "\\"):
                if let stop = escape() { return stop }
            case 0x00...0x1F:
                return fault("A control character in a string must be escaped.")
            case 0x20...0x7F:
                position += 1
            case _:
                guard skipScalar() else { return fault("This is not UTF-8.") }
            }
        }
        return fault("The document ends inside a string.")
    }

    mutating func number() -> Stop? {
        let start = position
        if current == UInt8(ascii: "-") { position += 1 }
        let whole = position
        guard digits() else { return fault("A digit is missing here.") }
        if bytes[whole] == UInt8(ascii: "0"), position > whole + 1 {
            return .fault(offset: start, reason: "A number must not begin with 0.")
        }
        var isInteger = true
        if current == UInt8(ascii: ".") {
            isInteger = false
            position += 1
            guard digits() else { return fault("A digit is missing here.") }
        }
        if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
            isInteger = false
            position += 1
            if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { position += 1 }
            guard digits() else { return fault("A digit is missing here.") }
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        let fits = isInteger ? Int64(text) != nil || UInt64(text) != nil : Double(text)?.isFinite == true
        return fits ? nil : .fault(offset: start, reason: "This number is too large.")
    }

    private mutating func digits() -> Bool {
        let start = position
        while let byte = current, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") { position += 1 }
        return position > start
    }

    private mutating func escape() -> Stop? {
        let start = position
        position += 1
        guard let byte = current else { return fault("The document ends inside a string.") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            return nil
        case UInt8(ascii: "u"):
            guard let unit = hexadecimalUnit() else {
                return .fault(offset: start, reason: "After \\u there must be four hexadecimal digits.")
            }
            guard unit & 0xF800 == 0xD800 else { return nil }
            let alone = Stop.fault(offset: start, reason: "This is half of a surrogate pair.")
            guard unit < 0xDC00, current == UInt8(ascii: "\\") else { return alone }
            position += 1
            guard current == UInt8(ascii: "u") else { return alone }
            position += 1
            guard let low = hexadecimalUnit(), low & 0xFC00 == 0xDC00 else { return alone }
            return nil
        case _:
            return .fault(offset: start, reason: "JSON has no such escape.")
        }
    }

    private mutating func hexadecimalUnit() -> UInt32? {
        var unit: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = current, let digit = Character(UnicodeScalar(byte)).hexDigitValue else { return nil }
            unit = unit << 4 | UInt32(digit)
            position += 1
        }
        return unit
    }

    /// Past one well-formed scalar of two to four bytes (Unicode, table 3-7).
    private mutating func skipScalar() -> Bool {
        let lead = bytes[position]
        let second: ClosedRange<UInt8>
        let length: Int
        switch lead {
        case 0xC2...0xDF: (second, length) = (0x80...0xBF, 2)
        case 0xE0: (second, length) = (0xA0...0xBF, 3)
        case 0xED: (second, length) = (0x80...0x9F, 3)
        case 0xE1...0xEF: (second, length) = (0x80...0xBF, 3)
        case 0xF0: (second, length) = (0x90...0xBF, 4)
        case 0xF1...0xF3: (second, length) = (0x80...0xBF, 4)
        case 0xF4: (second, length) = (0x80...0x8F, 4)
        case _: return false
        }
        guard position + length <= bytes.count, second.contains(bytes[position + 1]) else { return false }
        guard bytes[(position + 2)..<(position + length)].allSatisfy({ $0 & 0xC0 == 0x80 }) else { return false }
        position += length
        return true
    }
}
