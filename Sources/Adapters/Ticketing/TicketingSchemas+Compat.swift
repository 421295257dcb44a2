extension TicketingSchemas {
    /// What we read as a buyer: X-01 to X-06 forgiven.
    static let compatText = #"""
        <?xml version="1.0" encoding="UTF-8"?>
        <!-- Fault tickets, as peers really send them: what the published rules accept, and what the published samples do besides. For reading only. -->
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified">
            <xs:element name="addFaultReport" type="Report"/>
            <xs:element name="amendFaultReport" type="Amendment"/>
            <xs:element name="notifyFaultReportUpdate" type="Notification"/>
            <xs:element name="requestFaultReportUpdate" type="UpdateRequest"/>
            <xs:element name="resolveResponse" type="Answer"/>
            <xs:element name="receivedFaultReport" type="TicketReceipt"/>
            <xs:element name="receivedAmendFaultReport" type="TicketReceipt"/>
            <xs:element name="receivedRequestFaultReportUpdate" type="Receipt"/>
            <xs:element name="receivedResolvedResponse" type="Receipt"/>
            <xs:element name="receivedNotifyFaultReportUpdate" type="Receipt"/>

            <xs:complexType name="Report">
                <xs:annotation><xs:documentation>A fault in full: as the buyer reports it, and as the seller tells of it.</xs:documentation></xs:annotation>
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
                    <xs:element name="faultDetails" type="Fault" minOccurs="0"/>
                    <xs:element name="updates" type="Updates" minOccurs="0"/>
                    <xs:element name="comment" type="Comment" minOccurs="0"/>
                    <xs:element name="attachments" type="Attachments" minOccurs="0"/>
                    <xs:element name="priorityLevel" type="xs:integer" minOccurs="0"/>
                    <xs:element name="lateRepairNotification" type="LateRepair" minOccurs="0"/>
                    <xs:element name="appointment" type="Appointment" minOccurs="0"/>
                    <xs:element name="errorMessage" type="xs:string" minOccurs="0"/>
                    <xs:element name="resolveAccepted" type="xs:boolean" minOccurs="0"/>
                </xs:all>
            </xs:complexType>

        \#(notificationText(fault: "NotifiedFault"))

            <xs:complexType name="Amendment">
                <xs:annotation><xs:documentation>What is left out stays as it was.</xs:documentation></xs:annotation>
                <xs:all>
                    <xs:element name="apiVersion" type="Text"/>
                    <xs:element name="buyerIdentifier" type="Upto36"/>
                    <xs:element name="sentAt" type="xs:dateTime"/>
                    <xs:element name="messageId" type="Text"/>
                    <xs:element name="reportDateTime" type="xs:dateTime" minOccurs="0"/>
                    <xs:element name="reporterContactDetails" type="Contact" minOccurs="0"/>
                    <xs:element name="endUserContactDetails" type="Contact" minOccurs="0"/>
                    <xs:element name="serviceAffected" type="xs:string" minOccurs="0"/>
                    <xs:element name="buyerFaultReference" type="Text"/>
                    <xs:element name="maintainerFaultReference" type="xs:string" minOccurs="0"/>
                    <xs:element name="parentFaultReference" type="xs:string" minOccurs="0"/>
                    <xs:element name="faultDetails" type="AmendedFault" minOccurs="0"/>
                    <xs:element name="updates" type="Updates" minOccurs="0"/>
                    <xs:element name="comment" type="Comment" minOccurs="0"/>
                    <xs:element name="attachments" type="Attachments" minOccurs="0"/>
                    <xs:element name="appointment" type="Appointment" minOccurs="0"/>
                    <xs:element name="priorityLevel" type="xs:integer" minOccurs="0"/>
                </xs:all>
            </xs:complexType>

            <xs:complexType name="UpdateRequest">
                <xs:all>
                    <xs:element name="apiVersion" type="Text"/>
                    <xs:element name="buyerIdentifier" type="Upto36"/>
                    <xs:element name="sentAt" type="xs:dateTime"/>
                    <xs:element name="messageId" type="Text"/>
                    <xs:element name="buyerFaultReference" type="Text"/>
                    <xs:element name="maintainerFaultReference" type="Text"/>
                </xs:all>
            </xs:complexType>

            <xs:complexType name="Answer">
                <xs:all>
                    <xs:element name="apiVersion" type="Text"/>
                    <xs:element name="buyerIdentifier" type="Upto36"/>
                    <xs:element name="sentAt" type="xs:dateTime"/>
                    <xs:element name="messageId" type="Text"/>
                    <xs:element name="buyerFaultReference" type="Text"/>
                    <xs:element name="maintainerFaultReference" type="xs:string" minOccurs="0"/>
                    <xs:element name="resolveAccepted" type="xs:boolean" minOccurs="0"/>
                    <xs:element name="rejectedReason" type="xs:string" minOccurs="0"/>
                </xs:all>
            </xs:complexType>

            <xs:complexType name="Receipt">
                <xs:annotation><xs:documentation>messageId is the one that is answered; responseCode 2xx is success, 4xx failure.</xs:documentation></xs:annotation>
                <xs:all>
                    <xs:element name="apiVersion" type="xs:string"/>
                    <xs:element name="buyerIdentifier" type="Upto36"/>
                    <xs:element name="sentAt" type="xs:dateTime"/>
                    <xs:element name="messageId" type="xs:string"/>
                    <xs:element name="responseCode" type="xs:integer"/>
                    <xs:element name="errorMessage" type="xs:string" minOccurs="0"/>
                </xs:all>
            </xs:complexType>

            <xs:complexType name="TicketReceipt">
                <xs:all>
                    <xs:element name="apiVersion" type="xs:string"/>
                    <xs:element name="buyerIdentifier" type="Upto36"/>
                    <xs:element name="sentAt" type="xs:dateTime"/>
                    <xs:element name="messageId" type="xs:string"/>
                    <xs:element name="buyerFaultReference" type="xs:string"/>
                    <xs:element name="status" type="Status"/>
                    <xs:element name="responseCode" type="xs:integer"/>
                    <xs:element name="errorMessage" type="xs:string" minOccurs="0"/>
                    <xs:element name="attachments" type="Attachments" minOccurs="0"/>
                </xs:all>
            </xs:complexType>

            <xs:complexType name="Fault">
                <xs:all>
                    <xs:element name="description" type="xs:string" minOccurs="0"/>
                    <xs:element name="type" type="Text"/>
                    <xs:element name="status" type="Status" minOccurs="0"/>
                    <xs:element name="statusReason" type="xs:string" minOccurs="0"/>
                    <xs:element name="faultStartTime" type="xs:dateTime"/>
                    <xs:element name="faultLocation" type="Text"/>
                    <xs:element name="siteAccessDetails" type="Text"/>
                    <xs:element name="siteAccessContactDetails" type="Contact"/>
                    <xs:element name="triageComplete" type="xs:boolean"/>
                    <xs:element name="triageFindings" type="Text"/>
                    <xs:element name="missedAppointment" type="MissedAppointment" minOccurs="0"/>
                </xs:all>
            </xs:complexType>

            <xs:complexType name="NotifiedFault">
                <xs:all>
                    <xs:element name="description" type="xs:string" minOccurs="0"/>
                    <xs:element name="type" type="Text"/>
                    <xs:element name="status" type="Status" minOccurs="0"/>
                    <xs:element name="statusReason" type="xs:string" minOccurs="0"/>
                    <xs:element name="faultStartTime" type="xs:dateTime"/>
                    <xs:element name="faultLocation" type="Text"/>
                    <xs:element name="siteAccessDetails" type="Text"/>
                    <xs:element name="siteAccessContactDetails" type="Contact"/>
                    <xs:element name="triageComplete" type="xs:boolean" minOccurs="0"/>
                    <xs:element name="triageFindings" type="Text" minOccurs="0"/>
                    <xs:element name="missedAppointment" type="MissedAppointment" minOccurs="0"/>
                </xs:all>
            </xs:complexType>

            <xs:complexType name="AmendedFault">
                <xs:all>
                    <xs:element name="description" type="xs:string" minOccurs="0"/>
                    <xs:element name="type" type="xs:string" minOccurs="0"/>
                    <xs:element name="status" type="Status" minOccurs="0"/>
                    <xs:element name="statusReason" type="xs:string" minOccurs="0"/>
                    <xs:element name="faultStartTime" type="xs:dateTime" minOccurs="0"/>
                    <xs:element name="faultLocation" type="xs:string" minOccurs="0"/>
                    <xs:element name="siteAccessDetails" type="xs:string" minOccurs="0"/>
                    <xs:element name="siteAccessContactDetails" type="Contact" minOccurs="0"/>
                    <xs:element name="triageComplete" type="xs:boolean" minOccurs="0"/>
                    <xs:element name="triageFindings" type="xs:string" minOccurs="0"/>
                </xs:all>
            </xs:complexType>

            <xs:complexType name="Contact">
                <xs:choice minOccurs="0" maxOccurs="unbounded">
                    <xs:element name="name" type="xs:string"/>
                    <xs:element name="phone" type="xs:string"/>
                    <xs:element name="email" type="xs:string"/>
                </xs:choice>
            </xs:complexType>

            <xs:complexType name="Updates">
                <xs:sequence>
                    <xs:element name="update" type="Update" minOccurs="0" maxOccurs="unbounded"/>
                </xs:sequence>
            </xs:complexType>

            <xs:complexType name="Update">
                <xs:all>
                    <xs:element name="description" type="Text"/>
                    <xs:element name="updatedBy" type="Party" minOccurs="0"/>
                    <xs:element name="updatedTime" type="xs:dateTime" minOccurs="0"/>
                </xs:all>
            </xs:complexType>

            <xs:complexType name="Comment">
                <xs:all>
                    <xs:element name="value" type="Text"/>
                    <xs:element name="commentedBy" type="Party"/>
                    <xs:element name="commentedTime" type="xs:dateTime"/>
                </xs:all>
            </xs:complexType>

            <xs:complexType name="Attachments">
                <xs:sequence>
                    <xs:element name="attachment" type="Attachment" minOccurs="0" maxOccurs="unbounded"/>
                </xs:sequence>
            </xs:complexType>

            <xs:complexType name="Attachment">
                <xs:all>
                    <xs:element name="filename" type="xs:string"/>
                    <xs:element name="url" type="xs:string" minOccurs="0"/>
                    <xs:element name="uploaded" type="xs:boolean" minOccurs="0"/>
                </xs:all>
            </xs:complexType>

            <xs:complexType name="Appointment">
                <xs:all>
                    <xs:element name="appointmentReservationKey" type="Upto36"/>
                    <xs:element name="appointmentDate" type="xs:date" minOccurs="0"/>
                    <xs:element name="appointmentStartTime" type="Upto5" minOccurs="0"/>
                    <xs:element name="appointmentEndTime" type="Upto5" minOccurs="0"/>
                    <xs:element name="appointmentConfirmationStatus" type="xs:string" minOccurs="0"/>
                    <xs:element name="appointmentCancelled" type="Upto36" minOccurs="0"/>
                    <xs:element name="appointmentClosureCode" type="Upto36" minOccurs="0"/>
                </xs:all>
            </xs:complexType>

            <xs:complexType name="MissedAppointment">
                <xs:all>
                    <xs:element name="appointmentReservationKey" type="Upto36"/>
                    <xs:element name="appointmentDate" type="xs:date"/>
                    <xs:element name="appointmentStartTime" type="Upto5"/>
                    <xs:element name="appointmentEndTime" type="Upto5"/>
                    <xs:element name="sellerMissedAppointment" type="Flag"/>
                    <xs:element name="Amended" type="Flag"/>
                    <xs:element name="Cancelled" type="Flag"/>
                    <xs:element name="endUserMissedAppointment" type="Flag"/>
                    <xs:element name="endUserPreAgreed" type="Flag"/>
                    <xs:element name="MBORC" type="Flag"/>
                </xs:all>
            </xs:complexType>

            <xs:complexType name="LateRepair">
                <xs:all>
                    <xs:element name="totalDelayInDays" type="xs:integer" minOccurs="0"/>
                    <xs:element name="sellerDelayDays" type="xs:integer" minOccurs="0"/>
                    <xs:element name="nonSellerDelayDays" type="xs:integer" minOccurs="0"/>
                    <xs:element name="exclusions" type="Exclusions" minOccurs="0"/>
                </xs:all>
            </xs:complexType>

            <xs:complexType name="Exclusions">
                <xs:sequence>
                    <xs:element name="exclusion" type="Exclusion" minOccurs="0" maxOccurs="unbounded"/>
                </xs:sequence>
            </xs:complexType>

            <xs:complexType name="Exclusion">
                <xs:all>
                    <xs:element name="exclusionReason" type="Upto5"/>
                    <xs:element name="numberOfDays" type="xs:integer"/>
                    <xs:element name="startDateTime" type="xs:dateTime"/>
                    <xs:element name="endDateTime" type="xs:dateTime"/>
                </xs:all>
            </xs:complexType>

            <xs:simpleType name="Text">
                <xs:annotation><xs:documentation>Something other than space.</xs:documentation></xs:annotation>
                <xs:restriction base="xs:string">
                    <xs:whiteSpace value="collapse"/>
                    <xs:minLength value="1"/>
                </xs:restriction>
            </xs:simpleType>

            <xs:simpleType name="Status">
                <xs:restriction base="xs:string">
                    <xs:enumeration value="pending"/>
                    <xs:enumeration value="rejected"/>
                    <xs:enumeration value="accepted"/>
                    <xs:enumeration value="open"/>
                    <xs:enumeration value="re-opened"/>
                    <xs:enumeration value="in-progress"/>
                    <xs:enumeration value="on-hold"/>
                    <xs:enumeration value="resolved"/>
                    <xs:enumeration value="closed"/>
                    <xs:enumeration value="cancelled"/>
                </xs:restriction>
            </xs:simpleType>

            <xs:simpleType name="Party">
                <xs:annotation><xs:documentation>In either case (X-05).</xs:documentation></xs:annotation>
                <xs:restriction base="xs:string">
                    <xs:pattern value="[Bb][Uu][Yy][Ee][Rr]|[Ss][Ee][Ll][Ll][Ee][Rr]"/>
                </xs:restriction>
            </xs:simpleType>

            <xs:simpleType name="Upto36">
                <xs:restriction base="xs:string">
                    <xs:maxLength value="36"/>
                </xs:restriction>
            </xs:simpleType>

            <xs:simpleType name="Upto5">
                <xs:restriction base="xs:string">
                    <xs:maxLength value="5"/>
                </xs:restriction>
            </xs:simpleType>

            <xs:simpleType name="Flag">
                <xs:restriction base="xs:string">
                    <xs:maxLength value="1"/>
                </xs:restriction>
            </xs:simpleType>
        </xs:schema>
        """#
}
