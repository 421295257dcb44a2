/// SOAP 1.1's envelope, as far as our contracts use it: one body child, no headers that must be understood here.
package enum SOAPEnvelope {
    package static let namespace = "http://schemas.xmlsoap.org/soap/envelope/"
    /// The actor of a header that is for whichever program gets the message next: here, for us.
    static let nextActor = "http://schemas.xmlsoap.org/soap/actor/next"

    /// A schema that the published ticketing XSD imports and never uses, for ``XMLSchema/init(compiling:imports:)``.
    package static let emptySchema: [UInt8] = Array(
        """
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" \
        targetNamespace="http://schemas.xmlsoap.org/soap/envelope/"/>
        """.utf8
    )

    /// Takes a message out of its envelope, or as it stands: peers send both.
    package static func open(
        _ document: XMLDocument
    ) throws(SOAPProblem) -> (isEnveloped: Bool, body: XMLElement) {
        let root = document.root
        guard root.name == "Envelope" else { return (false, root) }
        guard root.namespace == namespace else {
            throw SOAPProblem(.wrongEnvelopeNamespace(found: root.namespace), at: root)
        }
        let bodies = root.all("Body", namespace: namespace)
        guard let body = bodies.first else { throw SOAPProblem(.noBody, at: root) }
        if bodies.count > 1 { throw SOAPProblem(.severalBodies, at: bodies[1]) }
        try checkHeaders(of: root)
        let contents = Array(body.children)
        guard let content = contents.first else { throw SOAPProblem(.emptyBody, at: body) }
        if contents.count > 1 { throw SOAPProblem(.severalBodyChildren, at: contents[1]) }
        return (true, content)
    }

    /// A whole document: what `body` writes, in an envelope.
    package static func wrap(_ body: (inout XMLWriter) -> Void) -> [UInt8] {
        XMLWriter.document { writer in
            writer.element("soap:Envelope", attributes: ["xmlns:soap": namespace]) { envelope in
                envelope.element("soap:Body", body)
            }
        }
    }

    /// SOAP 1.1 §4.2: a header without an actor is for who gets the message at last, one for `next` is for who gets it next,
    /// and both are us. One for any other actor is passed over. What is for us, unknown, and must be understood is refused.
    private static func checkHeaders(of envelope: XMLElement) throws(SOAPProblem) {
        for header in envelope.all("Header", namespace: namespace) {
            for entry in header.children where isOurs(entry) {
                let mustUnderstand = entry.attribute("mustUnderstand", namespace: namespace)?.trimmedXMLSpace
                if mustUnderstand == "1" || mustUnderstand == "true" {
                    throw SOAPProblem(.headerNotUnderstood(name: entry.name), at: entry)
                }
            }
        }
    }

    private static func isOurs(_ header: XMLElement) -> Bool {
        let actor = header.attribute("actor", namespace: namespace)?.trimmedXMLSpace ?? ""
        return actor.isEmpty || actor == nextActor
    }
}

/// Why well-formed XML is not a SOAP message that we take.
package struct SOAPProblem: Error, Equatable, Sendable {
    package enum Kind: Equatable, Sendable {
        case wrongEnvelopeNamespace(found: String?)
        case noBody
        case severalBodies
        case emptyBody
        case severalBodyChildren
        case headerNotUnderstood(name: String)
    }

    package var kind: Kind
    package var line: Int

    package init(kind: Kind, line: Int) {
        self.kind = kind
        self.line = line
    }

    init(_ kind: Kind, at element: XMLElement) {
        self.init(kind: kind, line: element.line)
    }

    /// The code of the fault that SOAP 1.1 §4.4.1 has for it; `nil`: the contract's own answer says it.
    package var faultCode: SOAPFault.Code? {
        switch kind {
        case .wrongEnvelopeNamespace: .versionMismatch
        case .headerNotUnderstood: .mustUnderstand
        case .noBody, .severalBodies, .emptyBody, .severalBodyChildren: nil
        }
    }

    package var message: String {
        switch kind {
        case .wrongEnvelopeNamespace(.some("http://www.w3.org/2003/05/soap-envelope")):
            "This is a SOAP 1.2 envelope; SOAP 1.1 is spoken here (\(SOAPEnvelope.namespace))."
        case .wrongEnvelopeNamespace: "The envelope is not in SOAP 1.1's namespace, \(SOAPEnvelope.namespace)."
        case .noBody: "The envelope has no Body."
        case .severalBodies: "The envelope has more than one Body."
        case .emptyBody: "The Body is empty."
        case .severalBodyChildren: "The Body has more than one child."
        case .headerNotUnderstood(let name): "The header \(name) must be understood and is not."
        }
    }
}
