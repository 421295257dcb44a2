/// Why a tenant cancels (F-032). Known by the list, not by a pattern: the published one is too short for one of them.
package enum CancellationReason: String, Codable, CaseIterable, Sendable {
    case customerChangedMind = "CUSTOMER_CHANGED_MIND"
    case installFailed = "INSTALL_FAILED"
    case networkIssue = "NETWORK_ISSUE"
    case noLongerRequired = "NO_LONGER_REQUIRED"
    case other = "OTHER"
    // Against a cease that the tenant did not ask for.
    case noAuthorisation = "NO_AUTHORISATION"
    case customerNotAware = "CUSTOMER_NOT_AWARE"
    case deliberateMislead = "DELIBERATE_MISLEAD"
    case purchasedDifferentProduct = "PURCHASED_DIFFERENT_PRODUCT"
    case endUserNotMoving = "END_USER_NOT_MOVING"

    /// Whether it is a reason to stop what somebody else asked for (cancel-other, Q-10).
    package var isCancelOther: Bool {
        switch self {
        case .customerChangedMind, .installFailed, .networkIssue, .noLongerRequired, .other: false
        case .noAuthorisation, .customerNotAware, .deliberateMislead, .purchasedDifferentProduct, .endUserNotMoving:
            true
        }
    }
}
