import FoundationEssentials

extension InstallationJob {
    /// Codes under which nobody came, so that no engineer need have been assigned (G-126).
    private static let withoutVisit: Set<ClosureCode.Meaning> = [
        .noTruckRoll, .unableToAttendWithNotice, .failedToAttend,
    ]

    /// Codes that only an engineer who was there can give: his arrival is filled in, where his telephone lost it (§3.7).
    private static let afterArrival: Set<ClosureCode.Meaning> = [
        .serviceProvided, .partialInstall, .noAccess, .unsafe, .faultAtONT, .revisitComplete, .revisitNoAccess,
        .revisitUnsafe, .revisitFaultAtONT, .externalComplete, .externalUnsafe, .civilsComplete,
    ]

    /// `closeJob`: how it ended. Final; the same again is the same answer, another is refused (§3.7).
    ///
    /// That code and secondary belong together is checked before, against ``ClosureCatalogue``.
    package mutating func close(
        _ closing: ClosingReport,
        by report: PartnerReport,
        at now: Date
    ) throws(Rejection) -> [Effect] {
        switch state {
        case .open, .cancelRequested, .failedToSend:
            let stage = stageOfPartner ?? .created
            let meaning = closing.code.meaning
            guard stage >= .assigned || Self.withoutVisit.contains(meaning) else {
                throw Rejection(
                    .illegalTransition,
                    "Job \(reference) is \(stateName); it cannot be closed before an engineer is assigned."
                )
            }
            let reached: Stage = Self.afterArrival.contains(meaning) ? .onSite : .accepted
            let effects = try advance(to: reached, as: .closed, by: report, at: now)
            meet(closing.engineer)
            let closure = JobClosure(
                code: closing.code,
                secondary: closing.secondary,
                description: closing.codeDescription,
                isProvisioned: provisioning.isSuccessful
            )
            if closure.isDoubtful { remark(.serviceWithoutLight) }
            if meaning == .other { remark(.unknownClosureCode(raw: closing.code.raw)) }
            state = .closed(report: closing, closure: closure)
            return effects + silence
                + tellAppointment(.closed(code: closing.code.canonical, at: closing.closedAt))
                + [
                    .tell(
                        .supplyOrder(
                            id: pack.supplyOrder,
                            input: .jobClosed(job: id, closure: closure, at: closing.closedAt)
                        )
                    )
                ]
        case .closed(let first, _) where first == closing:
            return []
        case .closed:
            throw Rejection(.illegalTransition, "Job \(reference) was closed with other content; closed is final.")
        case .declined, .cancelled:
            throw Rejection(.illegalTransition, "Job \(reference) is \(stateName); it cannot be closed.")
        }
    }
}
