import FoundationEssentials

/// What a supplier says of one entity of ours: an update of the Supplier Updates API, understood (G-092, G-093).
///
/// The same type for orders, tests and problems: what the update says of the entity is optional, because suppliers
/// leave out what didn't change.
package struct SupplierNews: Codable, Equatable, Sendable {
    /// How the supplier's representation says that an entity ended, where the reason alone does not tell.
    package enum Ending: String, Codable, CaseIterable, Sendable {
        case cancelled = "CANCELLED"
        case failed = "FAILED"
        case rejected = "REJECTED"
        case partial = "PARTIAL"
        case completed = "COMPLETED"
    }

    /// The supplier's own id of the update: a repeat has the same, and is dropped.
    package let message: MessageID
    /// Rising per entity, where the supplier numbers its updates.
    package let sequence: Int64?
    package let reason: SupplyUpdate.Reason
    package let issuedOn: Date
    package let receivedOn: Date
    package var problemCode: String?
    package var text: String?
    package var supplierCodes: [String]
    package var notes: [String]
    /// The tenant's request that it answers, by our number (G-092).
    package var amendment: ID<ChangeRequest>?
    package var cancellation: ID<ChangeRequest>?
    package var problemAmendment: ID<ProblemChange>?
    package var problemCancellation: ID<ProblemChange>?
    /// What the update's representation of a problem says.
    package var problem: ProblemNews?
    /// What the update's representation of the entity says.
    package var supplierReference: String?
    package var committedDate: CivilDate?
    package var targetDate: CivilDate?
    package var ending: Ending?
    package var visit: BookedVisit?
    package var serviceID: ServiceID?
    package var result: TestResult?

    package init(
        message: MessageID,
        sequence: Int64?,
        reason: SupplyUpdate.Reason,
        issuedOn: Date,
        receivedOn: Date,
        problemCode: String? = nil,
        text: String? = nil,
        supplierCodes: [String] = [],
        notes: [String] = [],
        supplierReference: String? = nil,
        committedDate: CivilDate? = nil,
        targetDate: CivilDate? = nil,
        ending: Ending? = nil,
        visit: BookedVisit? = nil,
        serviceID: ServiceID? = nil,
        result: TestResult? = nil
    ) {
        self.message = message
        self.sequence = sequence
        self.reason = reason
        self.issuedOn = issuedOn
        self.receivedOn = receivedOn
        self.problemCode = problemCode
        self.text = text
        self.supplierCodes = supplierCodes
        self.notes = notes
        self.supplierReference = supplierReference
        self.committedDate = committedDate
        self.targetDate = targetDate
        self.ending = ending
        self.visit = visit
        self.serviceID = serviceID
        self.result = result
    }

    /// What the tenant is told of it.
    var details: KCIDetails {
        KCIDetails(problemCode: problemCode, text: text, supplierCodes: supplierCodes, notes: notes)
    }

    /// Some reasons mean nothing without a problem code (G-077).
    func requireProblemCode() throws(Rejection) {
        guard problemCode?.isEmpty ?? true else { return }
        throw Rejection(
            .invalid,
            "\(reason.rawValue) needs a problemCode.",
            problems: [Rejection.Problem("/problemCode", "must accompany \(reason.rawValue)")]
        )
    }
}
