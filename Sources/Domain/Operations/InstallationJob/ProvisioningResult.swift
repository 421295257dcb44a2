import FoundationEssentials

/// What became of a scanned ONT (I-041), told to the partner by the operator's `notifyJob` (G-130).
package struct ProvisioningResult: Codable, Equatable, Sendable {
    package enum Outcome: Int, Codable, CaseIterable, Sendable {
        case provisioned = 1
        case installSuccessful = 2
        case failed = 3
        case retrying = 4
        case incorrectDeviceType = 5
        case incorrectFormat = 6
        case duplicateDevice = 7
    }

    package let outcome: Outcome
    package let at: Date
    /// When it is tried again; with ``Outcome/retrying`` only.
    package let retryAt: Date?

    package init(outcome: Outcome, at: Date, retryAt: Date? = nil) {
        self.outcome = outcome
        self.at = at
        self.retryAt = retryAt
    }
}
