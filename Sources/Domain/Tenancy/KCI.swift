import FoundationEssentials

/// Keep Customer Informed: one update to a tenant about one of its entities (G-070…G-078).
///
/// Its body is spelt in the commit of the change that it reports, from the entity as it then was.
package struct KCI: Codable, Equatable, Sendable {
    /// What it carries; exactly one (G-070).
    package enum Content: Codable, Equatable, Sendable {
        case information(type: InformationType, details: KCIDetails)
        case action(type: ActionType, details: KCIDetails)
        /// `about`: which request of the tenant's, where it is of one.
        case error(code: String, messages: [String], about: KCIDetails? = nil)
    }

    /// Without a gap per root entity, from 1 (G-079, decision 11).
    package let sequence: Int64
    package let content: Content
    /// When the supplier says that it happened, and when we heard; `nil` where the gateway itself is the origin.
    package let issuedOn: Date?
    package let receivedOn: Date?

    package init(sequence: Int64, content: Content, issuedOn: Date? = nil, receivedOn: Date? = nil) {
        self.sequence = sequence
        self.content = content
        self.issuedOn = issuedOn
        self.receivedOn = receivedOn
    }

    /// What a person calls it: `COMMITTED`, `CONFIRM`, `ERROR`.
    package var headline: String {
        switch content {
        case .information(let type, _): type.rawValue
        case .action(let type, _): type.rawValue
        case .error: "ERROR"
        }
    }
}

/// G-073.
package enum InformationType: String, Codable, CaseIterable, Sendable {
    case created = "CREATED"
    case acknowledged = "ACKNOWLEDGED"
    case committed = "COMMITTED"
    case delay = "DELAY"
    case resumed = "RESUMED"
    case reappointed = "REAPPOINTED"
    case additional = "ADDITIONAL"
    case warning = "WARNING"
    case update = "UPDATE"
    case amended = "AMENDED"
    case cancelled = "CANCELLED"
    case terminated = "TERMINATED"
    case completed = "COMPLETED"
}

/// G-074.
package enum ActionType: String, Codable, CaseIterable, Sendable {
    case informationRequired = "INFORMATION_REQUIRED"
    case reappoint = "REAPPOINT"
    case resubmit = "RESUBMIT"
    case confirm = "CONFIRM"
}

/// What explains an update (G-076). Problem codes are stored as they came: an unknown one is surfaced, never a crash (G-077).
package struct KCIDetails: Codable, Equatable, Sendable {
    package var problemCode: String?
    package var text: String?
    package var supplierCodes: [String] = []
    package var notes: [String] = []
    package var amendment: ID<ChangeRequest>?
    package var cancellation: ID<ChangeRequest>?
    package var resolution: ID<Resolution>?
    package var dueBy: Date?
    package var problemAmendment: ID<ProblemChange>?
    package var problemCancellation: ID<ProblemChange>?

    package init(
        problemCode: String? = nil,
        text: String? = nil,
        supplierCodes: [String] = [],
        notes: [String] = [],
        resolution: ID<Resolution>? = nil,
        dueBy: Date? = nil,
        problemAmendment: ID<ProblemChange>? = nil,
        problemCancellation: ID<ProblemChange>? = nil
    ) {
        self.problemCode = problemCode
        self.text = text
        self.supplierCodes = supplierCodes
        self.notes = notes
        self.resolution = resolution
        self.dueBy = dueBy
        self.problemAmendment = problemAmendment
        self.problemCancellation = problemCancellation
    }
}
