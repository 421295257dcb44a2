import Adapters
import Domain
import FoundationEssentials
import Formats

/// The fault that is reported again and again: only its service, references and ids change.
enum FaultSample {
    static let buyer = BuyerID("bench-telecom")
    static let buyerIdentifier = "BENCH1"

    static func body(_ number: Int) -> [UInt8] {
        let reference = "BT-\(number)"
        return SOAPEnvelope.wrap { xml in
            xml.element("addFaultReport") { xml in
                xml.text("apiVersion", "1.0")
                xml.text("buyerIdentifier", buyerIdentifier)
                xml.text("sentAt", "2027-01-15T08:00:00Z")
                xml.text("messageId", OrderSample.requestID(number))
                xml.text("reportDateTime", "2027-01-15T07:59:30.250Z")
                contact("reporterContactDetails", "Night desk", to: &xml)
                contact("endUserContactDetails", "Robin Sample", to: &xml)
                xml.text("serviceAffected", "S\(1_000_001 + number % 100_000)")
                xml.text("buyerFaultReference", reference)
                xml.element("faultDetails") { xml in
                    xml.text("description", "No light at the terminal since the storm; the router was replaced.")
                    xml.text("type", "Impaired Service")
                    xml.text("faultStartTime", "2027-01-15T06:00:00Z")
                    xml.text("faultLocation", "1 Quay Walk\nPatchbay\nQQ1 1AA")
                    xml.text("siteAccessDetails", "Ring twice; the dog is friendly")
                    contact("siteAccessContactDetails", "Robin Sample", to: &xml)
                    xml.text("triageComplete", true)
                    xml.text("triageFindings", "ONT down, last seen 2027-01-15T06:00:00Z; no dying gasp")
                }
                xml.text("priorityLevel", 2)
            }
        }
    }

    private static func contact(_ name: String, _ person: String, to xml: inout XMLWriter) {
        xml.element(name) { xml in
            xml.text("name", person)
            xml.text("phone", "+441632960001")
            xml.text("email", "desk@bench.invalid")
        }
    }

    /// A request as it goes over the wire.
    static func request(_ number: Int, port: Int) -> [UInt8] {
        let body = body(number)
        let head = """
            POST /prod/api2/addFaultReport HTTP/1.1\r
            host: localhost:\(port)\r
            content-type: text/xml; charset=utf-8\r
            soapaction: ""\r
            content-length: \(body.count)\r
            \r

            """
        return Array(head.utf8) + body
    }

    static func claim(_ number: Int64, of buyer: BuyerID = buyer, at now: Date) -> FaultClaim {
        let person = TicketContact(name: "Robin Sample", phone: "+441632960001", email: "desk@bench.invalid")
        return FaultClaim(
            buyer: .account(id: buyer),
            buyerIdentifier: buyerIdentifier,
            buyerReference: "BT-\(number)",
            service: ServiceID("S\(1_000_001 + number % 100_000)"),
            conversation: ConversationID("bench-\(number)"),
            reported: now,
            reporter: person,
            endUser: person,
            details: FaultDetails(
                description: "No light at the terminal since the storm; the router was replaced.",
                type: FaultType(name: "Impaired Service", requiresAppointment: false),
                started: now,
                location: "1 Quay Walk\nPatchbay\nQQ1 1AA",
                siteAccess: "Ring twice; the dog is friendly",
                siteContact: person,
                buyerTriage: Triage(isComplete: true, findings: "ONT down, last seen 06:00; no dying gasp")
            ),
            priority: 2
        )
    }
}
