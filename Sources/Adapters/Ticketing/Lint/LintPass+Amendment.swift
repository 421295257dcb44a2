import Domain
import Formats

extension LintPass {
    /// `amendFaultReport`: the one status that a buyer may set.
    func checkAmendment() {
        guard let details = element.first("faultDetails") else { return }
        checkType(in: details)
        guard let status = details.first("status"), !status.value.isEmpty,
            let named = FaultStatus(rawValue: status.value), named != .cancelled
        else { return }
        report(
            "X-23",
            .warning,
            at: status,
            "a buyer sets no status but cancelled; another is ignored",
            expected: FaultStatus.cancelled.rawValue
        )
    }
}
