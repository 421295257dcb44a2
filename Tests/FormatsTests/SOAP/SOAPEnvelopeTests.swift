import Formats
import Testing

@Suite struct SOAPEnvelopeTests {
    private func open(_ text: String) throws -> (isEnveloped: Bool, body: XMLElement) {
        try SOAPEnvelope.open(try XMLDocument(parsing: text))
    }

    private static func envelope(_ inside: String, namespace: String = SOAPEnvelope.namespace) -> String {
        "<s:Envelope xmlns:s=\"\(namespace)\">\(inside)</s:Envelope>"
    }

    @Test func `a message is taken out of its envelope`() throws {
        let opened = try open(Self.envelope("<s:Header><x/></s:Header><s:Body>\n <order/> </s:Body>"))

        #expect(opened.isEnveloped)
        #expect(opened.body.name == "order")
    }

    @Test func `a bare message is taken as it stands`() throws {
        let opened = try open("<order><id/></order>")

        #expect(!opened.isEnveloped)
        #expect(opened.body.name == "order")
    }

    @Test func `what is wrapped is opened again`() throws {
        let bytes = SOAPEnvelope.wrap { $0.text("order", "A-1") }

        #expect(
            String(decoding: bytes, as: UTF8.self) == """
                <?xml version="1.0" encoding="UTF-8"?>
                <soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><order>A-1</order></soap:Body></soap:Envelope>
                """
        )
        #expect(try SOAPEnvelope.open(try XMLDocument(parsing: bytes)).body.text == "A-1")
    }

    @Test(arguments: [
        (envelope(""), SOAPProblem.Kind.noBody), (envelope("<Body><a/></Body>"), .noBody),
        (envelope("<s:Body/>"), .emptyBody),
        (envelope("<s:Body>text</s:Body>"), .emptyBody), (envelope("<s:Body><a/><b/></s:Body>"), .severalBodyChildren),
        (envelope("<s:Body><a/></s:Body><s:Body><b/></s:Body>"), .severalBodies),
        (
            envelope("<s:Body><a/></s:Body>", namespace: "http://www.w3.org/2003/05/soap-envelope"),
            .wrongEnvelopeNamespace(found: "http://www.w3.org/2003/05/soap-envelope")
        ),
        ("<Envelope><Body><a/></Body></Envelope>", .wrongEnvelopeNamespace(found: nil)),
        (
            envelope("<s:Header><sec s:mustUnderstand='1'/></s:Header><s:Body><a/></s:Body>"),
            .headerNotUnderstood(name: "sec")
        ),
    ])
    func `what is wrong with an envelope has a name of its own`(text: String, kind: SOAPProblem.Kind) {
        let problem = #expect(throws: SOAPProblem.self) { try open(text) }

        #expect(problem?.kind == kind)
        #expect(problem?.message.isEmpty == false)
    }

    @Test(arguments: ["urn:audit", "http://schemas.xmlsoap.org/soap/actor/nextone", "  urn:audit  "])
    func `a header for another actor is passed over`(actor: String) throws {
        let header = "<s:Header><sec s:mustUnderstand='1' s:actor='\(actor)'/></s:Header>"

        #expect(try open(Self.envelope(header + "<s:Body><a/></s:Body>")).body.name == "a")
    }

    @Test(arguments: [
        "", " s:actor=''", " s:actor='http://schemas.xmlsoap.org/soap/actor/next'", " actor='urn:audit'",
        " s:actor=' http://schemas.xmlsoap.org/soap/actor/next '",
    ])
    func `a header for the next actor, or for none, is ours`(actor: String) {
        let header = "<s:Header><sec s:mustUnderstand='1'\(actor)/></s:Header>"

        let problem = #expect(throws: SOAPProblem.self) { try open(Self.envelope(header + "<s:Body><a/></s:Body>")) }

        #expect(problem?.faultCode == .mustUnderstand)
    }

    @Test func `one header of another actor does not excuse one of ours`() {
        let headers = "<x s:mustUnderstand='1' s:actor='urn:a'/><sec s:mustUnderstand='1'/>"

        let problem = #expect(throws: SOAPProblem.self) {
            try open(Self.envelope("<s:Header>\(headers)</s:Header><s:Body><a/></s:Body>"))
        }

        #expect(problem?.kind == .headerNotUnderstood(name: "sec"))
    }

    @Test func `a header that may be ignored is`() throws {
        let opened = try open(
            Self.envelope("<s:Header><x s:mustUnderstand='0' mustUnderstand='1'/></s:Header><s:Body><a/></s:Body>")
        )

        #expect(opened.body.name == "a")
    }

    @Test func `SOAP 1_2 is told that it is SOAP 1_2`() {
        let problem = SOAPProblem(
            kind: .wrongEnvelopeNamespace(found: "http://www.w3.org/2003/05/soap-envelope"),
            line: 1
        )

        #expect(problem.message.contains("SOAP 1.2"))
    }

    @Test func `a fault is written in these bytes and read back`() throws {
        let fault = SOAPFault(
            .client,
            "Not <valid>",
            validationErrors: [.init(line: 3, column: 7, message: "id: missing")]
        )

        #expect(
            String(decoding: fault.document, as: UTF8.self) == """
                <?xml version="1.0" encoding="UTF-8"?>
                <soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><soap:Fault>\
                <faultcode>soap:Client</faultcode><faultstring>Not &lt;valid&gt;</faultstring><detail><validationError>\
                <line>3</line><column>7</column><message>id: missing</message></validationError></detail></soap:Fault>\
                </soap:Body></soap:Envelope>
                """
        )
        let read = try SOAPEnvelope.open(try XMLDocument(parsing: fault.document)).body
        #expect(SOAPFault(read) == fault)
    }

    @Test(arguments: [
        ("soap:Client.Authentication", SOAPFault.Code.client), ("Server", .server), ("x:Odd", .server), ("", .server),
        ("e:VersionMismatch", .versionMismatch),
    ])
    func `a foreign fault is read leniently`(text: String, code: SOAPFault.Code) throws {
        let inside = "<s:Body><s:Fault><faultcode>\(text)</faultcode></s:Fault></s:Body>"

        #expect(SOAPFault(try open(Self.envelope(inside)).body)?.code == code)
    }

    @Test func `what is no fault is not read as one`() throws {
        #expect(SOAPFault(try open("<Fault/>").body) == nil)
    }
}
