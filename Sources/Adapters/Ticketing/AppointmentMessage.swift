import Domain
import FoundationEssentials
import Formats

/// What both appointment messages have (T-040 to T-042): who, to whom, for which address and product.
struct AppointmentMessage: Equatable {
    var messageID: String
    /// Echoed in the answer; also called the transit id.
    var correlationID: String
    var sentAt: Date
    var buyerIdentifier: String
    var sellerIdentifier: String
    /// A UPRN, as the buyer spells it.
    var addressKey: String
    var product: String
    /// An order's visit or a fault's.
    var purpose: AppointmentPurpose
    var isReappointment = false
    var projectReference: String?
}

extension AppointmentMessage {
    private static let nicc = TicketingSchemas.niccNamespace
    private static let cfh = TicketingSchemas.cfhNamespace

    /// Reads a valid request. The two spell the address in different namespaces.
    ///
    /// - Throws: for a moment that the schema takes and no calendar reaches.
    init(_ element: XMLElement, addressNamespace: String, at now: Date) throws(TicketingProblem) {
        let message = element.first("message")
        messageID = message?.text(of: "messageId") ?? ""
        correlationID = message?.text(of: "correlationId") ?? ""
        sentAt = try message?.read("sentAt", XMLDateTime.parse) ?? now
        buyerIdentifier = element.first("buyer")?.text(of: "buyerIdentifier") ?? ""
        sellerIdentifier = element.first("seller")?.text(of: "sellerIdentifier") ?? ""
        addressKey = element.text(of: "addressKey", namespace: addressNamespace) ?? ""
        product = element.text(of: "productName", namespace: Self.cfh) ?? ""
        purpose = element.first("appointmentType")?.first("fault") == nil ? .provide : .repair
        // a string that holds an xs:boolean.
        isReappointment = ["true", "1"].contains(element.text(of: "reappointment", namespace: Self.cfh) ?? "")
        projectReference = element.text(of: "projectReference", namespace: Self.cfh)
    }

    /// 1 to 12 digits; any other key names no address that we know.
    var uprn: Int64? {
        guard (1...12).contains(addressKey.utf8.count), addressKey.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else {
            return nil
        }
        return Int64(addressKey)
    }

    /// Writes a request or an answer; `content` is what comes between the parties and the end.
    func write(_ name: String, to xml: inout XMLWriter, _ content: (inout XMLWriter) -> Void) {
        xml.element(name, namespace: Self.nicc, attributes: ["xmlns:cfh": Self.cfh]) { xml in
            xml.element("message") { xml in
                xml.text("messageId", messageID)
                xml.text("correlationId", correlationID)
                xml.text("sentAt", Timestamp.format(sentAt))
            }
            xml.element("buyer") { $0.text("buyerIdentifier", buyerIdentifier) }
            xml.element("seller") { $0.text("sellerIdentifier", sellerIdentifier) }
            content(&xml)
        }
    }

    func writeType(to xml: inout XMLWriter) {
        xml.element("appointmentType") { $0.element(purpose == .repair ? "fault" : "order") }
        xml.text("cfh:productName", product)
    }

    func writeTail(to xml: inout XMLWriter) {
        xml.text("cfh:reappointment", isReappointment)
        xml.text("cfh:projectReference", projectReference)
    }

    /// The head of the answer: the correlation is echoed, the message is new (T-040).
    func answer(_ id: MessageID, at now: Date) -> AppointmentMessage {
        var answer = self
        answer.messageID = id.rawValue
        answer.sentAt = now
        return answer
    }
}

extension BookingRefusal {
    /// As G-048 has it: understood and refused, with a code.
    func write(_ name: String, to xml: inout XMLWriter) {
        xml.element(name) { xml in
            xml.element("rejection") { xml in
                xml.text("code", code.rawValue)
                xml.text("description", message)
            }
        }
    }
}

extension XMLElement {
    /// A value that the schema took. Its calendar goes on after the year 9999; ours does not.
    func read<Value>(_ name: String, _ parse: (String) -> Value?) throws(TicketingProblem) -> Value? {
        guard let text = text(of: name) else { return nil }
        guard let value = parse(text) else {
            throw TicketingProblem(status: 400, name, "not a date that can be read", line: line)
        }
        return value
    }

    /// A slot by its day and hours, by London's clock.
    var slot: TimeSlot? {
        guard let day = text(of: "appointmentDate").flatMap({ CivilDate($0.prefix(10)) }),
            let from = text(of: "appointmentStartTime"), let to = text(of: "appointmentEndTime")
        else { return nil }
        return TimeSlot(day: day, from: from, to: to)
    }
}
