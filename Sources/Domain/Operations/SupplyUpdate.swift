import FoundationEssentials

/// An update of the operator to a customer of its Supplier API, about one of the customer's entities (G-092, G-093).
///
/// The entity itself is spelt into the body from its state after the change.
package struct SupplyUpdate: Codable, Equatable, Sendable {
    /// G-093. Never renamed: the wire and the store spell them alike.
    package enum Reason: String, Codable, CaseIterable, Sendable {
        case created = "CREATED"
        case update = "UPDATE"
        case acknowledged = "ACKNOWLEDGED"
        case committed = "COMMITTED"
        case additional = "ADDITIONAL"
        case warning = "WARNING"
        case delay = "DELAY"
        case informationRequired = "INFORMATION_REQUIRED"
        case reappoint = "REAPPOINT"
        case amended = "AMENDED"
        case cancelled = "CANCELLED"
        case orderRejected = "ORDER_REJECTED"
        case amendmentRejected = "AMENDMENT_REJECTED"
        case cancellationRejected = "CANCELLATION_REJECTED"
        case resumed = "RESUMED"
        case reappointed = "REAPPOINTED"
        case terminated = "TERMINATED"
        case completed = "COMPLETED"
        case confirm = "CONFIRM"
    }

    /// Without a gap per entity, from 1, so that a gateway never has to buffer ours (decision 4).
    package let sequence: Int64
    package let reason: Reason
    package let issuedOn: Date
    package var problemCode: ProblemCode?
    package var text: String?
    package var supplierCodes: [String]
    /// The customer's request that it answers.
    package var answering: SupplyChange?
    /// Of a fault: how it stood at that moment.
    package var fault: FaultMoment?

    package init(
        sequence: Int64,
        reason: Reason,
        issuedOn: Date,
        problemCode: ProblemCode? = nil,
        text: String? = nil,
        supplierCodes: [String] = [],
        answering: SupplyChange? = nil
    ) {
        self.sequence = sequence
        self.reason = reason
        self.issuedOn = issuedOn
        self.problemCode = problemCode
        self.text = text
        self.supplierCodes = supplierCodes
        self.answering = answering
    }
}
