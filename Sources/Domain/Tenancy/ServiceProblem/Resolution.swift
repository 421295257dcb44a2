import FoundationEssentials

/// One resolution of a problem, which the tenant accepts or rejects (G-116).
package struct Resolution: Codable, Equatable, Sendable {
    package enum Status: String, Codable, CaseIterable, Sendable {
        case pending = "PENDING"
        case accepted = "ACCEPTED"
        case rejected = "REJECTED"
    }

    package let id: ID<Resolution>
    package internal(set) var status = Status.pending
    package let resolvedDate: Date
    package internal(set) var closedDate: Date?
    /// Until when the tenant may answer; then the supplier closes it by itself (T-016).
    package let dueBy: Date
    /// The supplier's words.
    package let text: String?
    package let supplierCodes: [String]
    package internal(set) var tenantNotes: String?
    /// Once the ticket is closed, if the repair took longer than it may.
    package internal(set) var lateRepair: LateRepair?

    /// What it was, in the gateway's list (G-117). A ticket tells it in words only, so it is OTHER.
    package var code: String { "OTHER" }

    /// What the supplier promised and did not keep (G-117).
    package var violations: [String] { (lateRepair?.sellerDays ?? 0) > 0 ? ["EXCEEDED_SLA_TIME_TO_REPAIR"] : [] }
}
