extension TicketingSchemas {
    /// T-040 to T-045, with the variants of G-048.
    static let appointmentsText = #"""
        <?xml version="1.0" encoding="UTF-8"?>
        <!-- Appointments: the two operations of the Ticketing API whose messages are in the NICC namespace. -->
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="http://www.niccstandards.org.uk/ala_1.0.xsd" xmlns:cfh="http://www.cityfibre.com/ala/ext1"
            targetNamespace="http://www.niccstandards.org.uk/ala_1.0.xsd" elementFormDefault="qualified">
            <xs:import namespace="http://www.cityfibre.com/ala/ext1" schemaLocation="appointments-extension.xsd"/>

            <xs:element name="queryAppointmentAvailabilityRequest">
                <xs:complexType>
                    <xs:all>
                        <xs:element name="message" type="Message"/>
                        <xs:element name="buyer" type="Buyer"/>
                        <xs:element name="seller" type="Seller"/>
                        <xs:element name="addressKey" type="Upto63"/>
                        <xs:element name="appointmentsFrom" type="xs:date"/>
                        <xs:element name="appointmentType" type="AppointmentType"/>
                        <xs:element ref="cfh:productName"/>
                        <xs:element ref="cfh:reappointment" minOccurs="0"/>
                        <xs:element ref="cfh:projectReference" minOccurs="0"/>
                    </xs:all>
                </xs:complexType>
            </xs:element>

            <xs:element name="queryAppointmentAvailabilityResponse">
                <xs:complexType>
                    <xs:sequence>
                        <xs:element name="message" type="Message"/>
                        <xs:element name="buyer" type="Buyer"/>
                        <xs:element name="seller" type="Seller"/>
                        <xs:choice>
                            <xs:element name="queryAppointmentAvailabilityAccepted">
                                <xs:complexType>
                                    <xs:sequence>
                                        <xs:element name="appointmentSlots" type="Slots"/>
                                    </xs:sequence>
                                </xs:complexType>
                            </xs:element>
                            <xs:element name="queryAppointmentAvailabilityRejected" type="Refused"/>
                        </xs:choice>
                    </xs:sequence>
                </xs:complexType>
            </xs:element>

            <xs:element name="reserveAppointmentRequest">
                <xs:complexType>
                    <xs:all>
                        <xs:element name="message" type="Message"/>
                        <xs:element name="buyer" type="Buyer"/>
                        <xs:element name="seller" type="Seller"/>
                        <xs:element name="appointmentSlot" type="Slot"/>
                        <xs:element name="appointmentType" type="AppointmentType"/>
                        <xs:element ref="cfh:productName"/>
                        <xs:element ref="cfh:addressKey"/>
                        <xs:element ref="cfh:reappointment" minOccurs="0"/>
                        <xs:element ref="cfh:projectReference" minOccurs="0"/>
                    </xs:all>
                </xs:complexType>
            </xs:element>

            <xs:element name="reserveAppointmentResponse">
                <xs:complexType>
                    <xs:sequence>
                        <xs:element name="message" type="Message"/>
                        <xs:element name="buyer" type="Buyer"/>
                        <xs:element name="seller" type="Seller"/>
                        <xs:choice>
                            <xs:element name="reserveAppointmentAccepted">
                                <xs:complexType>
                                    <xs:sequence>
                                        <xs:element name="appointment" type="Reserved"/>
                                    </xs:sequence>
                                </xs:complexType>
                            </xs:element>
                            <xs:element name="reserveAppointmentRejected" type="Refused"/>
                        </xs:choice>
                    </xs:sequence>
                </xs:complexType>
            </xs:element>

            <xs:complexType name="Message">
                <xs:all>
                    <xs:element name="messageId" type="Text"/>
                    <xs:element name="correlationId" type="Text"/>
                    <xs:element name="sentAt" type="xs:dateTime"/>
                </xs:all>
            </xs:complexType>

            <xs:complexType name="Buyer">
                <xs:all>
                    <xs:element name="buyerIdentifier" type="Text"/>
                    <xs:element ref="cfh:resellerId" minOccurs="0"/>
                </xs:all>
            </xs:complexType>

            <xs:complexType name="Seller">
                <xs:all>
                    <xs:element name="sellerIdentifier" type="Text"/>
                </xs:all>
            </xs:complexType>

            <xs:complexType name="AppointmentType">
                <xs:choice>
                    <xs:element name="order" type="Nothing"/>
                    <xs:element name="fault" type="Nothing"/>
                </xs:choice>
            </xs:complexType>

            <xs:complexType name="Slots">
                <xs:sequence>
                    <xs:element name="appointmentSlot" type="Slot" minOccurs="0" maxOccurs="unbounded"/>
                </xs:sequence>
            </xs:complexType>

            <xs:complexType name="Slot">
                <xs:all>
                    <xs:element name="appointmentDate" type="xs:date"/>
                    <xs:element name="appointmentStartTime" type="Clock"/>
                    <xs:element name="appointmentEndTime" type="Clock"/>
                </xs:all>
            </xs:complexType>

            <xs:complexType name="Reserved">
                <xs:all>
                    <xs:element name="appointmentDate" type="xs:date"/>
                    <xs:element name="appointmentStartTime" type="Clock"/>
                    <xs:element name="appointmentEndTime" type="Clock"/>
                    <xs:element name="appointmentReservationKey" type="Upto36"/>
                    <xs:element name="appointmentReservationValidUntil" type="xs:dateTime"/>
                </xs:all>
            </xs:complexType>

            <xs:complexType name="Refused">
                <xs:sequence>
                    <xs:element name="rejection" maxOccurs="unbounded">
                        <xs:complexType>
                            <xs:all>
                                <xs:element name="code" type="xs:string"/>
                                <xs:element name="description" type="xs:string"/>
                            </xs:all>
                        </xs:complexType>
                    </xs:element>
                </xs:sequence>
            </xs:complexType>

            <xs:simpleType name="Nothing">
                <xs:annotation><xs:documentation>An empty element. A simple type, because some SOAP stacks cannot write one without any.</xs:documentation></xs:annotation>
                <xs:restriction base="xs:token">
                    <xs:maxLength value="0"/>
                </xs:restriction>
            </xs:simpleType>

            <xs:simpleType name="Text">
                <xs:restriction base="xs:token">
                    <xs:minLength value="1"/>
                    <xs:maxLength value="80"/>
                </xs:restriction>
            </xs:simpleType>

            <xs:simpleType name="Clock">
                <xs:restriction base="xs:token">
                    <xs:pattern value="([01][0-9]|2[0-3]):[0-5][0-9]"/>
                </xs:restriction>
            </xs:simpleType>

            <xs:simpleType name="Upto36">
                <xs:restriction base="xs:token">
                    <xs:minLength value="1"/>
                    <xs:maxLength value="36"/>
                </xs:restriction>
            </xs:simpleType>

            <xs:simpleType name="Upto63">
                <xs:restriction base="xs:token">
                    <xs:minLength value="1"/>
                    <xs:maxLength value="63"/>
                </xs:restriction>
            </xs:simpleType>
        </xs:schema>
        """#
}

extension TicketingSchemas {
    /// The operator's own elements in them (namespace `cfh`).
    static let appointmentsExtensionText = #"""
        <?xml version="1.0" encoding="UTF-8"?>
        <!-- What the operator adds to the NICC messages. -->
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="http://www.cityfibre.com/ala/ext1" targetNamespace="http://www.cityfibre.com/ala/ext1"
            elementFormDefault="qualified">
            <xs:element name="productName" type="Upto254"/>
            <xs:element name="addressKey" type="Upto254"/>
            <xs:element name="reappointment" type="xs:string"/>
            <xs:element name="projectReference">
                <xs:simpleType>
                    <xs:restriction base="xs:string">
                        <xs:maxLength value="80"/>
                    </xs:restriction>
                </xs:simpleType>
            </xs:element>
            <xs:element name="resellerId" type="xs:string"/>

            <xs:simpleType name="Upto254">
                <xs:restriction base="xs:token">
                    <xs:minLength value="1"/>
                    <xs:maxLength value="254"/>
                </xs:restriction>
            </xs:simpleType>
        </xs:schema>
        """#
}
