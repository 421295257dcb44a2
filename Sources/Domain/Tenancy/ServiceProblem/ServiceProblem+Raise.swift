import FoundationEssentials

extension ServiceProblem {
    /// What the gateway knows around a report, gathered in the same commit.
    package struct Circumstances: Equatable, Sendable {
        package let buyerIdentifier: String
        /// Whether the tenant's own identifier isn't yet a reference at the supplier.
        package let isReferenceFree: Bool
        package let visit: BookedVisit?
        package let triage: TestResult?
        package let parentFaultReference: String?
        /// Whether the supplier asks the tenant to confirm a resolution (§3.4).
        package let confirmsResolutions: Bool

        package init(
            buyerIdentifier: String,
            isReferenceFree: Bool,
            visit: BookedVisit? = nil,
            triage: TestResult? = nil,
            parentFaultReference: String? = nil,
            confirmsResolutions: Bool = true
        ) {
            self.buyerIdentifier = buyerIdentifier
            self.isReferenceFree = isReferenceFree
            self.visit = visit
            self.triage = triage
            self.parentFaultReference = parentFaultReference
            self.confirmsResolutions = confirmsResolutions
        }
    }

    /// A tenant reports a problem (G-110).
    package static func raise(
        _ id: ID<ServiceProblem>,
        _ report: ProblemReport,
        _ around: Circumstances,
        for tenant: TenantID,
        in conversation: ConversationID,
        at now: Date
    ) throws(Rejection) -> (ServiceProblem, [Effect]) {
        let problems = report.problems
        guard problems.isEmpty else { throw Rejection(.invalid, "The problem breaks a rule.", problems: problems) }
        try report.requireAppointmentRule()
        let problem = ServiceProblem(
            id: id,
            tenant: tenant,
            conversation: conversation,
            created: now,
            updated: now,
            report: report,
            buyerIdentifier: around.buyerIdentifier,
            faultReference: report.faultReference(of: id, isFree: around.isReferenceFree),
            parentFaultReference: around.parentFaultReference,
            visit: around.visit,
            triage: around.triage,
            confirmsResolutions: around.confirmsResolutions ? nil : false
        )
        return (problem, [.send(.problemRaised, to: .supplier(id: report.supplier))])
    }
}
