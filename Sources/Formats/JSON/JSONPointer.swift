/// RFC 6901: how a place in a document is spelt.
package enum JSONPointer {
    /// The pointer to a member of what `base` points to.
    package static func appending(_ key: String, to base: String) -> String {
        guard key.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else {
            return base + "/" + key
        }
        var pointer = base + "/"
        for scalar in key.unicodeScalars {
            switch scalar {
            case "~": pointer += "~0"
            case "/": pointer += "~1"
            case let other: pointer.unicodeScalars.append(other)
            }
        }
        return pointer
    }

    /// The pointer to an element of what `base` points to.
    package static func appending(_ index: Int, to base: String) -> String {
        base + "/" + String(index)
    }
}
