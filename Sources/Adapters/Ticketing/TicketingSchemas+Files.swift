extension TicketingSchemas {
    static let ticketingFile = "ticketing.xsd"
    static let appointmentsFile = "appointments.xsd"
    static let appointmentsExtensionFile = "appointments-extension.xsd"
    static let wsdlFile = "ticketing-wsdl.xsd"
    /// What we read as a buyer, by the name that the contract gives it (X-01).
    static let compatFile = "faultReport.compat.xsd"

    /// The documents that the WSDL names, those that they name, and those of the messages in no namespace, by their names
    /// below `/prod/api2`.
    static let files: KeyValuePairs<String, String> = [
        ticketingFile: ticketingText,
        compatFile: compatText,
        wsdlFile: wsdlText,
        appointmentsFile: appointmentsText,
        appointmentsExtensionFile: appointmentsExtensionText,
    ]

    /// All that is in no namespace: the tickets' messages, and the detail of an appointment's fault. In a document of its
    /// own, because `faultReport.txt` takes exactly what the published schema takes (X-01).
    static let ticketingText = #"""
        <?xml version="1.0" encoding="UTF-8"?>
        <!-- All that is in no namespace: the messages about tickets, and the detail of a fault, as the operations' own paths have them. -->
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified">
            <xs:include schemaLocation="faultReport.txt"/>

        \#(validationErrorText)
        </xs:schema>
        """#

    /// The one entry of a fault's detail, wherever it is declared.
    static let validationErrorText = """
            <xs:element name="validationError" type="ValidationError"/>

            <xs:complexType name="ValidationError">
                <xs:annotation><xs:documentation>One thing that is wrong with a request about an appointment. The line counts from 1 and is 0 where the whole request is meant; the column is 0 where only the line is known.</xs:documentation></xs:annotation>
                <xs:sequence>
                    <xs:element name="line" type="xs:nonNegativeInteger"/>
                    <xs:element name="column" type="xs:nonNegativeInteger"/>
                    <xs:element name="message" type="xs:string"/>
                </xs:sequence>
            </xs:complexType>
        """
}
