/// What a closed job means for its order: SM-04, whole.
package enum ClosureEffect: Equatable, Sendable {
    case completed
    case partial(problem: String)
    /// Another visit must be agreed.
    case reappoint(problem: String)
    /// The customer must say whether it still wants the service.
    case askCustomer(problem: String)
    /// The operator has work to do first.
    case hold(problem: String)
    /// Civil works are done: the next job follows.
    case nextJob
    /// Nobody needed to come: the line is switched on from afar.
    case noVisitNeeded(problem: String)

    package init(of code: ClosureCode.Meaning) {
        switch code {
        case .serviceProvided, .revisitComplete, .externalComplete: self = .completed
        case .partialInstall: self = .partial(problem: "INSTALL_FAILED")

        case .noAccess, .revisitNoAccess: self = .reappoint(problem: "ACCESS_ISSUE")
        case .unsafe, .revisitUnsafe: self = .reappoint(problem: "SITE_UNSAFE")
        case .unableToAttendWithNotice, .failedToAttend: self = .reappoint(problem: "SUPPLIER_ISSUE")

        case .salesQuery, .revisitSalesQuery, .externalSalesQuery: self = .askCustomer(problem: "CUSTOMER_CHANGED_MIND")

        case .noAccessForGood: self = .hold(problem: "ACCESS_ISSUE")
        case .civilsPermissionRefused: self = .hold(problem: "WAYLEAVE_ISSUE")
        case .externalUnsafe: self = .hold(problem: "SITE_UNSAFE")
        case .faultAtNode, .revisitFaultAtNode, .externalFaultAtNode: self = .hold(problem: "FAULT_AT_NODE")
        case .civilsRestriction, .civilsNoNetworkAccess: self = .hold(problem: "ADDITIONAL_WORK")
        case .civilsQuoteRefused: self = .hold(problem: "COST_ISSUE")
        case .faultAtPOP, .revisitFaultAtPOP, .externalFaultAtPOP: self = .hold(problem: "FAULT_AT_POP")
        case .faultAtONT, .revisitFaultAtONT: self = .hold(problem: "FAULT_AT_ONT")
        case .poleFault, .revisitPoleFault, .unforeseen, .revisitUnforeseen, .revisitAssistance:
            self = .hold(problem: "ADDITIONAL_WORK")
        case .other: self = .hold(problem: "INSTALL_FAILED")

        case .civilsComplete: self = .nextJob
        case .noTruckRoll: self = .noVisitNeeded(problem: "APPOINTMENT_NOT_REQUIRED")
        }
    }
}
