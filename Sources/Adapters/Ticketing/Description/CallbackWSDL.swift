/// The WSDL of a buyer's notification endpoint, from which a SOAP stack generates the service that takes
/// `notifyFaultReportUpdate` (T-090). For a buyer whose profile says `envelope` and `ticketNamespace: wsdl`.
///
/// One file, in the namespace and with the schema of ``TicketingWSDL``, so that code generated from both shares its types.
struct CallbackWSDL {
    /// The endpoint that is registered for the buyer who asks, or a placeholder.
    let address: String

    /// For a buyer without an endpoint: no such host exists (RFC 2606), and a generated service is told its own address.
    static let placeholder = "https://buyer.invalid/notifications"

    static let acknowledgement = NotificationInbox.acknowledgement

    var text: String {
        let request = NotifyFaultReportUpdate.name
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <wsdl:definitions name="TicketingCallback" targetNamespace="\(TicketingWSDL.namespace)"
                xmlns:tns="\(TicketingWSDL.namespace)" xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/"
                xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:xs="http://www.w3.org/2001/XMLSchema">
                <wsdl:documentation>\(Self.purpose)</wsdl:documentation>
                <wsdl:types>
            \(TicketingSchemas.wsdlFragment)
                </wsdl:types>

                <wsdl:message name="\(request)">
                    <wsdl:part name="body" element="tns:\(request)"/>
                </wsdl:message>
                <wsdl:message name="\(Self.acknowledgement)">
                    <wsdl:part name="body" element="tns:\(Self.acknowledgement)"/>
                </wsdl:message>

                <wsdl:portType name="TicketingCallback">
                    <wsdl:operation name="\(request)">
                        <wsdl:input message="tns:\(request)"/>
                        <wsdl:output message="tns:\(Self.acknowledgement)"/>
                    </wsdl:operation>
                </wsdl:portType>

                <wsdl:binding name="TicketingCallback" type="tns:TicketingCallback">
                    <soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>
            \(WSDLText.binding(of: request))
                </wsdl:binding>

                <wsdl:service name="TicketingCallback">
                    <wsdl:port name="TicketingCallback" binding="tns:TicketingCallback">
                        <soap:address location="\(WSDLText.escaped(address))"/>
                    </wsdl:port>
                </wsdl:service>
            </wsdl:definitions>

            """
    }

    private static let purpose = """
        Served by a buyer: the operator tells the whole ticket after each change, over mutual TLS. The buyer's profile says \
        envelope: true and ticketNamespace: wsdl. Acknowledge at 200 with the messageId and responseCode 200; a 4xx code \
        refuses, and the notification isn't sent again. SOAPAction is empty.
        """
}
