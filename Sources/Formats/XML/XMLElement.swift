import CLibXML2

/// An element of an ``XMLDocument``: a place in its tree, which it keeps alive.
package struct XMLElement: Sendable {
    package let document: XMLDocument
    /// Opaque and read-only; as sendable as the document that it points into.
    private nonisolated(unsafe) let node: OpaquePointer

    init(document: XMLDocument, node: OpaquePointer) {
        self.document = document
        self.node = node
    }

    /// Without a prefix.
    package var name: String { String(cString: cxml_name(node)) }

    /// The namespace's URI, whatever prefix the document gave it.
    package var namespace: String? { cxml_namespace(node).map { String(cString: $0) } }

    /// From 1.
    package var line: Int { Int(cxml_line(node)) }

    /// The text directly inside, in one piece; child elements' text is theirs.
    package var text: String {
        withText { String(decoding: $0, as: UTF8.self) }
    }

    /// The text as a type with `whiteSpace` `collapse` has it (XML Schema 1.0, part 2, 4.3.6): no space around it, and one
    /// space where there were several, tabs or line ends. So are all types but strings read, and tokens.
    package var collapsedText: String {
        withText { text in
            let trimmed = text.trimmedXMLSpace
            guard trimmed.hasSpaceToCollapse else { return String(decoding: trimmed, as: UTF8.self) }
            let words = trimmed.split(whereSeparator: \.isXMLSpace)
            return String(decoding: Array(words.joined(separator: [UInt8(ascii: " ")])), as: UTF8.self)
        }
    }

    /// The text without space around it: of strings for people, whose lines are theirs.
    package var trimmedText: String {
        withText { String(decoding: $0.trimmedXMLSpace, as: UTF8.self) }
    }

    /// The child elements in document order.
    package var children: XMLChildren { XMLChildren(document: document, first: cxml_first_child(node)) }

    package var parent: XMLElement? {
        cxml_parent(node).map { XMLElement(document: document, node: $0) }
    }

    /// The first child of that name. Namespace nil: whatever its namespace.
    package func first(_ name: String, namespace: String? = nil) -> XMLElement? {
        Self.named(name, namespace, from: cxml_first_child(node)).map { XMLElement(document: document, node: $0) }
    }

    /// All children of that name. Namespace nil: whatever their namespace.
    package func all(_ name: String, namespace: String? = nil) -> [XMLElement] {
        var found: [XMLElement] = []
        var next = Self.named(name, namespace, from: cxml_first_child(node))
        while let node = next {
            found.append(XMLElement(document: document, node: node))
            next = Self.named(name, namespace, from: cxml_next(node))
        }
        return found
    }

    /// The first child's collapsed text, for the many elements that are one value.
    package func text(of name: String, namespace: String? = nil) -> String? {
        first(name, namespace: namespace)?.collapsedText
    }

    /// Namespace nil: the attribute that is in none, as unprefixed attributes are.
    package func attribute(_ name: String, namespace: String? = nil) -> String? {
        guard let value = cxml_attribute(node, name, namespace) else { return nil }
        defer { cxml_string_free(value) }
        return String(cString: value)
    }

    /// Compares without making strings. Namespace nil: whatever the namespace.
    package func isNamed(_ name: String, namespace: String? = nil) -> Bool {
        guard Self.equal(cxml_name(node), name) else { return false }
        guard let namespace else { return true }
        return Self.equal(cxml_namespace(node), namespace)
    }

    /// What the schema has against this element as a root of its own; empty if it is valid.
    ///
    /// Prefixes declared around it still resolve: the element is not moved to be validated.
    package func validate(_ schema: XMLSchema) -> [XMLProblem] {
        schema.withCompiled { document.validate(node, against: $0).map(\.problem) }
    }

    /// As ``validate(_:)``, each problem with the element that it is about.
    package func diagnose(_ schema: XMLSchema) -> [(problem: XMLProblem, element: XMLElement)] {
        schema.withCompiled { document.validate(node, against: $0) }
            .map { ($0.problem, XMLElement(document: document, node: $0.node)) }
    }

    /// The first element of that name among `first` and its later siblings.
    private static func named(_ name: String, _ namespace: String?, from first: OpaquePointer?) -> OpaquePointer? {
        guard let first else { return nil }
        return name.withCString { name in
            guard let namespace else { return cxml_next_named(first, name, nil) }
            return namespace.withCString { cxml_next_named(first, name, $0) }
        }
    }

    private func withText<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        var length = 0
        if let text = cxml_text_in_place(node, &length) {
            return withExtendedLifetime(document) { Self.withBytes(of: text, length, body) }
        }
        guard let text = cxml_text(node, &length) else { return body(UnsafeBufferPointer(start: nil, count: 0)) }
        defer { cxml_string_free(text) }
        return Self.withBytes(of: text, length, body)
    }

    private static func withBytes<Result>(
        of text: UnsafePointer<CChar>,
        _ length: Int,
        _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        text.withMemoryRebound(to: UInt8.self, capacity: length) {
            body(UnsafeBufferPointer(start: $0, count: length))
        }
    }

    private static func equal(_ text: UnsafePointer<CChar>?, _ other: String) -> Bool {
        guard let text else { return false }
        var cursor = text
        for byte in other.utf8 {
            guard UInt8(bitPattern: cursor.pointee) == byte, byte != 0 else { return false }
            cursor += 1
        }
        return cursor.pointee == 0
    }
}

/// The same place in the same tree.
extension XMLElement: Hashable {
    package static func == (left: XMLElement, right: XMLElement) -> Bool { left.node == right.node }

    package func hash(into hasher: inout Hasher) { hasher.combine(node) }
}

/// The child elements of an element.
package struct XMLChildren: Sequence, Sendable {
    private let document: XMLDocument
    private nonisolated(unsafe) let firstNode: OpaquePointer?

    init(document: XMLDocument, first: OpaquePointer?) {
        self.document = document
        firstNode = first
    }

    package var isEmpty: Bool { firstNode == nil }
    package var first: XMLElement? { firstNode.map { XMLElement(document: document, node: $0) } }

    package func makeIterator() -> Iterator {
        Iterator(document: document, node: firstNode)
    }

    package struct Iterator: IteratorProtocol {
        fileprivate let document: XMLDocument
        fileprivate var node: OpaquePointer?

        package mutating func next() -> XMLElement? {
            guard let current = node else { return nil }
            node = cxml_next(current)
            return XMLElement(document: document, node: current)
        }
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Without the four characters that XML calls space, at both ends.
    fileprivate var trimmedXMLSpace: Self {
        guard let start = firstIndex(where: { !$0.isXMLSpace }), let end = lastIndex(where: { !$0.isXMLSpace }) else {
            return Self(start: nil, count: 0)
        }
        return Self(rebasing: self[start...end])
    }

    /// Whether any space in it is more than one U+0020.
    fileprivate var hasSpaceToCollapse: Bool {
        var isBehindSpace = false
        for byte in self {
            let isSpace = byte.isXMLSpace
            if isSpace, isBehindSpace || byte != UInt8(ascii: " ") { return true }
            isBehindSpace = isSpace
        }
        return false
    }
}

extension String {
    /// Without the four characters that XML calls space, at both ends.
    var trimmedXMLSpace: String {
        var text = self
        return text.withUTF8 { String(decoding: $0.trimmedXMLSpace, as: UTF8.self) }
    }
}
