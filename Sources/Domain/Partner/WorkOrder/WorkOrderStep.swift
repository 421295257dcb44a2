import FoundationEssentials

/// One thing that happened to a work order, and what the operator made of the message about it.
package struct WorkOrderStep: Codable, Equatable, Sendable {
    package enum Happening: String, Codable, CaseIterable, Sendable {
        case received
        case accepted
        case declined
        case assigned
        case enRoute = "en-route"
        case onSite = "on-site"
        case scanned
        case progress
        /// The operator's word on the scanned ONT.
        case result
        case closed
        case cancelled
    }

    package enum Reception: Codable, Equatable, Sendable {
        /// Nothing was to be told.
        case untold
        case underWay
        case taken
        /// Understood and refused: a person must look.
        case refused(code: Int?, reason: String)
        /// No answer for as long as is tried.
        case givenUp(reason: String)
    }

    package let happening: Happening
    /// By the clock of whom it happened to.
    package let at: Date
    package let recorded: Date
    /// Of the message about it.
    package let sequence: Int64?
    package let location: Location?
    package internal(set) var reception: Reception

    /// The operator does not know what we know: refused or given up.
    package var needsAttention: Bool {
        switch reception {
        case .untold, .underWay, .taken: false
        case .refused, .givenUp: true
        }
    }
}

/// What the operator said of a scanned ONT (I-041, G-130), as it was heard.
package struct HeardResult: Codable, Equatable, Sendable {
    package let outcome: ProvisioningResult.Outcome
    package let details: String
    package let at: Date
    package let retryAt: Date?

    package init(outcome: ProvisioningResult.Outcome, details: String, at: Date, retryAt: Date? = nil) {
        self.outcome = outcome
        self.details = details
        self.at = at
        self.retryAt = retryAt
    }
}
