import CLibXML2

/// A parsed XML document. Comments and processing instructions are gone, CDATA is text, there are no entities.
///
/// `@unchecked Sendable` because it wraps a libxml2 tree that is only read after `init` and is freed with the last
/// reference; every ``XMLElement`` holds one. Validation, which libxml2 does not promise to be only reading, takes a lock
/// inside CLibXML2.
package final class XMLDocument: @unchecked Sendable {
    private struct Tree {
        let document: OpaquePointer
        let root: OpaquePointer
    }

    private let tree: Tree

    private init(_ tree: Tree) {
        self.tree = tree
    }

    deinit {
        cxml_document_free(tree.document)
    }

    package convenience init(
        parsing bytes: UnsafeRawBufferPointer,
        limits: XMLLimits = XMLLimits()
    ) throws(MalformedXML) {
        self.init(try Self.read(bytes, limits).get())
    }

    package convenience init(parsing bytes: [UInt8], limits: XMLLimits = XMLLimits()) throws(MalformedXML) {
        self.init(try bytes.withUnsafeBytes { Self.read($0, limits) }.get())
    }

    package convenience init(parsing text: String, limits: XMLLimits = XMLLimits()) throws(MalformedXML) {
        try self.init(parsing: Array(text.utf8), limits: limits)
    }

    package var root: XMLElement {
        XMLElement(document: self, node: tree.root)
    }

    /// Each problem with the element that it is about; the element itself where libxml2 names none.
    func validate(
        _ node: OpaquePointer,
        against schema: OpaquePointer
    ) -> [(problem: XMLProblem, node: OpaquePointer)] {
        var found = cxml_problems()
        defer { cxml_problems_free(found) }
        let outcome = cxml_validate(schema, tree.document, node, &found)
        let items = UnsafeBufferPointer(start: found.items, count: Int(found.count))
        var problems = zip(XMLProblem.all(in: found), items).map { (problem: $0, node: $1.node ?? node) }
        if outcome != 0, problems.isEmpty {
            let problem = XMLProblem(line: Int(cxml_line(node)), message: "The element could not be checked.")
            problems.append((problem, node))
        }
        return problems
    }

    private static func read(_ bytes: UnsafeRawBufferPointer, _ limits: XMLLimits) -> Result<Tree, MalformedXML> {
        do {
            try XMLPrescan.check(bytes, limits: limits)
        } catch {
            return .failure(error)
        }
        let parsed = cxml_parse(
            bytes.baseAddress?.assumingMemoryBound(to: UInt8.self),
            bytes.count,
            cxml_limits(limits)
        )
        defer { cxml_parsed_free(parsed) }
        guard let document = parsed.document else { return .failure(MalformedXML(parsed, limits)) }
        guard let root = cxml_root(document) else {
            cxml_document_free(document)
            return .failure(MalformedXML(kind: .empty, reason: "There is no element."))
        }
        return .success(Tree(document: document, root: root))
    }
}

extension cxml_limits {
    fileprivate init(_ limits: XMLLimits) {
        self.init(
            depth_max: Int32(clamping: limits.depthMax),
            nodes_max: Int32(clamping: limits.nodesMax),
            attributes_max: Int32(clamping: limits.attributesMax)
        )
    }
}

extension MalformedXML {
    fileprivate init(_ parsed: cxml_parsed, _ limits: XMLLimits) {
        var mismatchedTag: MismatchedTag?
        if let opened = parsed.opened, let closed = parsed.closed {
            mismatchedTag = MismatchedTag(open: String(cString: opened), close: String(cString: closed))
        }
        let (kind, reason): (Kind, String) =
            switch parsed.verdict {
            case CXML_DOCTYPE: (.doctype, "A document type declaration is not allowed.")
            case CXML_TOO_DEEP: (.tooDeep, "Elements nest deeper than \(limits.depthMax).")
            case CXML_TOO_MANY_NODES: (.tooManyNodes, "There are more elements and attributes than are allowed.")
            case CXML_NO_MEMORY: (.tooManyNodes, "The document is too large.")
            case _: (.notWellFormed, parsed.reason.map { String(cString: $0).trimmedXMLSpace } ?? "Not well-formed.")
            }
        self.init(
            kind: kind,
            line: max(1, Int(parsed.line)),
            column: max(1, Int(parsed.column)),
            reason: reason,
            mismatchedTag: mismatchedTag
        )
    }
}
