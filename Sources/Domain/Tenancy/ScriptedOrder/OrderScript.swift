/// What the scripted supplier makes of an order: the value of the order's characteristic `SCRIPT`.
///
/// What each does and what the tenant is told is a table in `docs/sandbox.md`, which a test compares with these.
package enum OrderScript: String, Codable, CaseIterable, Sendable {
    case completes = "COMPLETES"
    case committedAtOnce = "COMMITTED_AT_ONCE"
    case acknowledgedLater = "ACKNOWLEDGED_LATER"
    case rejected = "REJECTED"
    case rejectedLater = "REJECTED_LATER"
    case delayed = "DELAYED"
    case informationRequired = "INFORMATION_REQUIRED"
    case reappoint = "REAPPOINT"
    case partial = "PARTIAL"
    case terminated = "TERMINATED"
    case withdrawn = "WITHDRAWN"
    case pointOfNoReturn = "POINT_OF_NO_RETURN"
    case refusesRequests = "REFUSES_REQUESTS"
    case outOfOrder = "OUT_OF_ORDER"
    case doubled = "DOUBLED"
    case missingUpdate = "MISSING_UPDATE"
    case lateUpdate = "LATE_UPDATE"
    case silent = "SILENT"
    case answersLate = "ANSWERS_LATE"
    case unanswered = "UNANSWERED"

    /// Whether the supplier answers at this attempt to bring it the order; else it is as good as unreachable.
    package func answers(attempt: Int) -> Bool {
        switch self {
        case .answersLate: attempt > Self.attemptsIgnored
        case .unanswered: false
        case .completes, .committedAtOnce, .acknowledgedLater, .rejected, .rejectedLater, .delayed,
            .informationRequired, .reappoint, .partial, .terminated, .withdrawn, .pointOfNoReturn, .refusesRequests,
            .outOfOrder, .doubled, .missingUpdate, .lateUpdate, .silent:
            true
        }
    }

    /// Whether requests about the order are answered 422: always, or for the order will be rejected.
    var takesRequests: Bool {
        switch self {
        case .refusesRequests, .rejectedLater: false
        case .completes, .committedAtOnce, .acknowledgedLater, .rejected, .delayed, .informationRequired, .reappoint,
            .partial, .terminated, .withdrawn, .pointOfNoReturn, .outOfOrder, .doubled, .missingUpdate, .lateUpdate,
            .silent, .answersLate, .unanswered:
            true
        }
    }

    /// How often one that answers late is asked in vain.
    static let attemptsIgnored = 2
}

/// The script of one order, with what it needs to know of it.
package struct OrderScriptCue: Codable, Equatable, Sendable {
    package let script: OrderScript
    /// From the commitment to the end, in days.
    package let days: Int
    /// The line that the order makes, told when it is done; `nil` where it makes none.
    package let service: ServiceID?
    /// Steps follow at once, for who watches on the wall's clock.
    package let isBrisk: Bool

    package init(script: OrderScript, days: Int, service: ServiceID?, isBrisk: Bool) {
        self.script = script
        self.days = days
        self.service = service
        self.isBrisk = isBrisk
    }
}
