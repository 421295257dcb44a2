/// The parts of a key in one text: `A/B`.
///
/// No two lists of as many parts have one text: a slash in any part but the last is written as `%2F`, a percent sign as
/// `%25`. Otherwise identifier `A` with message `B/C` would be taken for identifier `A/B` with message `C`. Parts without
/// these two characters are written as they are, so keys that were stored before read the same.
///
/// Where the first parts are numbers, owners or names of registered parties, which have no such characters, or the last is a
/// number behind one slash more, a plain join says the same.
package enum KeyParts {
    package static func joined(_ parts: String...) -> String {
        var text = ""
        for (position, part) in parts.enumerated() {
            if position > 0 { text.append("/") }
            if position == parts.count - 1 || part.utf8.allSatisfy({ $0 != slash && $0 != percent }) {
                text += part
            } else {
                append(part, to: &text)
            }
        }
        return text
    }

    private static let slash = UInt8(ascii: "/")
    private static let percent = UInt8(ascii: "%")

    private static func append(_ part: String, to text: inout String) {
        for scalar in part.unicodeScalars {
            switch scalar {
            case "/": text += "%2F"
            case "%": text += "%25"
            case _: text.unicodeScalars.append(scalar)
            }
        }
    }
}
