import Domain
import Foundation

/// Messages of an invented buyer.
enum Samples {
    static func add(
        reference: String = "HT-1",
        messageID: String = "m-1",
        type: String = "Impaired Service",
        service: String = "S1000042",
        buyer: String = "HARBOUR1",
        sentAt: String = "<sentAt>2027-01-15T08:00:00Z</sentAt>",
        contact: String = "<name>Night desk</name><phone>+441632960001</phone>",
        maintainer: String? = nil,
        key: String? = nil,
        extra: String = ""
    ) -> String {
        """
        <addFaultReport>
            <apiVersion>1.0</apiVersion>
            <buyerIdentifier>\(buyer)</buyerIdentifier>
            \(sentAt)
            <messageId>\(messageID)</messageId>
            <reportDateTime>2027-01-15T07:59:30.250Z</reportDateTime>
            <reporterContactDetails>\(contact)</reporterContactDetails>
            <serviceAffected>\(service)</serviceAffected>
            <buyerFaultReference>\(reference)</buyerFaultReference>
            \(maintainer.map { "<maintainerFaultReference>\($0)</maintainerFaultReference>" } ?? "")
            <faultDetails>
                <description>No light &amp; no sync</description>
                <type>\(type)</type>
                <faultStartTime>2027-01-15T06:00:00Z</faultStartTime>
                <faultLocation>1 Quay Walk</faultLocation>
                <siteAccessDetails>Ring twice</siteAccessDetails>
                <siteAccessContactDetails/>
                <triageComplete>true</triageComplete>
                <triageFindings>Router replaced, no change</triageFindings>
            </faultDetails>
            \(key.map { "<appointment><appointmentReservationKey>\($0)</appointmentReservationKey></appointment>" } ?? "")
            \(extra)
        </addFaultReport>
        """
    }

    static func amend(
        reference: String = "HT-1",
        messageID: String = "m-2",
        maintainer: String = "",
        _ content: String
    ) -> String {
        """
        <amendFaultReport>
            <apiVersion>1.0</apiVersion><buyerIdentifier>HARBOUR1</buyerIdentifier>
            <sentAt>2027-01-15T09:00:00Z</sentAt><messageId>\(messageID)</messageId>
            <buyerFaultReference>\(reference)</buyerFaultReference>
            <maintainerFaultReference>\(maintainer)</maintainerFaultReference>
            \(content)
        </amendFaultReport>
        """
    }

    static let comment = """
        <comment><value>The code is 1234</value><commentedBy>buyer</commentedBy>
        <commentedTime>2027-01-15T09:00:00Z</commentedTime></comment>
        """

    static func answer(_ accepted: String, messageID: String = "m-3", reference: String = "HT-1") -> String {
        """
        <resolveResponse>
            <apiVersion>1.0</apiVersion><buyerIdentifier>HARBOUR1</buyerIdentifier>
            <sentAt>2027-01-16T09:00:00Z</sentAt><messageId>\(messageID)</messageId>\(accepted)
            <buyerFaultReference>\(reference)</buyerFaultReference>
        </resolveResponse>
        """
    }

    static func update(_ maintainer: String, messageID: String = "m-4") -> String {
        """
        <requestFaultReportUpdate>
            <apiVersion>1.0</apiVersion><buyerIdentifier>HARBOUR1</buyerIdentifier>
            <sentAt>2027-01-16T09:00:00Z</sentAt><messageId>\(messageID)</messageId>
            <maintainerFaultReference>\(maintainer)</maintainerFaultReference>
            <buyerFaultReference>HT-1</buyerFaultReference>
        </requestFaultReportUpdate>
        """
    }

    static func query(addressKey: String = "10095000042", from: String = "2027-01-18") -> String {
        """
        <soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>
        <queryAppointmentAvailabilityRequest \(namespaces)>
            \(head("q-1"))
            <addressKey>\(addressKey)</addressKey><appointmentsFrom>\(from)</appointmentsFrom>
            <appointmentType><fault/></appointmentType><cfh:productName>ftthl2r</cfh:productName>
        </queryAppointmentAvailabilityRequest></soap:Body></soap:Envelope>
        """
    }

    static func reserve(_ slot: TimeSlot, messageID: String = "r-1") -> String {
        """
        <reserveAppointmentRequest \(namespaces)>
            \(head(messageID))
            <appointmentSlot><appointmentDate>\(slot.day)</appointmentDate>
            <appointmentStartTime>\(slot.startTime)</appointmentStartTime>
            <appointmentEndTime>\(slot.endTime)</appointmentEndTime></appointmentSlot>
            <appointmentType><fault/></appointmentType><cfh:productName>ftthl2r</cfh:productName>
            <cfh:addressKey>10095000042</cfh:addressKey><cfh:reappointment>false</cfh:reappointment>
        </reserveAppointmentRequest>
        """
    }

    private static let namespaces =
        "xmlns=\"http://www.niccstandards.org.uk/ala_1.0.xsd\" xmlns:cfh=\"http://www.cityfibre.com/ala/ext1\""

    private static func head(_ id: String) -> String {
        """
        <message><messageId>\(id)</messageId><correlationId>c-\(id)</correlationId>
        <sentAt>2027-01-15T08:00:00Z</sentAt></message>
        <buyer><buyerIdentifier>HARBOUR1</buyerIdentifier></buyer>
        <seller><sellerIdentifier>OPERATOR</sellerIdentifier></seller>
        """
    }

    /// A ticket message with its root in the WSDL's namespace, as code that a SOAP stack generated writes it.
    static func inWSDLNamespace(_ message: String) -> String {
        let bare = message.replacing(/<\?xml[^>]*>\s*/, with: "")
        let name = bare.dropFirst().prefix { $0 != ">" }
        return bare.replacing(
            "<\(name)>",
            with: "<w:\(name) xmlns:w=\"urn:patchbay:ticketing:1.0\">",
            maxReplacements: 1
        )
        .replacing("</\(name)>", with: "</w:\(name)>")
    }

    static func enveloped(_ body: String) -> String {
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Header/><soap:Body>\(body)\
        </soap:Body></soap:Envelope>
        """
    }
}
