import Formats

/// The Ticketing API's WSDL 1.1, from which a SOAP stack generates a client: document/literal over SOAP 1.1, one port
/// (decision 26), the six operations of ``TicketingOperation``.
///
/// The ticket messages are in the WSDL's namespace here, with children in none; at the one address they are taken like the
/// published ones and answered in kind. WS-I Basic Profile 1.1 but for what docs/adr/0025 names.
struct TicketingWSDL {
    /// Where the schemas are: in the document, so that one file is all that a generator needs, or beside it.
    enum Schemas { case inline, files }

    /// Of the one port, where the root element decides: `https://HOST/prod/api2`.
    let address: String
    var schemas = Schemas.inline

    static let namespace = "urn:patchbay:ticketing:1.0"

    /// The whole document. Locations are relative to `/prod/api2?wsdl`, so they begin with the folder's own name.
    var text: String {
        let operations = TicketingOperation.allCases
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <wsdl:definitions name="Ticketing" targetNamespace="\(Self.namespace)" xmlns:tns="\(Self.namespace)"
                xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/"
                xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:nicc="\(TicketingSchemas.niccNamespace)">
                <wsdl:documentation>\(Self.purpose)</wsdl:documentation>
                <wsdl:types>
            \(types)
                </wsdl:types>

            \(operations.map(Self.messages).joined(separator: "\n"))
                <wsdl:message name="validationError">
                    <wsdl:part name="detail" element="tns:validationError"/>
                </wsdl:message>

                <wsdl:portType name="Ticketing">
            \(operations.map(Self.offer).joined(separator: "\n"))
                </wsdl:portType>

                <wsdl:binding name="Ticketing" type="tns:Ticketing">
                    <soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>
            \(operations.map(Self.binding).joined(separator: "\n"))
                </wsdl:binding>

                <wsdl:service name="Ticketing">
                    <wsdl:port name="Ticketing" binding="tns:Ticketing">
                        <soap:address location="\(WSDLText.escaped(address))"/>
                    </wsdl:port>
                </wsdl:service>
            </wsdl:definitions>

            """
    }

    private var types: String {
        switch schemas {
        case .inline:
            ([TicketingSchemas.wsdlFragment] + TicketingSchemas.appointmentsFragments).joined(separator: "\n")
        case .files:
            """
                    <xs:schema>
                        <xs:import namespace="\(Self.namespace)" schemaLocation="api2/\(TicketingSchemas.wsdlFile)"/>
                        <xs:import namespace="\(TicketingSchemas.niccNamespace)" schemaLocation="api2/\(TicketingSchemas.appointmentsFile)"/>
                    </xs:schema>
            """
        }
    }

    private static let purpose = """
        Fault tickets and repair appointments of a network operator, over mutual TLS. The messages about tickets are in this \
        document's namespace, their children in none; those about appointments are in the NICC namespace. A message is \
        answered in an envelope at 200: a refused ticket message too, whose responseCode is 4xx. SOAPAction is empty, and \
        ignored. Notifications come as ?wsdl=callback describes them.
        """

    private static func messages(of operation: TicketingOperation) -> String {
        let prefix = operation.isAppointment ? "nicc:" : "tns:"
        return """
                <wsdl:message name="\(operation.root)">
                    <wsdl:part name="body" element="\(prefix)\(operation.root)"/>
                </wsdl:message>
                <wsdl:message name="\(operation.answer)">
                    <wsdl:part name="body" element="\(prefix)\(operation.answer)"/>
                </wsdl:message>
            """
    }

    private static func offer(_ operation: TicketingOperation) -> String {
        let fault = """

                        <wsdl:fault name="validationError" message="tns:validationError"/>
            """
        return """
                    <wsdl:operation name="\(operation.rawValue)">
                        <wsdl:documentation>\(explanation(of: operation))</wsdl:documentation>
                        <wsdl:input message="tns:\(operation.root)"/>
                        <wsdl:output message="tns:\(operation.answer)"/>\(operation.isAppointment ? fault : "")
                    </wsdl:operation>
            """
    }

    private static func binding(of operation: TicketingOperation) -> String {
        let fault = """

                        <wsdl:fault name="validationError">
                            <soap:fault name="validationError" use="literal"/>
                        </wsdl:fault>
            """
        return WSDLText.binding(of: operation.rawValue, extra: operation.isAppointment ? fault : "")
    }

    /// What a reader of the WSDL alone would otherwise not learn: where a refusal is said.
    private static func explanation(of operation: TicketingOperation) -> String {
        switch operation {
        case .queryAppointmentAvailability:
            "The free slots at an address from a day on. A wrong request: a fault, and a validationError for each mistake."
        case .reserveAppointment:
            "Holds a slot for 12 hours, under a key. A wrong request: a fault, and a validationError for each mistake."
        case .addFaultReport:
            "Reports a fault; the ticket is pending, responseCode 201. Refused: 400, or 403 by an appointment rule."
        case .amendFaultReport:
            "Adds to a ticket or changes it; what is left out stays. responseCode 200. Refused: 400."
        case .resolveResponse:
            "Takes a resolution, or says why not. responseCode 200. Refused: 400, as when nothing is resolved yet."
        case .requestFaultReportUpdate:
            "Asks for the whole ticket, which follows as a notification. responseCode 200. Refused: 400."
        }
    }
}

/// What both WSDL documents have alike.
enum WSDLText {
    static func binding(of operation: String, extra: String = "") -> String {
        """
                <wsdl:operation name="\(operation)">
                    <soap:operation soapAction="" style="document"/>
                    <wsdl:input>
                        <soap:body use="literal"/>
                    </wsdl:input>
                    <wsdl:output>
                        <soap:body use="literal"/>
                    </wsdl:output>\(extra)
                </wsdl:operation>
        """
    }

    /// For an attribute's value.
    static func escaped(_ text: String) -> String {
        String(decoding: XMLWriter.bytes { $0.characters(text) }, as: UTF8.self)
            .replacing("\"", with: "&quot;")
    }
}
