import CSimdJSON

/// A parsed JSON document: one flat block of nodes and strings, which its values look into.
///
/// `@unchecked Sendable` because it wraps a C allocation that nobody writes to after `init` and that is freed with
/// the last reference; every ``JSONValue`` holds one.
package final class JSONDocument: @unchecked Sendable {
    /// How many nodes a document may have (a member is two: key and value).
    ///
    /// A message has a few hundred; this bounds the memory that a body of a legal size can claim (2.4 MB).
    package static let nodesMax = 100_000

    /// How deep arrays and objects may nest: no contract has more than ten levels.
    package static let depthMax = Int(CSJ_DEPTH_MAX)

    private let block: csj_document

    private init(_ block: csj_document) {
        self.block = block
    }

    deinit {
        csj_free(block)
    }

    package convenience init(
        parsing bytes: UnsafeRawBufferPointer,
        nodesMax: Int = JSONDocument.nodesMax
    ) throws(MalformedJSON) {
        self.init(try Self.read(bytes, nodesMax: nodesMax).get())
    }

    package convenience init(parsing bytes: [UInt8], nodesMax: Int = JSONDocument.nodesMax) throws(MalformedJSON) {
        self.init(try bytes.withUnsafeBytes { Self.read($0, nodesMax: nodesMax) }.get())
    }

    package convenience init(parsing text: String, nodesMax: Int = JSONDocument.nodesMax) throws(MalformedJSON) {
        try self.init(parsing: Array(text.utf8), nodesMax: nodesMax)
    }

    package var root: JSONValue {
        JSONValue(document: self, index: 0)
    }

    private static func read(_ bytes: UnsafeRawBufferPointer, nodesMax: Int) -> Result<csj_document, MalformedJSON> {
        let base = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
        let block = csj_parse(base, base == nil ? 0 : bytes.count, UInt32(clamping: nodesMax))
        guard block.status != CSJ_OK.rawValue else { return .success(block) }
        // Owns the block, if there is one, until the finding is spelt out.
        return .failure(JSONDocument(block).finding(in: bytes, nodesMax: nodesMax))
    }

    /// Says in words, and with a place, what the parser found.
    private func finding(in bytes: UnsafeRawBufferPointer, nodesMax: Int) -> MalformedJSON {
        switch block.status {
        case CSJ_DUPLICATE_KEY.rawValue:
            return finding("This key occurs twice in its object.", at: Int(block.offender), in: bytes)
        case CSJ_FORBIDDEN_CHARACTER.rawValue:
            return finding("This string has a control character or a noncharacter.", at: Int(block.offender), in: bytes)
        case CSJ_TOO_MANY_NODES.rawValue:
            return MalformedJSON(line: 1, column: 1, reason: "The document has more than \(nodesMax) keys and values.")
        case CSJ_NO_MEMORY.rawValue:
            return MalformedJSON(line: 1, column: 1, reason: "The document is too large.")
        case let other:
            // Syntax, or too deep: the scanner reads the bytes again, slowly, and stops where they go wrong.
            var scanner = JSONScanner(bytes)
            if case .fault(let offset, let reason) = scanner.run(toNode: nil) {
                let place = JSONScanner.place(of: offset, in: bytes)
                return MalformedJSON(line: place.line, column: place.column, reason: reason)
            }
            let reason =
                other == CSJ_TOO_DEEP.rawValue ? "The document nests too deeply." : String(cString: block.reason)
            return MalformedJSON(line: 1, column: 1, reason: reason)
        }
    }

    private func finding(_ reason: String, at node: Int, in bytes: UnsafeRawBufferPointer) -> MalformedJSON {
        // A key may be what is forbidden; who is told of it could not read it either.
        let pointer = pointer(to: node).withoutForbiddenCharacters
        var finding = MalformedJSON(line: 1, column: 1, pointer: pointer, reason: reason)
        var scanner = JSONScanner(bytes)
        if case .node(let offset) = scanner.run(toNode: node) {
            (finding.line, finding.column) = JSONScanner.place(of: offset, in: bytes)
        }
        return finding
    }
}

extension JSONDocument {
    /// One node. Indices come from other nodes and from the root, so they are always inside the block.
    func node(_ index: Int) -> csj_node {
        block.nodes[index]
    }

    func utf8(_ node: csj_node) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: block.strings + Int(node.offset), count: Int(node.count))
    }

    func string(_ index: Int) -> String {
        String(decoding: utf8(node(index)), as: UTF8.self)
    }

    /// The RFC 6901 pointer to a node; a key's pointer is its member's.
    package func pointer(to target: Int) -> String {
        var pointer = ""
        for step in path(to: target) {
            switch step {
            case .member(let key): pointer = JSONPointer.appending(key, to: pointer)
            case .element(let index): pointer = JSONPointer.appending(index, to: pointer)
            }
        }
        return pointer
    }

    enum Step {
        case member(String)
        case element(Int)
    }

    /// The way from the root to a node, found from the root, because only errors ask for it.
    func path(to target: Int) -> [Step] {
        var steps: [Step] = []
        var index = 0
        while index != target {
            let parent = node(index)
            var child = index + 1
            if parent.kind == CSJ_OBJECT.rawValue {
                while Int(node(child + 1).end) <= target { child = Int(node(child + 1).end) }
                steps.append(.member(string(child)))
                if child == target { return steps }
                index = child + 1
            } else {
                var position = 0
                while Int(node(child).end) <= target {
                    child = Int(node(child).end)
                    position += 1
                }
                steps.append(.element(position))
                index = child
            }
        }
        return steps
    }
}

extension String {
    /// With U+FFFD for the characters that no string of ours has (decision 18).
    fileprivate var withoutForbiddenCharacters: String {
        func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
            switch scalar.value {
            case 0x09, 0x0A, 0x0D: false
            case 0..<0x20, 0xFFFE, 0xFFFF: true
            case _: false
            }
        }
        return String(String.UnicodeScalarView(unicodeScalars.map { isForbidden($0) ? "\u{FFFD}" : $0 }))
    }
}
