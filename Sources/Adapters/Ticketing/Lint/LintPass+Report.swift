import Domain
import Formats

extension LintPass {
    /// `addFaultReport`: what the schema leaves optional and the process needs. The rules themselves are the
    /// server's (`LintPass+Reading.swift`).
    func checkReport() {
        guard let details = element.first("faultDetails") else {
            let text = "faultDetails is missing: the schema allows it, the operator does not"
            return report("X-24", .warning, missing: "faultDetails", in: element, text)
        }
        checkType(in: details)
    }

    /// a type that nobody's table has.
    func checkType(in details: XMLElement) {
        guard let type = details.first("type"), !type.value.isEmpty, FaultType.named(type.value) == nil
        else { return }
        report(
            "X-15",
            .warning,
            at: type,
            "the fault type is in no table, and counts as one without appointment",
            expected: FaultType.table.map(\.name).joined(separator: ", ")
        )
    }
}
