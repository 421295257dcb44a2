/// A text from outside that is told apart by its bytes: an identifier, a name, a claim, a key.
///
/// Swift's strings are equal where Unicode calls them canonically equivalent: `CAFÉ` with one character for the last letter
/// or with two, `K` and the Kelvin sign. The database, the wire and every other program compare bytes, so two of them name
/// two things. Used as the key of dictionaries; ``Swift/String/isExactly(_:)`` compares where no dictionary is needed.
package struct ExactText: Hashable, Comparable, Sendable, ExpressibleByStringLiteral {
    package let text: String

    package init(_ text: String) { self.text = text }
    package init(stringLiteral text: String) { self.text = text }

    package static func == (left: Self, right: Self) -> Bool { left.text.isExactly(right.text) }

    package static func < (left: Self, right: Self) -> Bool {
        left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }

    package func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}

extension String {
    /// Whether both are the same bytes.
    package func isExactly(_ other: String) -> Bool {
        // Equal bytes are equal strings, and strings of the same bytes that are ASCII are compared fastest as such.
        self == other && utf8.count == other.utf8.count && utf8.elementsEqual(other.utf8)
    }
}

extension String? {
    /// Whether both are the same bytes, or neither is there.
    package func isExactly(_ other: String?) -> Bool { self.map { ExactText($0) } == other.map { ExactText($0) } }
}

extension Sequence<String> {
    /// Whether one of them has the same bytes.
    package func containsExactly(_ text: String) -> Bool { contains { $0.isExactly(text) } }
}
