import Foundation

/// Notifications and acknowledgements of an invented operator, sound but for what a test changes.
enum LintSamples {
    static func notify(
        status: String = "in-progress",
        reference: String = "CS0000042",
        sentAt: String = "2027-01-15T08:00:00.000Z",
        triage: String = "<triageComplete>false</triageComplete><triageFindings>Not yet triaged</triageFindings>",
        details: String = "",
        extra: String = ""
    ) -> String {
        """
        <notifyFaultReportUpdate>
            <apiVersion>1.0</apiVersion><buyerIdentifier>HARBOUR1</buyerIdentifier>
            <sentAt>\(sentAt)</sentAt><messageId>n-1</messageId>
            <reportDateTime>2027-01-15T07:59:30Z</reportDateTime>
            <reporterContactDetails/><endUserContactDetails/>
            <serviceAffected>S1000042</serviceAffected><buyerFaultReference>HT-1</buyerFaultReference>
            <maintainerFaultReference>\(reference)</maintainerFaultReference><parentFaultReference/>
            <faultDetails>
                <type>Impaired Service</type>
                <status>\(status)</status>
                <faultStartTime>2027-01-15T06:00:00Z</faultStartTime>
                <faultLocation>1 Quay Walk</faultLocation><siteAccessDetails>Ring twice</siteAccessDetails>
                <siteAccessContactDetails/>\(triage)
                \(details)
            </faultDetails>
            \(extra)
        </notifyFaultReportUpdate>
        """
    }

    static func appointments(_ outcome: String) -> String {
        """
        <appointments><appointment><appointmentReservationKey>K1</appointmentReservationKey>\(outcome)</appointment>\
        </appointments>
        """
    }

    static func missed(_ seller: String) -> String {
        """
        <missedAppointment><appointmentReservationKey>K1</appointmentReservationKey>
        <appointmentDate>2027-01-16</appointmentDate><appointmentStartTime>08:00</appointmentStartTime>
        <appointmentEndTime>13:00</appointmentEndTime><sellerMissedAppointment>\(seller)</sellerMissedAppointment>
        <Amended>N</Amended><Cancelled>N</Cancelled><endUserMissedAppointment>N</endUserMissedAppointment>
        <endUserPreAgreed>N</endUserPreAgreed><MBORC>N</MBORC></missedAppointment>
        """
    }

    static func update(by party: String = "seller", at time: String = "2027-01-15T07:00:00Z") -> String {
        """
        <updates><update><description>An engineer looks</description><updatedBy>\(party)</updatedBy>\
        <updatedTime>\(time)</updatedTime></update></updates>
        """
    }

    /// - Parameter end: the name in the end tag.
    static func acknowledgement(end: String = "receivedNotifyFaultReportUpdate", code: String = "200") -> String {
        """
        <receivedNotifyFaultReportUpdate><apiVersion>1.0</apiVersion><buyerIdentifier>HARBOUR1</buyerIdentifier>
        <sentAt>2027-01-15T08:00:01Z</sentAt><messageId>n-1</messageId><responseCode>\(code)</responseCode></\(end)>
        """
    }
}
