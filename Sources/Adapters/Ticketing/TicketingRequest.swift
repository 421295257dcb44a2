import Domain
import FoundationEssentials
import Formats

/// A message as it came: XML, and out of its envelope.
struct TicketingRequest {
    let isEnveloped: Bool
    let element: XMLElement

    init(_ bytes: [UInt8], brokenXMLStatus: Int) throws(TicketingProblem) {
        let document: XMLDocument
        do {
            document = try XMLDocument(parsing: bytes)
        } catch {
            throw TicketingProblem(error, status: brokenXMLStatus)
        }
        do {
            (isEnveloped, element) = try SOAPEnvelope.open(document)
        } catch {
            throw TicketingProblem(error)
        }
    }

    /// Which operation it asks for, once it is valid.
    ///
    /// - Parameter expected: what the path names; `nil` where the root decides (decision 26).
    func operation(
        expected: TicketingOperation?,
        schemas: TicketingSchemas
    ) throws(TicketingProblem) -> TicketingOperation {
        guard let operation = expected ?? TicketingOperation.named(root: element) else {
            let space = element.namespace.map { " in the namespace \($0)" } ?? ""
            throw TicketingProblem(
                status: 400,
                element.name,
                "no operation has this root element\(space)",
                line: element.line
            )
        }
        guard expected == nil || element.isNamed(operation.root) && element.namespace == operation.namespace else {
            let space = operation.namespace.map { " in the namespace \($0)" } ?? " in no namespace"
            throw TicketingProblem(status: 400, element.name, "expected \(operation.root)\(space)", line: element.line)
        }
        let problems = element.validate(operation.schema(of: schemas, in: BuyerTerms.TicketNamespace(of: element)))
        guard problems.isEmpty else { throw TicketingProblem(invalid: problems) }
        return operation
    }

    /// Whether bytes that could not be understood begin as an envelope, so that the answer comes in one (decision 33).
    static func beginsAsEnvelope(_ bytes: [UInt8]) -> Bool {
        let head = String(decoding: bytes.prefix(1_024), as: UTF8.self)
        return head.contains(SOAPEnvelope.namespace) || head.contains(":Envelope") || head.contains("<Envelope")
    }

    /// The hash of what it says, `sentAt`, the order of fields and the space that XML collapses aside: a resend of the
    /// same (G-143, decision 32).
    var contentHash: String { hash(\.collapsedText) }

    /// The same as 0.1.0 stored it, which trimmed values only.
    var earlierContentHash: String { hash(\.trimmedText) }

    private func hash(_ value: (XMLElement) -> String) -> String {
        var text: [UInt8] = []
        Self.write(element, value, to: &text)
        return Hex.sha256(text)
    }

    /// `<name>text` of an element without children, `<name>…</>` around the sorted children of another. A `<` in a text
    /// is doubled, so that no text looks like an element.
    private static func write(_ element: XMLElement, _ value: (XMLElement) -> String, to text: inout [UInt8]) {
        let mark = UInt8(ascii: "<")
        text.append(mark)
        text.append(contentsOf: element.name.utf8)
        text.append(UInt8(ascii: ">"))
        let children = element.children.filter { !$0.isNamed("sentAt") }
        guard !children.isEmpty else {
            for byte in value(element).utf8 {
                text.append(byte)
                if byte == mark { text.append(byte) }
            }
            return
        }
        // Stable: what may repeat keeps its order.
        let named = children.enumerated().map { (name: $0.element.name, place: $0.offset, element: $0.element) }
        for child in named.sorted(by: { ($0.name, $0.place) < ($1.name, $1.place) }) {
            write(child.element, value, to: &text)
        }
        text.append(contentsOf: "</>".utf8)
    }
}
