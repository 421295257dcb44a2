import Domain
import Foundation
import Formats

@testable import Adapters

/// Every message of the contract, which file has it, and which of our schemas take it.
struct GoldenMessage: Sendable {
    enum Schema: CaseIterable { case published, compat, appointments }

    let name: String
    let takenBy: Set<Schema>

    /// As both schemas of tickets have it.
    private static func ticket(_ name: String) -> GoldenMessage {
        GoldenMessage(name: name, takenBy: [.published, .compat])
    }

    /// With the list of appointments, or as an acknowledgement that the published schema forgot.
    private static func lenient(_ name: String) -> GoldenMessage { GoldenMessage(name: name, takenBy: [.compat]) }

    private static func appointment(_ name: String) -> GoldenMessage {
        GoldenMessage(name: name, takenBy: [.appointments])
    }

    static let requests = [
        appointment("queryAppointmentAvailabilityRequest"), appointment("reserveAppointmentRequest"),
        ticket("addFaultReport"), ticket("addFaultReport-outage"), ticket("amendFaultReport"),
        ticket("amendFaultReport-cancelled"), ticket("amendFaultReport-appointment"),
        ticket("resolveResponse-accepted"),
        ticket("resolveResponse-rejected"), ticket("requestFaultReportUpdate"),
    ]

    static let answers = [
        appointment("queryAppointmentAvailabilityResponse"), appointment("queryAppointmentAvailabilityResponse-empty"),
        appointment("queryAppointmentAvailabilityResponse-rejected"), appointment("reserveAppointmentResponse"),
        appointment("reserveAppointmentResponse-rejected"), ticket("receivedFaultReport"),
        ticket("receivedFaultReport-rejected"), ticket("receivedAmendFaultReport"), ticket("receivedResolvedResponse"),
        ticket("receivedResolvedResponse-rejected"), ticket("receivedRequestFaultReportUpdate"),
        GoldenMessage(name: "validationError", takenBy: []),
    ]

    /// T-090 to T-101, the three that the documents name no webhook for, and what acknowledges them.
    static let notifications = [
        ticket("notify-accepted"), ticket("notify-rejected"), ticket("notify-cancelled"), ticket("notify-open"),
        ticket("notify-in-progress"), ticket("notify-on-hold"), ticket("notify-amended"), ticket("notify-resolved"),
        ticket("notify-re-opened"), ticket("notify-closed"), lenient("notify-appointment-confirmed"),
        lenient("notify-appointment-failed"), lenient("notify-appointment-cancelled"),
        lenient("notify-appointment-completed"), ticket("notify-appointment-missed"),
        lenient("receivedNotifyFaultReportUpdate"), lenient("receivedNotifyFaultReportUpdate-refused"),
    ]

    static let all = requests + answers + notifications
}

/// What we write as a buyer.
enum GoldenRequest {
    private static let sent = Date(timeIntervalSince1970: 1_800_000_000)
    private static let key = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
    private static let header = TicketHeader(buyerIdentifier: "HARBOUR1", sentAt: sent, messageID: "m-1")

    static func text(of name: String) -> String? {
        writers[name].map { write in String(decoding: write(), as: UTF8.self) }
    }

    private static let writers: [String: @Sendable () -> [UInt8]] = [
        "queryAppointmentAvailabilityRequest": { enveloped { query.write(to: &$0) } },
        "reserveAppointmentRequest": { enveloped { reserve.write(to: &$0) } },
        "addFaultReport": { bare { report("Impaired Service").write(to: &$0) } },
        "addFaultReport-outage": {
            var outage = report("Service Outage")
            outage.appointment = (key, reserve.slot)
            return bare { outage.write(to: &$0) }
        },
        "amendFaultReport": {
            var amendment = FaultAmendment()
            amendment.comment = TicketUpdate(text: "The code is 1234 & the dog is <friendly>", by: .buyer, at: sent)
            return amended(amendment)
        },
        "amendFaultReport-cancelled": {
            var amendment = FaultAmendment()
            amendment.status = .cancelled
            amendment.statusReason = "It works again"
            return amended(amendment)
        },
        "amendFaultReport-appointment": { amended(FaultAmendment(), key: key) },
        "resolveResponse-accepted": { resolved(nil) },
        "resolveResponse-rejected": { resolved("Still no light") },
        "requestFaultReportUpdate": {
            bare {
                RequestFaultReportUpdate(header: header, buyerReference: "HT-1", maintainerReference: "CS0000001")
                    .write(to: &$0)
            }
        },
    ]

    private static func bare(_ body: (inout XMLWriter) -> Void) -> [UInt8] {
        XMLWriter.message(isEnveloped: false, body)
    }

    private static func enveloped(_ body: (inout XMLWriter) -> Void) -> [UInt8] {
        XMLWriter.message(isEnveloped: true, body)
    }

    private static var visit: AppointmentMessage {
        AppointmentMessage(
            messageID: "q-1",
            correlationID: "c-1",
            sentAt: sent,
            buyerIdentifier: "HARBOUR1",
            sellerIdentifier: "OPERATOR",
            addressKey: "10095000042",
            product: "ftthl2r",
            purpose: .repair,
            isReappointment: true,
            projectReference: "P-1"
        )
    }

    private static var query: QueryVisits { QueryVisits(message: visit, from: CivilDate("2027-01-18")) }
    private static var reserve: ReserveVisit { ReserveVisit(message: visit, slot: CorpusMessage.slot) }

    private static func report(_ type: String) -> AddFaultReport {
        AddFaultReport(
            header: header,
            reported: sent - 60,
            reporter: TicketContact(name: "Night desk", phone: "+441632960001", email: "desk@harbour.invalid"),
            endUser: TicketContact(name: "Robin Sample", phone: "+441632960002"),
            service: "S1000042",
            buyerReference: "HT-1",
            parentReference: "HT-0",
            details: FaultDetails(
                description: "No light & no sync",
                type: FaultType(name: type, requiresAppointment: type == "Service Outage"),
                started: sent - 3_600,
                location: "1 Quay Walk\nPatchbay",
                siteAccess: "Ring twice",
                siteContact: TicketContact(name: "Robin Sample"),
                buyerTriage: Triage(isComplete: true, findings: "Router replaced, no change")
            ),
            priority: 2,
            observedError: "PON alarm",
            updates: [TicketUpdate(text: "Reported again", by: .buyer, at: sent)]
        )
    }

    private static func amended(_ amendment: FaultAmendment, key: String? = nil) -> [UInt8] {
        let message = AmendFaultReport(
            header: header,
            buyerReference: "HT-1",
            maintainerReference: "CS0000001",
            amendment: amendment,
            key: key
        )
        return bare { message.write(to: &$0) }
    }

    private static func resolved(_ reason: String?) -> [UInt8] {
        let message = ResolveResponse(
            header: header,
            buyerReference: "HT-1",
            maintainerReference: "CS0000001",
            isAccepted: reason == nil,
            reason: reason
        )
        return bare { message.write(to: &$0) }
    }
}
