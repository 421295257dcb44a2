import Domain
import Formats

extension LintPass {
    /// `addFaultReport`: what the schema leaves optional and the process needs (T-011, T-012, X-14, X-15, X-24).
    func checkReport() {
        if let buyer = element.first("buyerIdentifier"), buyer.value.isEmpty {
            report(
                "X-24",
                .error,
                at: buyer,
                "buyerIdentifier is empty: the schema allows it, the operator does not",
                expected: "the buyer's identifier"
            )
        }
        let contacts =
            ["reporterContactDetails", "endUserContactDetails"].compactMap { element.first($0) }
            + (element.first("faultDetails").map { $0.all("siteAccessContactDetails") } ?? [])
        if !contacts.contains(where: { $0.said("phone") != nil || $0.said("email") != nil }) {
            let text = "nobody can be reached: one contact with a telephone number or an e-mail address is needed"
            report("X-24", .error, missing: "phone or email of a contact", in: element, text)
        }
        guard let details = element.first("faultDetails") else {
            let text = "faultDetails is missing: the schema allows it, the operator does not"
            return report("X-24", .error, missing: "faultDetails", in: element, text)
        }
        checkType(in: details)
        checkAppointmentRule(details)
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

    /// T-012: total loss of service with a reservation, anything else without.
    private func checkAppointmentRule(_ details: XMLElement) {
        guard let type = details.first("type"), !type.value.isEmpty else { return }
        let name = type.value
        let key = element.first("appointment")?.first("appointmentReservationKey")
        let hasKey = key?.value.isEmpty == false
        if FaultType.named(name)?.requiresAppointment == true, !hasKey {
            report(
                "T-012",
                .error,
                at: type,
                "a \(name) needs a reserved appointment",
                expected: "appointment/appointmentReservationKey",
                found: "none"
            )
        }
        if FaultType.named(name)?.requiresAppointment != true, hasKey, let key {
            report(
                "X-14",
                .error,
                at: key,
                "only a Service Outage has an appointment (T-012), though a published sample has one with another type",
                expected: "no appointment with the type \(name)"
            )
        }
    }
}
