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
        guard element.isNamed(operation.root), element.namespace == operation.namespace else {
            let space = operation.namespace.map { " in the namespace \($0)" } ?? " in no namespace"
            throw TicketingProblem(status: 400, element.name, "expected \(operation.root)\(space)", line: element.line)
        }
        let problems = element.validate(operation.schema(of: schemas))
        guard problems.isEmpty else { throw TicketingProblem(invalid: problems) }
        return operation
    }

    /// Whether bytes that could not be understood begin as an envelope, so that the answer comes in one (decision 33).
    static func beginsAsEnvelope(_ bytes: [UInt8]) -> Bool {
        let head = String(decoding: bytes.prefix(1_024), as: UTF8.self)
        return head.contains(SOAPEnvelope.namespace) || head.contains(":Envelope") || head.contains("<Envelope")
    }

    /// The hash of what it says, `sentAt` and the order of fields aside: a resend of the same (G-143, decision 32).
    var contentHash: String { Hex.sha256(Array(Self.canonical(element).utf8)) }

    private static func canonical(_ element: XMLElement) -> String {
        let children = element.children.filter { !$0.isNamed("sentAt") }
        guard !children.isEmpty else { return "<\(element.name)>\(element.trimmedText.escaped)" }
        // Stable: what may repeat keeps its order.
        let sorted = children.enumerated().sorted { ($0.element.name, $0.offset) < ($1.element.name, $1.offset) }
        return "<\(element.name)>" + sorted.map { canonical($0.element) }.joined() + "</>"
    }
}

extension String {
    fileprivate var escaped: String { split(separator: "<", omittingEmptySubsequences: false).joined(separator: "<<") }
}
