import Domain
import Foundation
import RegexBuilder

@testable import Adapters

/// The six valid messages that the corpus spoils, each in one way. They are about tickets that the bench has: HT-1 is
/// accepted, HT-2 resolved.
enum CorpusMessage {
    /// Of the ticket HT-1, in a new database.
    static let maintainerReference = "CS0000001"

    static func whole(_ operation: TicketingOperation) -> String {
        switch operation {
        case .queryAppointmentAvailability: bare(Samples.query())
        case .reserveAppointment: Samples.reserve(slot)
        case .addFaultReport: Samples.add(reference: "HT-9", messageID: "x-1")
        case .amendFaultReport: Samples.amend(messageID: "x-2", Samples.comment + details)
        case .resolveResponse: Samples.answer(accepted, messageID: "x-3", reference: "HT-2")
        case .requestFaultReportUpdate: Samples.update(maintainerReference, messageID: "x-4")
        }
    }

    /// The first that is offered on the bench's day.
    static let slot =
        TimeSlot(day: CivilDate("2027-01-19") ?? CivilDate(daysSince1970: 0), from: "08:00", to: "13:00")
        ?? SlotCalendar.slots(on: CivilDate(daysSince1970: 20_000))[0]

    private static let accepted = "<resolveAccepted>true</resolveAccepted><rejectedReason>none</rejectedReason>"
    private static let details = """
        <faultDetails><status>accepted</status><faultStartTime>2027-01-15T06:00:00Z</faultStartTime>
        <triageComplete>true</triageComplete></faultDetails>
        """

    /// Out of the envelope that the sample has.
    private static func bare(_ text: String) -> String {
        guard let start = text.range(of: "<soap:Body>"), let end = text.range(of: "</soap:Body>") else { return text }
        return String(text[start.upperBound..<end.lowerBound])
    }

    /// The fields that an operation cannot do without, by the schema or by a rule.
    static func required(_ operation: TicketingOperation) -> [String] {
        let header = ["apiVersion", "buyerIdentifier", "sentAt", "messageId", "buyerFaultReference"]
        return switch operation {
        case .queryAppointmentAvailability: appointment + ["addressKey", "appointmentsFrom"]
        case .reserveAppointment:
            appointment + [
                "addressKey", "appointmentSlot", "appointmentDate", "appointmentStartTime", "appointmentEndTime",
            ]
        case .addFaultReport:
            header + [
                "serviceAffected", "faultDetails", "type", "faultStartTime", "faultLocation", "siteAccessDetails",
                "siteAccessContactDetails", "triageComplete", "triageFindings",
            ]
        case .amendFaultReport: header + ["value", "commentedBy", "commentedTime"]
        case .resolveResponse: header + ["resolveAccepted"]
        case .requestFaultReportUpdate: header + ["maintainerFaultReference"]
        }
    }

    private static let appointment = [
        "message", "messageId", "correlationId", "sentAt", "buyer", "buyerIdentifier", "seller", "sellerIdentifier",
        "appointmentType", "productName",
    ]

    /// Fields whose longest value the documents name, in Unicode scalars.
    static func limited(_ operation: TicketingOperation) -> [String: Int] {
        let header = ["apiVersion": 36, "buyerIdentifier": 36, "messageId": 36, "buyerFaultReference": 36]
        return switch operation {
        case .queryAppointmentAvailability:
            ["messageId": 80, "correlationId": 80, "buyerIdentifier": 80, "addressKey": 63, "productName": 254]
        case .reserveAppointment:
            ["messageId": 80, "correlationId": 80, "sellerIdentifier": 80, "addressKey": 254, "productName": 254]
        case .addFaultReport, .amendFaultReport, .resolveResponse: header
        case .requestFaultReportUpdate: header.merging(["maintainerFaultReference": 36]) { $1 }
        }
    }
}

extension String {
    /// With the content of the first element of that name, whatever its prefix, put in its place.
    func filling(_ name: String, with content: String) -> String {
        spoiling(name) { "<\($0)>\(content)</\($0)>" }
    }

    /// Without the first element of that name.
    func leavingOut(_ name: String) -> String { spoiling(name) { _ in "" } }

    /// With the first element of that name twice.
    func doubling(_ name: String) -> String {
        guard let element = firstMatch(of: Self.element(name)) else { return self }
        return replacingCharacters(in: element.range, with: "\(element.0)\(element.0)")
    }

    /// With something more at the end of the root.
    func adding(_ content: String) -> String {
        guard let end = range(of: "</", options: .backwards) else { return self }
        return replacingCharacters(in: end.lowerBound..<end.lowerBound, with: content)
    }

    private func spoiling(_ name: String, _ spoilt: (Substring) -> String) -> String {
        guard let element = firstMatch(of: Self.element(name)) else { return self }
        return replacingCharacters(in: element.range, with: spoilt(element.1))
    }

    /// An element with its content, or without any.
    private static func element(_ name: String) -> Regex<(Substring, Substring)> {
        let name = "((?:cfh:)?\(name))"
        return (try? Regex("<\(name)(?:/>|>[\\s\\S]*?</\\1>)", as: (Substring, Substring).self))
            ?? Regex { Capture("") }
    }
}
