import Formats

/// The Ticketing API's WSDL 1.1, from which a SOAP stack generates a client: document/literal over SOAP 1.1, one port
/// (decision 26), the six operations of ``TicketingOperation``.
///
/// It holds no type of its own: the schema documents beside it do, by relative location (decision 34). WS-I Basic Profile
/// 1.1 but for R2105 and R1126, for the reasons of docs/adr/0008.
struct TicketingWSDL {
    /// Of the one port, where the root element decides: `https://HOST/prod/api2`.
    let address: String

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
                    <xs:schema>
                        <xs:include schemaLocation="api2/\(TicketingSchemas.ticketingFile)"/>
                    </xs:schema>
                    <xs:schema targetNamespace="\(Self.namespace)">
                        <xs:import namespace="\(TicketingSchemas.niccNamespace)" schemaLocation="api2/\(TicketingSchemas.appointmentsFile)"/>
                    </xs:schema>
                </wsdl:types>

            \(operations.map(Self.messages).joined(separator: "\n"))
                <wsdl:message name="validationError">
                    <wsdl:part name="detail" element="validationError"/>
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
                        <soap:address location="\(Self.escaped(address))"/>
                    </wsdl:port>
                </wsdl:service>
            </wsdl:definitions>

            """
    }

    private static let purpose = """
        Fault tickets and repair appointments of a network operator, over mutual TLS. The messages about tickets are in no \
        namespace, those about appointments in the NICC namespace. SOAPAction is empty, and ignored.
        """

    private static func messages(of operation: TicketingOperation) -> String {
        let prefix = operation.isAppointment ? "nicc:" : ""
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
        return """
                    <wsdl:operation name="\(operation.rawValue)">
                        <soap:operation soapAction="" style="document"/>
                        <wsdl:input>
                            <soap:body use="literal"/>
                        </wsdl:input>
                        <wsdl:output>
                            <soap:body use="literal"/>
                        </wsdl:output>\(operation.isAppointment ? fault : "")
                    </wsdl:operation>
            """
    }

    /// What a reader of the WSDL alone would otherwise not learn: the statuses, and where a refusal is said.
    private static func explanation(of operation: TicketingOperation) -> String {
        switch operation {
        case .queryAppointmentAvailability:
            "The free slots at an address from a day on. 400 with a fault and its validationErrors if the request is wrong."
        case .reserveAppointment:
            "Holds a slot for 12 hours, under a key. 400 with a fault and its validationErrors if the request is wrong."
        case .addFaultReport:
            "Reports a fault; the ticket is pending. Refused with 400, or 403 by an appointment rule, in the same element."
        case .amendFaultReport:
            "Adds to a ticket or changes it; what is left out stays. Refused with 400 in the same element."
        case .resolveResponse:
            "Takes a resolution, or says why not. Refused with 400 in the same element, as when nothing is resolved yet."
        case .requestFaultReportUpdate:
            "Asks for the whole ticket, which follows as a notification. Refused with 400 in the same element."
        }
    }

    private static func escaped(_ text: String) -> String {
        String(decoding: XMLWriter.bytes { $0.characters(text) }, as: UTF8.self)
    }
}
