import Domain
import Formats
import Foundation
import HTTPTypes
import Testing

@testable import Adapters

@Suite struct TicketingWSDLTests {
    private static let wsdl = "http://schemas.xmlsoap.org/wsdl/"
    private static let soap = "http://schemas.xmlsoap.org/wsdl/soap/"

    private func definitions(_ text: String = TicketingWSDL(address: "https://h/prod/api2").text) throws -> XMLElement {
        try XMLDocument(parsing: text).root
    }

    @Test(arguments: ["/prod/api2?wsdl", "/prod/api2?WSDL"])
    func `the WSDL is served, with the address that it was asked at`(path: String) async throws {
        try await withTicketing { bench in
            let reply = try await bench.get(path)
            let service = try #require(try definitions(reply.text).first("service", namespace: Self.wsdl))
            let port = try #require(service.first("port", namespace: Self.wsdl))
            let address = port.first("address", namespace: Self.soap)?.attribute("location")
            #expect(reply.status == 200)
            #expect(reply.contentType == "text/xml; charset=utf-8")
            #expect(address?.hasPrefix("https://") == true)
            #expect(address?.hasSuffix("/prod/api2") == true)
        }
    }

    @Test(arguments: ["exchange.invalid", "exchange.invalid:8443", "192.0.2.7:443", "[2001:db8::1]:443"])
    func `a client goes where its WSDL came from`(host: String) {
        #expect(Ticketing.address(host: host) == "https://" + host)
    }

    @Test(
        arguments: [
            nil, "", "a/b", "user@host", "a\"b", "a<b", "a b", "a?b", String(repeating: "a", count: 300),
        ] as [String?]
    )
    func `a host that could be no host is not repeated`(host: String?) {
        #expect(Ticketing.address(host: host) == nil)
    }

    @Test func `what is no request for the WSDL is told where it is`() async throws {
        try await withTicketing { bench in
            let reply = try await bench.get("/prod/api2")
            #expect(reply.status == 405)
            #expect(reply.text.contains("?wsdl"))
        }
    }

    @Test(arguments: TicketingOperation.allCases)
    func `every operation is offered and bound, with the elements that are spoken`(operation: TicketingOperation) throws
    {
        let root = try definitions()
        let portType = try #require(root.first("portType"))
        let binding = try #require(root.first("binding", namespace: Self.wsdl))
        let offered = try #require(portType.all("operation").first { $0.attribute("name") == operation.rawValue })
        let bound = try #require(binding.all("operation").first { $0.attribute("name") == operation.rawValue })
        let messages = root.all("message")
        func element(_ part: String) -> String? {
            let name = offered.first(part)?.attribute("message")?.dropFirst("tns:".count)
            let message = messages.first { $0.attribute("name") == name.map(String.init) }
            return message?.first("part")?.attribute("element")
        }
        let prefix = operation.isAppointment ? "nicc:" : "tns:"
        #expect(element("input") == prefix + operation.root)
        #expect(element("output") == prefix + operation.answer)
        #expect(element("fault") == (operation.isAppointment ? "tns:validationError" : nil))
        #expect(bound.first("operation", namespace: Self.soap)?.attribute("soapAction") == "")
        #expect(bound.first("fault")?.attribute("name") == (operation.isAppointment ? "validationError" : nil))
    }

    @Test func `it is one file, whose schemas find each other in it`() throws {
        let types = try #require(try definitions().first("types", namespace: Self.wsdl))
        let schemas = types.children.map { $0.attribute("targetNamespace") }
        #expect(
            schemas == [TicketingWSDL.namespace, TicketingSchemas.cfhNamespace, TicketingSchemas.niccNamespace]
        )
        #expect(!TicketingWSDL(address: "https://h").text.contains("schemaLocation"))
    }

    @Test func `a generator makes setters of a contact`() throws {
        let schema = try #require(try definitions().first("types")?.first("schema"))
        let contact = try #require(schema.all("complexType").first { $0.attribute("name") == "Contact" })
        let members = contact.first("all")?.children.map { $0.attribute("name") }
        #expect(members == ["name", "phone", "email"])
    }

    @Test(arguments: ["wsdl=files", "WSDL=Files"])
    func `by reference it names the documents beside it`(query: String) async throws {
        try await withTicketing { bench in
            let reply = try await bench.get("/prod/api2?\(query)")
            let named = reply.text.matches(of: /schemaLocation="api2\/([^"]+)"/).map { String($0.1) }
            #expect(reply.status == 200)
            #expect(named == ["ticketing-wsdl.xsd", "appointments.xsd"])
        }
    }

    @Test func `the callback's WSDL has the buyer's own address, the notification and its acknowledgement`()
        async throws
    {
        try await withTicketing { bench in
            let reply = try await bench.get("/prod/api2?wsdl=callback")
            let root = try definitions(reply.text)
            let address = root.first("service")?.first("port")?.first("address")?.attribute("location")
            let parts = root.all("message").compactMap { $0.first("part")?.attribute("element") }
            #expect(reply.status == 200)
            #expect(address == "https://buyer.invalid/notifications")
            #expect(parts == ["tns:notifyFaultReportUpdate", "tns:receivedNotifyFaultReportUpdate"])
        }
    }

    @Test func `another WSDL than these is told where they are`() async throws {
        try await withTicketing { bench in
            let reply = try await bench.get("/prod/api2?wsdl=2")
            #expect(reply.status == 404)
            #expect(reply.text.contains("?wsdl=callback"))
        }
    }

    @Test func `the schema documents that it names are served beside it, and are sound`() async throws {
        try await withTicketing { bench in
            var served: [String: [UInt8]] = [:]
            for name in [
                "faultReport.txt", "faultReport.compat.xsd", "ticketing.xsd", "ticketing-wsdl.xsd", "appointments.xsd",
                "appointments-extension.xsd",
            ] {
                let reply = try await bench.get("/prod/api2/\(name)")
                #expect(reply.status == 200)
                served[name] = Array(reply.text.utf8)
            }
            for bytes in served.values { _ = try XMLSchema(compiling: bytes, imports: served) }
        }
    }

    @Test func `a fault's detail is valid by the schema of messages without a namespace`() throws {
        let schema = try XMLSchema(
            compiling: Array(TicketingSchemas.ticketingText.utf8),
            imports: ["faultReport.txt": Array(TicketingSchemas.faultReportText.utf8)]
        )
        let fault = SOAPFault(
            .client,
            "wrong",
            validationErrors: [.init(line: 7, column: 0, message: "productName: missing")]
        )
        let element = try SOAPEnvelope.open(XMLDocument(parsing: fault.document)).body
        let detail = try #require(element.first("detail")?.children.first)
        #expect(detail.validate(schema) == [])
    }

    @Test func `schema and change log have their published names`() async throws {
        try await withTicketing { bench in
            let schema = try await bench.get("/prod/api2/faultReport.txt")
            let log = try await bench.get("/prod/api2/changeLog.txt")
            #expect(schema.status == 200)
            #expect(!schema.text.contains("xs:import"))
            _ = try XMLSchema(compiling: Array(schema.text.utf8))
            #expect(log.status == 200)
        }
    }

    /// Every ticket message that we write, in the WSDL's form: valid by its schema, and then by the one that it is taken by.
    @Test(arguments: GoldenMessage.all.filter { $0.takenBy.contains(.compat) }.map(\.name))
    func `a ticket message with its root in the namespace is what the WSDL describes, and is taken`(name: String) throws
    {
        let schemas = try TicketingSchemas()
        let wsdl = try XMLSchema(compiling: Array(TicketingSchemas.wsdlText.utf8))
        let element = try XMLDocument(parsing: Samples.inWSDLNamespace(GoldenFile(name: name).text)).root
        #expect(element.validate(wsdl) == [])
        #expect(element.validate(schemas.compat(in: .wsdl)) == [])
    }

    @Test func `what is refused without a namespace is refused in the WSDL's too`() throws {
        let schemas = try TicketingSchemas()
        let wrong = Samples.add(extra: "<priorityLevel>high</priorityLevel>")
        let element = try XMLDocument(parsing: Samples.inWSDLNamespace(wrong)).root
        #expect(!element.validate(schemas.faultReport(in: .wsdl)).isEmpty)
    }
}
