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
    /// The supplier's own name of it, by which it is answered, where its contract has one.
    package internal(set) var reference: String?
    package internal(set) var findings: Findings?

    /// What a supplier says of it beyond words, where its contract has fields for it. Codes are kept as they came (G-117).
    package struct Findings: Codable, Equatable, Sendable {
        package var code: String?
        package var category: String?
        package var faultCodes: [String]
        package var violations: [String]

        package init(
            code: String? = nil,
            category: String? = nil,
            faultCodes: [String] = [],
            violations: [String] = []
        ) {
            self.code = code
            self.category = category
            self.faultCodes = faultCodes
            self.violations = violations
        }
    }

    /// What it was, in the gateway's list (G-117). A ticket tells it in words only, so it is OTHER.
    package var code: String { findings?.code ?? "OTHER" }

    /// What the supplier promised and did not keep (G-117).
    package var violations: [String] {
        let late = (lateRepair?.sellerDays ?? 0) > 0 ? ["EXCEEDED_SLA_TIME_TO_REPAIR"] : []
        return findings.map(\.violations) ?? late
    }
}
