import Domain
import Formats

/// The six operations that a buyer calls (T-030 to T-035); raw values are the path's last part.
package enum TicketingOperation: String, CaseIterable, Sendable {
    case queryAppointmentAvailability
    case reserveAppointment
    case addFaultReport
    case amendFaultReport
    case resolveResponse
    case requestFaultReportUpdate

    /// The root element of its request. The appointments' are in the NICC namespace, the tickets' in none.
    var root: String {
        switch self {
        case .queryAppointmentAvailability: "queryAppointmentAvailabilityRequest"
        case .reserveAppointment: "reserveAppointmentRequest"
        case .addFaultReport, .amendFaultReport, .resolveResponse, .requestFaultReportUpdate: rawValue
        }
    }

    var namespace: String? {
        switch self {
        case .queryAppointmentAvailability, .reserveAppointment: TicketingSchemas.niccNamespace
        case .addFaultReport, .amendFaultReport, .resolveResponse, .requestFaultReportUpdate: nil
        }
    }

    /// The root element of its answer.
    var answer: String {
        switch self {
        case .queryAppointmentAvailability: "queryAppointmentAvailabilityResponse"
        case .reserveAppointment: "reserveAppointmentResponse"
        case .addFaultReport: "receivedFaultReport"
        case .amendFaultReport: "receivedAmendFaultReport"
        case .resolveResponse: "receivedResolvedResponse"
        case .requestFaultReportUpdate: "receivedRequestFaultReportUpdate"
        }
    }

    /// Appointments answer a request that cannot be understood with a SOAP Fault, tickets with their own element.
    var isAppointment: Bool { namespace != nil }

    /// Whether its answer tells the ticket's reference and status (T-075), or only that it came (T-076).
    var answersWithTicket: Bool {
        switch self {
        case .addFaultReport, .amendFaultReport: true
        case .resolveResponse, .requestFaultReportUpdate, .queryAppointmentAvailability, .reserveAppointment: false
        }
    }

    func schema(of schemas: TicketingSchemas, in namespace: BuyerTerms.TicketNamespace) -> XMLSchema {
        isAppointment ? schemas.appointments : schemas.faultReport(in: namespace)
    }

    /// Which operation a root element asks for, at the one address: there a ticket's may be in the WSDL's namespace too.
    static func named(root: XMLElement) -> TicketingOperation? {
        let namespace = root.namespace
        return allCases.first {
            root.isNamed($0.root)
                && (namespace == $0.namespace || !$0.isAppointment && namespace == TicketingWSDL.namespace)
        }
    }
}
