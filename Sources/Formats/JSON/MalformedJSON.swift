/// Why bytes are not a JSON document that we take, and where.
///
/// Stricter than RFC 8259 where it leaves room: duplicate keys, control characters in strings, and nesting or sizes
/// beyond our limits are malformed too, so that two readers of one message cannot understand different things.
package struct MalformedJSON: Error, Equatable, Sendable {
    /// From 1.
    package var line: Int
    /// From 1, in Unicode scalars.
    package var column: Int
    /// RFC 6901; nil when the bytes are no JSON at all, so that nothing in them has a pointer.
    package var pointer: String?
    package var reason: String

    package init(line: Int, column: Int, pointer: String? = nil, reason: String) {
        self.line = line
        self.column = column
        self.pointer = pointer
        self.reason = reason
    }
}

extension MalformedJSON: CustomStringConvertible {
    package var description: String {
        guard let pointer else { return "line \(line), column \(column): \(reason)" }
        return "line \(line), column \(column) (\(pointer)): \(reason)"
    }
}
