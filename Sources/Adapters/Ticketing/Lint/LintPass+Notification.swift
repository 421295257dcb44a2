import Domain
import Formats

extension LintPass {
    /// `notifyFaultReportUpdate`: where the published samples leave the published schema (X-01, X-02, X-06, X-08, X-20).
    func checkNotification() {
        let absent = ["reportDateTime", "reporterContactDetails", "endUserContactDetails", "parentFaultReference"]
            .filter { element.first($0) == nil }
        if !absent.isEmpty {
            let text = "the documents require more than the schema does"
            report("X-08", .warning, missing: absent.joined(separator: ", "), in: element, text)
        }
        if let list = element.first("appointments") {
            report(
                "X-02",
                .warning,
                at: list,
                "appointments is in four published samples and not in the published schema",
                expected: "a single appointment, for a receiver that validates with the published schema"
            )
        }
        guard let details = element.first("faultDetails") else { return }
        let triage = ["triageComplete", "triageFindings"].filter { details.first($0) == nil }
        if !triage.isEmpty {
            let text = "the triage is missing, as in all published samples; the published schema requires it"
            report("X-01", .warning, missing: triage.joined(separator: ", "), in: details, text)
        }
        checkType(in: details)
        checkConfirmations()
        if let missed = details.first("missedAppointment") { checkCauses(of: missed) }
    }

    /// X-06: a placeholder of the published samples, or any other word.
    private func checkConfirmations() {
        for status in element.descendants("appointmentConfirmationStatus") {
            let text = status.value
            guard !text.isEmpty, text != "Confirmed", text != "Failed" else { continue }
            report(
                "X-06",
                .warning,
                at: status,
                text == "Confirmed or Failed"
                    ? "the confirmation is a placeholder of the published samples" : "the confirmation is unknown",
                expected: "Confirmed or else Failed"
            )
        }
    }

    /// X-20: whose fault it was that nobody met anybody.
    private func checkCauses(of missed: XMLElement) {
        let causes = ["sellerMissedAppointment", "endUserMissedAppointment", "endUserPreAgreed", "MBORC"]
        for name in causes + ["Amended", "Cancelled"] {
            guard let flag = missed.first(name), !["Y", "N"].contains(flag.value) else { continue }
            report("T-081", .warning, at: flag, "a flag is neither yes nor no", expected: "Y or N")
        }
        guard !causes.contains(where: { missed.text(of: $0)?.uppercased() == "Y" }) else { return }
        report(
            "X-20",
            .warning,
            at: missed,
            "the missed appointment names no cause, as in the published sample",
            expected: "Y in one of \(causes.joined(separator: ", "))",
            found: "N in all"
        )
    }
}
