import Formats

/// What must hold of any bytes that are read.
enum Promises {
    private static let schemas = try? TicketingSchemas()

    static func ofXML(_ bytes: UnsafeRawBufferPointer) {
        let limits = XMLLimits()
        let document: XMLDocument
        do {
            document = try XMLDocument(parsing: bytes, limits: limits)
        } catch {
            return keep(
                error.line > 0 && error.column > 0 && !error.reason.isEmpty,
                "a refusal has a place and a reason"
            )
        }
        var nodes = 0
        let text = canonical(document.root, depth: 1, nodes: &nodes, limits)
        keep(nodes <= limits.nodesMax, "no more nodes than are allowed")
        let written = XMLWriter.document { write(document.root, to: &$0) }
        let again = try? XMLDocument(parsing: written)
        var others = 0
        keep(
            again.map { canonical($0.root, depth: 1, nodes: &others, limits) } == text,
            "what was read is written and read again alike"
        )
        validate((try? SOAPEnvelope.open(document).body) ?? document.root)
    }

    private static func validate(_ element: XMLElement) {
        guard let schemas else { return keep(false, "the schemas compile") }
        let published = element.validate(schemas.faultReport)
        let compat = element.validate(schemas.compat)
        _ = element.validate(schemas.appointments)
        _ = SOAPFault(element)
        // what the published schema takes of a notification or a receipt, the lenient one takes too.
        keep(!published.isEmpty || compat.isEmpty, "the lenient schema takes what the published one takes")
    }

    static func ofJSON(_ bytes: [UInt8]) {
        do {
            let document = try JSONDocument(parsing: bytes)
            var nodes = 0
            look(at: document.root, depth: 1, nodes: &nodes)
            keep(nodes <= JSONDocument.nodesMax, "no more JSON nodes than are allowed")
            let spelling = CanonicalJSON.bytes(of: document, source: bytes)
            keep(!spelling.isEmpty, "every value has a canonical spelling")
            let spaced = [0x20] + bytes + [0x0A]
            let again = (try? JSONDocument(parsing: spaced)).map { CanonicalJSON.bytes(of: $0, source: spaced) }
            keep(again == spelling, "space around a value changes nothing of its canonical spelling")
        } catch {
            keep(!error.description.isEmpty, "a refusal has a reason")
        }
    }

    static func ofRPCRequest(_ bytes: [UInt8]) {
        do {
            let request = try RPCRequest(parsing: bytes)
            keep(!request.method.isEmpty, "a request has a method")
            let reply = RPCReply.success(request.id)
            keep((try? JSONDocument(parsing: reply)) != nil, "a reply is JSON")
        } catch {
            keep((try? JSONDocument(parsing: RPCReply.failure(error))) != nil, "a refusal is JSON")
        }
    }

    private static func look(at value: JSONValue, depth: Int, nodes: inout Int) {
        nodes += 1
        keep(depth <= JSONDocument.depthMax + 1, "no deeper than is allowed")
        _ = value.string?.utf8.count
        _ = (value.integer, value.unsignedInteger, value.double, value.bool, value.pointer.utf8.count)
        for element in value.elements { look(at: element, depth: depth + 1, nodes: &nodes) }
        for (key, member) in value.members {
            nodes += 1
            keep(value[key] != nil, "a member is found by its key")
            look(at: member, depth: depth + 1, nodes: &nodes)
        }
    }

    /// Names, namespaces aside, and text; without space around it, for it may stand between elements.
    private static func canonical(_ element: XMLElement, depth: Int, nodes: inout Int, _ limits: XMLLimits) -> String {
        nodes += 1
        keep(depth <= limits.depthMax, "no deeper than is allowed")
        var text = "<\(element.name)>\(element.trimmedText)"
        for child in element.children { text += canonical(child, depth: depth + 1, nodes: &nodes, limits) }
        return text + "</>"
    }

    private static func write(_ element: XMLElement, to xml: inout XMLWriter) {
        xml.element(element.name) { xml in
            xml.characters(element.text)
            for child in element.children { write(child, to: &xml) }
        }
    }

    /// Stops the run where a promise is broken: libFuzzer keeps the bytes.
    static func keep(_ holds: Bool, _ promise: StaticString) {
        guard !holds else { return }
        fatalError("broken: \(promise)")
    }
}
