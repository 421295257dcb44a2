import Foundation
import Formats
import Testing

@testable import Adapters

/// Messages with everything that they may have, and what becomes of each if one field of it is wrong.
enum SpoiltMessage {
    struct Source: Sendable, CustomTestStringConvertible {
        let name: String
        let text: String
        var testDescription: String { name }

        /// Of the message.
        var id: String {
            let tail = text.components(separatedBy: "<messageId>").dropFirst().first ?? ""
            return tail.components(separatedBy: "</messageId>").first ?? ""
        }
    }

    static let sources =
        TicketingOperation.allCases.map { Source(name: $0.rawValue, text: CorpusMessage.whole($0)) } + [
            Source(
                name: "addFaultReport in full",
                text: Samples.add(type: "Service Outage", maintainer: "(none)", key: "K1", extra: history + extras)
            ),
            Source(name: "amendFaultReport in full", text: Samples.amend(Samples.comment + history)),
            Source(name: "amendFaultReport with an appointment", text: Samples.amend(appointment)),
            Source(
                name: "resolveResponse, rejected",
                text: Samples.answer(
                    "<resolveAccepted>false</resolveAccepted><rejectedReason>No light</rejectedReason>",
                    reference: "HT-2"
                )
            ),
            Source(
                name: "notifyFaultReportUpdate in full",
                text: LintSamples.notify(details: LintSamples.missed("Y"), extra: history + late)
            ),
            Source(
                name: "notifyFaultReportUpdate of appointments",
                text: LintSamples.notify(
                    triage: "",
                    extra: LintSamples.appointments(
                        "<appointmentDate>2027-01-19</appointmentDate><appointmentCancelled>false</appointmentCancelled>"
                            + "<appointmentClosureCode>FR</appointmentClosureCode>"
                    ) + Samples.comment
                )
            ),
        ]

    /// Each field left out, twice, and with each of the values in its place.
    static func all(of source: Source) -> [(name: String, text: String)] {
        var spoilt: [(name: String, text: String)] = []
        for name in names(in: source.text) {
            spoilt.append(("\(name) left out", source.text.leavingOut(name)))
            spoilt.append(("\(name) twice", source.text.doubling(name)))
            for value in values {
                spoilt.append(("\(name) '\(value.prefix(40))'", source.text.filling(name, with: value)))
            }
        }
        // Each has an id of its own, so that none is a resend of another's.
        return spoilt.enumerated().map { index, message in
            let id = message.text.replacing(">\(source.id)</messageId>", with: ">u-\(index)</messageId>")
            return (message.name, id)
        }
    }

    /// Of every element but the root, each once.
    private static func names(in text: String) -> [String] {
        guard let root = try? XMLDocument(parsing: text).root else { return [] }
        var names: [String] = []
        func add(_ element: XMLElement) {
            for child in element.children {
                if !names.contains(child.name) { names.append(child.name) }
                add(child)
            }
        }
        add(root)
        return names
    }

    private static let values = [
        "", " \n\t ", " x ", String(repeating: "é", count: 36), String(repeating: "é", count: 37), "<b/>", "(none)",
        " false ", "TRUE", " 1 ", "+5", "99999999999999999999", "\n2027-01-15T08:00:00.123456789123Z\t",
        " 2027-01-15T08:00:00 ", "2027-01-15T24:00:00Z", "2027-01-15T24:00:01Z", "99999-01-15T08:00:00Z",
        "-2027-01-15T08:00:00Z", "2027-01-15T23:59:60Z", "2027-01-15T08:00:00+14:00", " 2027-01-19 ", "99999-01-15",
        "Service  Outage", "pending", "Buyer", "a.exe",
    ]

    private static let history =
        LintSamples.update(by: "buyer")
        + "<attachments><attachment><filename>photo.png</filename><url>x</url><uploaded>false</uploaded></attachment>"
        + "</attachments>"

    private static let extras = """
        <parentFaultReference>P1</parentFaultReference><priorityLevel>1</priorityLevel>
        <errorMessage>No light</errorMessage><endUserContactDetails><email>a@b.example</email></endUserContactDetails>
        """ + late

    private static let late = """
        <lateRepairNotification><totalDelayInDays>1</totalDelayInDays><exclusions><exclusion>
        <exclusionReason>MBORC</exclusionReason><numberOfDays>1</numberOfDays>
        <startDateTime>2027-01-01T00:00:00Z</startDateTime><endDateTime>2027-01-02T00:00:00Z</endDateTime>
        </exclusion></exclusions></lateRepairNotification>
        """

    private static let appointment = """
        <appointment><appointmentReservationKey>K1</appointmentReservationKey>
        <appointmentDate>2027-01-19</appointmentDate></appointment>
        """
}
