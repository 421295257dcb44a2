import Domain
import Engine
import FoundationEssentials
import Formats

/// A supplier that takes faults and repair appointments over the Ticketing contract, with the gateway as its buyer
/// (G-118, decision 27).
package enum CityFibreSOAP {
    /// Spells what a tenant's problem has to say to the supplier; `nil` for messages of other contracts.
    package static func spelling(
        of message: Message,
        from problem: ServiceProblem,
        _ context: SpellingContext
    ) -> Spelling? {
        switch message {
        case .problemRaised:
            let report = addFaultReport(problem, context)
            return .xml(XMLWriter.document { report.write(to: &$0) })
        case .resolutionAnswered(let accepted, let reason, _):
            let answer = resolveResponse(problem, accepted: accepted, reason: reason, context)
            return .xml(XMLWriter.document { answer.write(to: &$0) })
        case .problemAmended(let change), .problemCancelled(let change):
            return amendFaultReport(problem, change, context).map { amendment in
                .xml(XMLWriter.document { amendment.write(to: &$0) })
            }
        case .kci, .appointmentRequested, .orderPlaced, .ethernetOrderPlaced, .amendmentRequested,
            .cancellationRequested, .testRequested,
            .quoteRequested,
            .reservationReleased, .supplyUpdate,
            .faultNotification, .deskNews,
            .jobCreated, .jobCancelled, .provisioningResult, .jobReport, .filesReported, .telling:
            return nil
        }
    }

    static func header(_ problem: ServiceProblem, _ context: SpellingContext) -> TicketHeader {
        TicketHeader(
            buyerIdentifier: problem.buyerIdentifier,
            sentAt: context.now,
            messageID: context.messageID.rawValue
        )
    }

    /// G-118, with its gaps as decision 35 fills them.
    static func addFaultReport(_ problem: ServiceProblem, _ context: SpellingContext) -> AddFaultReport {
        let report = problem.report
        let primary = TicketContact(report.primaryContact)
        let lastWorked = report.characteristic("SERVICE_LAST_WORKED").flatMap { Timestamp.parse($0) }
        return AddFaultReport(
            header: header(problem, context),
            reported: problem.created,
            reporter: primary,
            endUser: report.secondaryContact.map { TicketContact($0) },
            service: report.serviceID.rawValue,
            buyerReference: problem.faultReference,
            parentReference: problem.parentFaultReference,
            details: FaultDetails(
                description: report.ticketDescription,
                type: FaultType(report.faultKind),
                started: lastWorked ?? context.now,
                location: "Service \(report.serviceID)",
                siteAccess: report.site.onSiteRestrictions ?? "None stated",
                siteContact: primary,
                buyerTriage: problem.triage.map { Triage($0) }
                    ?? Triage(isComplete: false, findings: "No test run")
            ),
            appointment: problem.visit.map { ($0.supplierReference, $0.slot) },
            priority: report.characteristic("CARE_LEVEL").flatMap { Int($0) }
        )
    }

    static func resolveResponse(
        _ problem: ServiceProblem,
        accepted: Bool,
        reason: String?,
        _ context: SpellingContext
    ) -> ResolveResponse {
        ResolveResponse(
            header: header(problem, context),
            buyerReference: problem.faultReference,
            maintainerReference: problem.maintainerFaultReference,
            isAccepted: accepted,
            // Cut here; the courier sends the whole ahead as a comment.
            reason: accepted ? nil : reason.map { $0.cut(to: ResolveResponse.reasonCharactersMax) }
        )
    }
}

extension ProblemReport {
    /// What a ticket has one field for (G-118).
    var ticketDescription: String {
        [problemText, site.notes, site.hazards.map { "Hazards: \($0)" }].compactMap(\.self).joined(separator: "\n")
    }

    func characteristic(_ name: String) -> String? {
        characteristics.first { $0.name.isExactly(name) }?.value
    }
}

extension Triage {
    fileprivate init(_ result: TestResult) {
        self.init(isComplete: true, findings: "\(result.outcome.rawValue) \(result.code): \(result.text)")
    }
}
