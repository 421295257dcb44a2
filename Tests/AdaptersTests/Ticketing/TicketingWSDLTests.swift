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
        let prefix = operation.isAppointment ? "nicc:" : ""
        #expect(element("input") == prefix + operation.root)
        #expect(element("output") == prefix + operation.answer)
        #expect(element("fault") == (operation.isAppointment ? "validationError" : nil))
        #expect(bound.first("operation", namespace: Self.soap)?.attribute("soapAction") == "")
        #expect(bound.first("fault")?.attribute("name") == (operation.isAppointment ? "validationError" : nil))
    }

    /// No default namespace may reach a part, or its unprefixed element would be in it.
    @Test func `an unprefixed element is in no namespace`() {
        #expect(!TicketingWSDL(address: "https://h").text.contains("xmlns=\""))
    }

    @Test func `the schema documents that it names are served beside it, and are sound`() async throws {
        try await withTicketing { bench in
            var served: [String: [UInt8]] = [:]
            for name in ["faultReport.txt", "ticketing.xsd", "appointments.xsd", "appointments-extension.xsd"] {
                let reply = try await bench.get("/prod/api2/\(name)")
                #expect(reply.status == 200)
                served[name] = Array(reply.text.utf8)
            }
            let text = TicketingWSDL(address: "https://h").text
            let named = text.matches(of: /schemaLocation="api2\/([^"]+)"/).map { String($0.1) }
            #expect(named == ["ticketing.xsd", "appointments.xsd"])
            for name in named {
                _ = try XMLSchema(compiling: served[name] ?? [], imports: served)
            }
        }
    }

    @Test func `a fault's detail is valid by the schema that the WSDL names`() throws {
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

    @Test func `a report in an envelope is 201 at its own path, and 200 at the one address`() async throws {
        try await withTicketing { bench in
            let own = try await bench.call("addFaultReport", Samples.enveloped(Samples.add()))
            let one = try await bench.post(
                "/prod/api2",
                Samples.enveloped(Samples.add(reference: "HT-2", messageID: "m-2"))
            )
            let bare = try await bench.post("/prod/api2", Samples.add(reference: "HT-3", messageID: "m-3"))
            #expect(own.status == 201)
            #expect(one.status == 200)
            #expect(bare.status == 201)
        }
    }
}
