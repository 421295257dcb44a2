import CSimdJSON

/// A value in a ``JSONDocument``: a place in its block. Looking around allocates nothing; only `string` does.
package struct JSONValue: Sendable {
    package enum Kind: String, Sendable {
        case null, bool, integer, decimal, string, array, object
    }

    let document: JSONDocument
    let index: Int

    init(document: JSONDocument, index: Int) {
        self.document = document
        self.index = index
    }

    private var node: csj_node { document.node(index) }

    package var kind: Kind {
        switch csj_kind(node.kind) {
        case CSJ_FALSE, CSJ_TRUE: .bool
        case CSJ_INTEGER, CSJ_UNSIGNED: .integer
        case CSJ_DECIMAL: .decimal
        case CSJ_STRING: .string
        case CSJ_ARRAY: .array
        case CSJ_OBJECT: .object
        case _: .null
        }
    }

    package var isNull: Bool { node.kind == CSJ_NULL.rawValue }

    package var string: String? {
        let node = node
        guard node.kind == CSJ_STRING.rawValue else { return nil }
        return String(decoding: document.utf8(node), as: UTF8.self)
    }

    /// Only for numbers spelt without fraction and exponent that fit; `1.0` is not an integer.
    package var integer: Int64? {
        let node = node
        return node.kind == CSJ_INTEGER.rawValue ? node.integer : nil
    }

    package var unsignedInteger: UInt64? {
        let node = node
        switch csj_kind(node.kind) {
        case CSJ_UNSIGNED: return node.large
        case CSJ_INTEGER: return UInt64(exactly: node.integer)
        case _: return nil
        }
    }

    /// Any number, integers too.
    package var double: Double? {
        let node = node
        switch csj_kind(node.kind) {
        case CSJ_DECIMAL: return node.decimal
        case CSJ_INTEGER: return Double(node.integer)
        case CSJ_UNSIGNED: return Double(node.large)
        case _: return nil
        }
    }

    package var bool: Bool? {
        switch csj_kind(node.kind) {
        case CSJ_TRUE: true
        case CSJ_FALSE: false
        case _: nil
        }
    }

    /// How many elements or members; 0 for anything else.
    package var count: Int {
        let node = node
        return node.kind == CSJ_ARRAY.rawValue || node.kind == CSJ_OBJECT.rawValue ? Int(node.count) : 0
    }

    /// An object's member, JSON null included; nil if there is none or this is no object.
    package subscript(key: String) -> JSONValue? {
        guard let (value, _) = member(key) else { return nil }
        return value
    }

    /// RFC 6901 from the document's root.
    package var pointer: String { document.pointer(to: index) }

    /// Works on the string's bytes in place; nil if this is no string. The bytes must not leave `body`.
    package func withUTF8<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result? {
        let node = node
        guard node.kind == CSJ_STRING.rawValue else { return nil }
        return withExtendedLifetime(document) { body(document.utf8(node)) }
    }

    /// A member and which one of the object's it is.
    func member(_ key: String) -> (value: JSONValue, position: Int)? {
        let found = key.utf8.withContiguousStorageIfAvailable { position(of: $0) }
        // A string that is not contiguous UTF-8 cannot come from Swift code on Linux; it is simply made so.
        guard let (index, position) = found ?? Array(key.utf8).withUnsafeBufferPointer({ self.position(of: $0) }) else {
            return nil
        }
        return (JSONValue(document: document, index: index), position)
    }

    private func position(of key: UnsafeBufferPointer<UInt8>) -> (index: Int, position: Int)? {
        let node = node
        guard node.kind == CSJ_OBJECT.rawValue else { return nil }
        var candidate = index + 1
        for position in 0..<Int(node.count) {
            let name = document.node(candidate)
            if Int(name.count) == key.count, document.utf8(name).elementsEqual(key) { return (candidate + 1, position) }
            candidate = Int(document.node(candidate + 1).end)
        }
        return nil
    }
}

extension JSONValue {
    /// The elements of an array; empty for anything else.
    package var elements: JSONElements { JSONElements(of: self) }

    /// The members of an object in document order; empty for anything else.
    package var members: JSONMembers { JSONMembers(of: self) }
}

package struct JSONElements: Sequence, Sendable {
    private let array: JSONValue
    package let count: Int

    init(of value: JSONValue) {
        array = value
        count = value.kind == .array ? value.count : 0
    }

    package var isEmpty: Bool { count == 0 }
    package var underestimatedCount: Int { count }

    package func makeIterator() -> Iterator {
        Iterator(document: array.document, cursor: array.index + 1, remaining: count)
    }

    package struct Iterator: IteratorProtocol {
        let document: JSONDocument
        var cursor: Int
        var remaining: Int

        package mutating func next() -> JSONValue? {
            guard remaining > 0 else { return nil }
            defer {
                remaining -= 1
                cursor = Int(document.node(cursor).end)
            }
            return JSONValue(document: document, index: cursor)
        }
    }
}

package struct JSONMembers: Sequence, Sendable {
    private let object: JSONValue
    package let count: Int

    init(of value: JSONValue) {
        object = value
        count = value.kind == .object ? value.count : 0
    }

    package var isEmpty: Bool { count == 0 }
    package var underestimatedCount: Int { count }

    package func makeIterator() -> Iterator {
        Iterator(document: object.document, cursor: object.index + 1, remaining: count)
    }

    package struct Iterator: IteratorProtocol {
        let document: JSONDocument
        var cursor: Int
        var remaining: Int

        package mutating func next() -> (key: String, value: JSONValue)? {
            guard remaining > 0 else { return nil }
            defer {
                remaining -= 1
                cursor = Int(document.node(cursor + 1).end)
            }
            return (document.string(cursor), JSONValue(document: document, index: cursor + 1))
        }
    }
}
