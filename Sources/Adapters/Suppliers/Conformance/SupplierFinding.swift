/// Whether a supplier does what one rule asks, and what was seen.
package struct SupplierFinding: Equatable, Sendable {
    package enum Verdict: String, CaseIterable, Sendable {
        case conforms
        case fails
        /// The supplier says that it does not offer it: 501 (G-094). That is no fault.
        case lacks
        /// Something that it needs went wrong before.
        case untried
    }

    package let rule: SupplierRule
    package let verdict: Verdict
    package let seen: String

    package init(_ rule: SupplierRule, _ verdict: Verdict, _ seen: String) {
        self.rule = rule
        self.verdict = verdict
        self.seen = seen
    }
}
