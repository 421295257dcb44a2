import FoundationEssentials

/// What a supplier's representation of a problem says: where it stands, and how it was resolved (G-092).
package struct ProblemNews: Codable, Equatable, Sendable {
    /// `nil` for none, or one that nobody knows.
    package var status: ServiceProblem.Status?
    package var resolution: OfferedResolution?

    package init(status: ServiceProblem.Status? = nil, resolution: OfferedResolution? = nil) {
        self.status = status
        self.resolution = resolution
    }
}

/// A resolution as a supplier offers it; the tenant's number for it is drawn by whoever hears of it first.
package struct OfferedResolution: Codable, Equatable, Sendable {
    package let id: ID<Resolution>
    /// The supplier's own name of it, by which it is answered.
    package let reference: String
    package var text: String?
    package var supplierCodes: [String]
    package var findings: Resolution.Findings

    package init(
        id: ID<Resolution>,
        reference: String,
        text: String? = nil,
        supplierCodes: [String] = [],
        findings: Resolution.Findings = Resolution.Findings()
    ) {
        self.id = id
        self.reference = reference
        self.text = text
        self.supplierCodes = supplierCodes
        self.findings = findings
    }
}
