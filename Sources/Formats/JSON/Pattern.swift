/// What a string must look like: words for a person, and a matcher written by hand over its UTF-8.
///
/// No regular expressions: these run on every field of every message, and their classes are ASCII by construction.
package struct Pattern: Sendable {
    /// Completes "must be …": "an order number: C followed by 8 digits".
    package let description: String
    private let accepts: @Sendable (UnsafeBufferPointer<UInt8>) -> Bool

    package init(_ description: String, _ accepts: @escaping @Sendable (UnsafeBufferPointer<UInt8>) -> Bool) {
        self.description = description
        self.accepts = accepts
    }

    package func matches(_ utf8: UnsafeBufferPointer<UInt8>) -> Bool {
        accepts(utf8)
    }

    package func matches(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { accepts($0) }
    }
}

extension Pattern {
    /// `[0-9]`, as many as the length rule allows.
    package static let digits = Pattern("digits only") { $0.allSatisfy(\.isASCIIDigit) }

    /// `[A-Za-z0-9]`
    package static let alphanumeric = Pattern("letters A to Z and digits only") { $0.allSatisfy(\.isASCIIAlphanumeric) }

    /// 8-4-4-4-12 hexadecimal digits.
    package static let uuid = Pattern("a UUID") { utf8 in
        guard utf8.count == 36 else { return false }
        return utf8.indices.allSatisfy { index in
            switch index {
            case 8, 13, 18, 23: utf8[index] == UInt8(ascii: "-")
            case _: utf8[index].isASCIIHexadecimal
            }
        }
    }

    /// U+0020 to U+007E.
    package static let printableASCII = Pattern("printable ASCII characters only") {
        $0.allSatisfy { byte in byte >= 0x20 && byte < 0x7F }
    }
}

extension UInt8 {
    package var isASCIIDigit: Bool { self &- UInt8(ascii: "0") < 10 }
    package var isASCIIUppercase: Bool { self &- UInt8(ascii: "A") < 26 }
    package var isASCIILowercase: Bool { self &- UInt8(ascii: "a") < 26 }
    package var isASCIILetter: Bool { isASCIIUppercase || isASCIILowercase }
    package var isASCIIAlphanumeric: Bool { isASCIIDigit || isASCIILetter }
    package var isASCIIHexadecimal: Bool {
        isASCIIDigit || self &- UInt8(ascii: "A") < 6 || self &- UInt8(ascii: "a") < 6
    }
}
