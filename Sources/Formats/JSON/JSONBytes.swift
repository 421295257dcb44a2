/// The tokens of JSON, appended to a byte buffer. Everything that writes JSON here stands on these.
extension [UInt8] {
    mutating func append(_ text: StaticString) {
        text.withUTF8Buffer { append(contentsOf: $0) }
    }

    /// A number with leading zeros.
    mutating func appendDigits(_ number: Int, width: Int) {
        var divisor = 1
        for _ in 1..<width { divisor *= 10 }
        while divisor > 0 {
            append(UInt8(ascii: "0") + UInt8(number / divisor % 10))
            divisor /= 10
        }
    }

    mutating func appendInteger(_ number: Int64) {
        if number < 0 { append(UInt8(ascii: "-")) }
        appendInteger(number.magnitude)
    }

    mutating func appendInteger(_ number: UInt64) {
        guard number >= 10 else {
            append(UInt8(ascii: "0") + UInt8(number))
            return
        }
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
            var rest = number
            var start = 20
            while rest > 0 {
                start -= 1
                digits.initializeElement(at: start, to: UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
                rest /= 10
            }
            append(contentsOf: digits[start...])
        }
    }

    /// The shortest spelling that reads back as the same number. JSON has no word for what is not finite: null.
    mutating func appendDecimal(_ number: Double) {
        guard number.isFinite else {
            append("null")
            return
        }
        append(contentsOf: number.description.utf8)
    }

    /// A string in quotes. Escapes what RFC 8259 demands and nothing else.
    mutating func appendString(_ text: String) {
        append(UInt8(ascii: "\""))
        let done: Void? = text.utf8.withContiguousStorageIfAvailable { appendEscaped($0) }
        if done == nil { Array(text.utf8).withUnsafeBufferPointer { appendEscaped($0) } }
        append(UInt8(ascii: "\""))
    }

    private mutating func appendEscaped(_ utf8: UnsafeBufferPointer<UInt8>) {
        var start = 0
        for index in utf8.indices {
            let byte = utf8[index]
            guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { continue }
            append(contentsOf: utf8[start..<index])
            start = index + 1
            append(UInt8(ascii: "\\"))
            switch byte {
            case 0x08: append(UInt8(ascii: "b"))
            case 0x09: append(UInt8(ascii: "t"))
            case 0x0A: append(UInt8(ascii: "n"))
            case 0x0C: append(UInt8(ascii: "f"))
            case 0x0D: append(UInt8(ascii: "r"))
            case 0x00..<0x20:
                append(byte < 0x10 ? "u000" : "u001")
                append(byte & 0xF < 10 ? UInt8(ascii: "0") + byte & 0xF : UInt8(ascii: "a") + byte & 0xF - 10)
            case _: append(byte)
            }
        }
        append(contentsOf: utf8[start...])
    }
}
