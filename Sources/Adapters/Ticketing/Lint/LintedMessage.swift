import Formats

/// A message of the Ticketing contract, in either direction; raw values are the root elements' names.
package enum LintedMessage: String, CaseIterable, Sendable {
    case queryAppointmentAvailabilityRequest
    case queryAppointmentAvailabilityResponse
    case reserveAppointmentRequest
    case reserveAppointmentResponse
    case addFaultReport
    case receivedFaultReport
    case amendFaultReport
    case receivedAmendFaultReport
    case resolveResponse
    case receivedResolvedResponse
    case requestFaultReportUpdate
    case receivedRequestFaultReportUpdate
    case notifyFaultReportUpdate
    case receivedNotifyFaultReportUpdate
    case fault = "Fault"

    package enum Sender: String, Sendable { case buyer, `operator` }

    package var sender: Sender {
        switch self {
        case .queryAppointmentAvailabilityRequest, .reserveAppointmentRequest, .addFaultReport, .amendFaultReport,
            .resolveResponse, .requestFaultReportUpdate, .receivedNotifyFaultReportUpdate:
            .buyer
        case .queryAppointmentAvailabilityResponse, .reserveAppointmentResponse, .receivedFaultReport,
            .receivedAmendFaultReport, .receivedResolvedResponse, .receivedRequestFaultReportUpdate,
            .notifyFaultReportUpdate, .fault:
            .operator
        }
    }

    /// Where the contract describes it.
    package var clause: String {
        switch self {
        case .queryAppointmentAvailabilityRequest: "T-042"
        case .queryAppointmentAvailabilityResponse: "T-043"
        case .reserveAppointmentRequest: "T-044"
        case .reserveAppointmentResponse: "T-045"
        case .addFaultReport: "T-032"
        case .amendFaultReport: "T-033"
        case .receivedFaultReport, .receivedAmendFaultReport: "T-075"
        case .resolveResponse: "T-034"
        case .requestFaultReportUpdate: "T-035"
        case .receivedResolvedResponse, .receivedRequestFaultReportUpdate, .receivedNotifyFaultReportUpdate: "T-076"
        case .notifyFaultReportUpdate: "T-090"
        case .fault: "T-043"
        }
    }

    /// A request of a buyer is read strictly, everything else with forgiveness.
    var isRequest: Bool {
        switch self {
        case .queryAppointmentAvailabilityRequest, .reserveAppointmentRequest, .addFaultReport, .amendFaultReport,
            .resolveResponse, .requestFaultReportUpdate:
            true
        case .queryAppointmentAvailabilityResponse, .reserveAppointmentResponse, .receivedFaultReport,
            .receivedAmendFaultReport, .receivedResolvedResponse, .receivedRequestFaultReportUpdate,
            .notifyFaultReportUpdate, .receivedNotifyFaultReportUpdate, .fault:
            false
        }
    }

    var isAppointment: Bool { namespace == TicketingSchemas.niccNamespace }

    var namespace: String? {
        switch self {
        case .queryAppointmentAvailabilityRequest, .queryAppointmentAvailabilityResponse, .reserveAppointmentRequest,
            .reserveAppointmentResponse:
            TicketingSchemas.niccNamespace
        case .fault: SOAPEnvelope.namespace
        case .addFaultReport, .receivedFaultReport, .amendFaultReport, .receivedAmendFaultReport, .resolveResponse,
            .receivedResolvedResponse, .requestFaultReportUpdate, .receivedRequestFaultReportUpdate,
            .notifyFaultReportUpdate, .receivedNotifyFaultReportUpdate:
            nil
        }
    }

    /// The message whose name the text of a broken document shows first.
    static func mentioned(in text: String) -> LintedMessage? {
        let opened = text.split(separator: "<").lazy.compactMap { tag in
            let name = tag.prefix { $0 != ">" && $0 != " " && $0 != "/" && $0 != "\n" && $0 != "\r" && $0 != "\t" }
            return LintedMessage(rawValue: String(name.split(separator: ":").last ?? name))
        }
        return opened.first
    }
}
