/// What a closed job means for its order: SM-04, whole.
package enum ClosureEffect: Equatable, Sendable {
    case completed
    case partial(problem: ProblemCode)
    /// Another visit must be agreed.
    case reappoint(problem: ProblemCode)
    /// The customer must say whether it still wants the service.
    case askCustomer(problem: ProblemCode)
    /// The operator has work to do first.
    case hold(problem: ProblemCode)
    /// Civil works are done: the next job follows.
    case nextJob
    /// Nobody needed to come: the line is switched on from afar.
    case noVisitNeeded(problem: ProblemCode)

    package init(of code: ClosureCode.Meaning) {
        switch code {
        case .serviceProvided, .revisitComplete, .externalComplete: self = .completed
        case .partialInstall: self = .partial(problem: .installFailed)

        case .noAccess, .revisitNoAccess: self = .reappoint(problem: .accessIssue)
        case .unsafe, .revisitUnsafe: self = .reappoint(problem: .siteUnsafe)
        case .unableToAttendWithNotice, .failedToAttend: self = .reappoint(problem: .supplierIssue)

        case .salesQuery, .revisitSalesQuery, .externalSalesQuery: self = .askCustomer(problem: .customerChangedMind)

        case .noAccessForGood: self = .hold(problem: .accessIssue)
        case .civilsPermissionRefused: self = .hold(problem: .wayleaveIssue)
        case .externalUnsafe: self = .hold(problem: .siteUnsafe)
        case .faultAtNode, .revisitFaultAtNode, .externalFaultAtNode: self = .hold(problem: .faultAtNode)
        case .civilsRestriction, .civilsNoNetworkAccess: self = .hold(problem: .additionalWork)
        case .civilsQuoteRefused: self = .hold(problem: .costIssue)
        case .faultAtPOP, .revisitFaultAtPOP, .externalFaultAtPOP: self = .hold(problem: .faultAtPOP)
        case .faultAtONT, .revisitFaultAtONT: self = .hold(problem: .faultAtONT)
        case .poleFault, .revisitPoleFault, .unforeseen, .revisitUnforeseen, .revisitAssistance:
            self = .hold(problem: .additionalWork)
        case .other: self = .hold(problem: .installFailed)

        case .civilsComplete: self = .nextJob
        case .noTruckRoll: self = .noVisitNeeded(problem: .appointmentNotRequired)
        }
    }
}
