extension TicketingSchemas {
    /// Tickets as the WSDL has them: every message in its namespace, with children in none, and with types that code
    /// generators make setters of.
    ///
    /// The same messages as in `faultReport.txt`, and the notification as it is written, with its acknowledgement. Made of
    /// that text so that the two cannot differ by accident; what is valid here is taken (`TicketingWSDLTests`).
    static let wsdlText = """
        <?xml version="1.0" encoding="UTF-8"?>
        <!-- Fault tickets for code generators: the messages of the WSDL's one address, and of the callback. -->
        \(wsdlFragment)
        """

    /// ``wsdlText`` as it stands in the WSDL itself.
    static let wsdlFragment = inWSDLNamespace(fragment(faultReportText))
        .replacing(contactAsPublished, with: contactWithSetters)
        .replacing(
            #"<xs:element name="notifyFaultReportUpdate" type="Report"/>"#,
            with: """
                <xs:element name="notifyFaultReportUpdate" type="Notification"/>
                    <xs:element name="receivedNotifyFaultReportUpdate" type="Receipt"/>
                """
        )
        .replacing(
            "</xs:schema>",
            with: """
                \(notificationText(fault: "Fault"))

                \(validationErrorText)
                </xs:schema>
                """
        )

    /// The two schemas of appointments as they stand in the WSDL itself, where they find each other without a location.
    static let appointmentsFragments = [
        fragment(appointmentsExtensionText),
        fragment(appointmentsText)
            .replacing(#" schemaLocation="\#(appointmentsExtensionFile)""#, with: ""),
    ]

    /// A schema document without what stands before its root.
    private static func fragment(_ text: String) -> String {
        text.firstRange(of: "<xs:schema").map { String(text[$0.lowerBound...]) } ?? text
    }

    /// The same declarations for messages whose root is in the WSDL's namespace. Their types are then in it too, so it is
    /// also the default namespace of the document; the messages' children stay unqualified.
    static func inWSDLNamespace(_ text: String) -> String {
        text.replacing(
            #"<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified">"#,
            with: """
                <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="\(TicketingWSDL.namespace)"
                    targetNamespace="\(TicketingWSDL.namespace)" elementFormDefault="unqualified">
                """
        )
    }

    /// Any of three, any number of times, in any order: of this a generator makes a list of untyped elements.
    static let contactAsPublished = """
                <xs:choice minOccurs="0" maxOccurs="unbounded">
                    <xs:element name="name" type="xs:string"/>
                    <xs:element name="phone" type="xs:string"/>
                    <xs:element name="email" type="xs:string"/>
                </xs:choice>
        """

    /// Each of three at most once, in any order, as they are written.
    private static let contactWithSetters = """
                <xs:all>
                    <xs:element name="name" type="xs:string" minOccurs="0"/>
                    <xs:element name="phone" type="xs:string" minOccurs="0"/>
                    <xs:element name="email" type="xs:string" minOccurs="0"/>
                </xs:all>
        """

    /// - Parameter fault: the type of its `faultDetails`: with the triage, which we always write, or without (X-01).
    static func notificationText(fault: String) -> String {
        """
            <xs:complexType name="Notification">
                <xs:annotation><xs:documentation>A fault as the seller tells of it: every appointment in a list (X-02), or the latest alone.</xs:documentation></xs:annotation>
                <xs:all>
                    <xs:element name="apiVersion" type="Text"/>
                    <xs:element name="buyerIdentifier" type="Upto36"/>
                    <xs:element name="sentAt" type="xs:dateTime" minOccurs="0"/>
                    <xs:element name="messageId" type="Text"/>
                    <xs:element name="reportDateTime" type="xs:dateTime" minOccurs="0"/>
                    <xs:element name="reporterContactDetails" type="Contact" minOccurs="0"/>
                    <xs:element name="endUserContactDetails" type="Contact" minOccurs="0"/>
                    <xs:element name="serviceAffected" type="Text"/>
                    <xs:element name="buyerFaultReference" type="Text"/>
                    <xs:element name="maintainerFaultReference" type="xs:string" minOccurs="0"/>
                    <xs:element name="parentFaultReference" type="xs:string" minOccurs="0"/>
                    <xs:element name="faultDetails" type="\(fault)" minOccurs="0"/>
                    <xs:element name="updates" type="Updates" minOccurs="0"/>
                    <xs:element name="comment" type="Comment" minOccurs="0"/>
                    <xs:element name="attachments" type="Attachments" minOccurs="0"/>
                    <xs:element name="priorityLevel" type="xs:integer" minOccurs="0"/>
                    <xs:element name="lateRepairNotification" type="LateRepair" minOccurs="0"/>
                    <xs:element name="appointment" type="Appointment" minOccurs="0"/>
                    <xs:element name="errorMessage" type="xs:string" minOccurs="0"/>
                    <xs:element name="resolveAccepted" type="xs:boolean" minOccurs="0"/>
                    <xs:element name="appointments" type="Appointments" minOccurs="0"/>
                </xs:all>
            </xs:complexType>

            <xs:complexType name="Appointments">
                <xs:sequence>
                    <xs:element name="appointment" type="Appointment" minOccurs="0" maxOccurs="unbounded"/>
                </xs:sequence>
            </xs:complexType>
        """
    }
}
