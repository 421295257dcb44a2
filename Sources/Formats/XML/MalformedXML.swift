/// Why bytes are not an XML document that we take, and where.
package struct MalformedXML: Error, Equatable, Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        case empty
        /// Any document type declaration: it is what entity bombs and external entities are made of.
        case doctype
        case tooDeep
        case notWellFormed
        case nul
        /// It does not even begin like XML.
        case notXML
        /// Elements and attributes together, or the attributes of one element.
        case tooManyNodes
        /// An encoding that we do not read.
        case encoding
    }

    /// The names of a start tag and of the end tag that should have closed it, without prefixes.
    package struct MismatchedTag: Equatable, Sendable {
        package var open: String
        package var close: String

        package init(open: String, close: String) {
            self.open = open
            self.close = close
        }
    }

    package var kind: Kind
    /// From 1.
    package var line: Int
    /// From 1.
    package var column: Int
    package var reason: String
    /// Only if an end tag of another name is what broke the document.
    package var mismatchedTag: MismatchedTag?

    package init(kind: Kind, line: Int = 1, column: Int = 1, reason: String, mismatchedTag: MismatchedTag? = nil) {
        self.kind = kind
        self.line = line
        self.column = column
        self.reason = reason
        self.mismatchedTag = mismatchedTag
    }
}

extension MalformedXML: CustomStringConvertible {
    package var description: String { "line \(line), column \(column): \(reason)" }
}
