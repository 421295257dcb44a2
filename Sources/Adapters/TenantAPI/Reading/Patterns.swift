import Formats

/// The patterns of the Tenant API, in ASCII classes (decision 18).
extension Pattern {
    /// `^\w{1,20}$` (F-020).
    static let supplier = Pattern("a supplier's id: letters, digits and _") { utf8 in
        utf8.allSatisfy { $0.isASCIIAlphanumeric || $0 == UInt8(ascii: "_") }
    }

    /// `^[A-Za-z_]{1,15}$` (X-39).
    static let addressType = Pattern("a type of address: letters and _") { utf8 in
        utf8.allSatisfy { $0.isASCIILetter || $0 == UInt8(ascii: "_") }
    }

    /// `^[A-Z_]{1,30}$` (G-053).
    static let reasonCode = Pattern("capital letters and _") { utf8 in
        utf8.allSatisfy { $0.isASCIIUppercase || $0 == UInt8(ascii: "_") }
    }

    /// `^\+?[\d\s\-#]{8,50}$` (F-022).
    static let contactPhone = Pattern("a phone number: an optional +, then 8 to 50 digits, spaces, - or #") { utf8 in
        let digits = utf8.first == UInt8(ascii: "+") ? utf8.dropFirst() : utf8[...]
        return (8...50).contains(digits.count)
            && digits.allSatisfy {
                $0.isASCIIDigit || $0.isASCIISpace || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "#")
            }
    }

    /// `^\S{1,64}@\S{2,254}$` (F-022): any `@` may be the one.
    static let contactEmail = Pattern("an e-mail address: 1 to 64 characters, @, and 2 to 254 more, without spaces") {
        utf8 in
        guard !utf8.contains(where: \.isASCIISpace) else { return false }
        return utf8.indices.contains { index in
            guard utf8[index] == UInt8(ascii: "@") else { return false }
            return (1...64).contains(utf8[..<index].scalarCount)
                && (2...254).contains(utf8[(index + 1)...].scalarCount)
        }
    }
}

extension UInt8 {
    var isASCIISpace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
}

extension Slice<UnsafeBufferPointer<UInt8>> {
    fileprivate var scalarCount: Int { reduce(0) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 } }
}
