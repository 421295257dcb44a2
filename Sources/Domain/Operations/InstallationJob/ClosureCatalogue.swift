/// Which secondary codes there are, and under which primary (I-022). Data of the published table, loaded by an adapter.
package struct ClosureCatalogue: Equatable, Sendable {
    /// Primary codes that must have a secondary and its description (I-023).
    package static let mustExplain: Set<ClosureCode.Meaning> = [.faultAtNode, .faultAtPOP]

    /// Of each primary, its secondary codes and their texts.
    package let secondaries: [String: [String: String]]
    /// What each primary code says (I-021).
    package let primaries: [String: String]
    private let parents: [ExactText: String]

    package init(primaries: [String: String], secondaries: [String: [String: String]]) {
        self.primaries = primaries
        self.secondaries = secondaries
        parents = secondaries.reduce(into: [:]) { parents, entry in
            for code in entry.value.keys { parents[ExactText(code)] = entry.key }
        }
    }

    /// A secondary code must be known and belong to its primary (−32003). Primary codes may be unknown, not these.
    package func check(_ secondary: String, of primary: ClosureCode) throws(Rejection) {
        guard let parent = parents[ExactText(secondary)] else {
            throw Rejection(
                .closureCodeMismatch,
                "There is no secondary closure code \(secondary).",
                problems: [.init("/params/secondaryClosureCode", "is not in the list")]
            )
        }
        guard parent.isExactly(primary.canonical) else {
            throw Rejection(
                .closureCodeMismatch,
                "Secondary closure code \(secondary) belongs to \(parent), not to \(primary.canonical).",
                problems: [.init("/params/secondaryClosureCode", "belongs to \(parent)")]
            )
        }
    }
}
