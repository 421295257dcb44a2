import Domain
import Engine
import FoundationEssentials
import Formats

/// What a tenant asks of a problem that is under way, as amendments of its ticket (G-118, X-23).
extension CityFibreSOAP {
    /// `nil` where the request is no longer open: nothing would be asked.
    static func amendFaultReport(
        _ problem: ServiceProblem,
        _ change: ID<ProblemChange>,
        _ context: SpellingContext
    ) -> AmendFaultReport? {
        guard let open = problem.openChange, open.id == change else { return nil }
        var message = AmendFaultReport(
            header: header(problem, context),
            buyerReference: problem.faultReference,
            maintainerReference: problem.maintainerFaultReference
        )
        switch open.wish {
        case .amendment(let amendment):
            message.amendment = faultAmendment(amendment, of: problem.report, at: context.now)
            message.key = open.visit?.supplierReference
            message.slot = open.visit?.slot
        case .cancellation(let cancellation):
            message.amendment.status = .cancelled
            let words = [cancellation.reason.rawValue, cancellation.text].compactMap(\.self)
            message.amendment.statusReason = words.joined(separator: ": ")
        }
        return message
    }

    /// What the ticket has a field for goes there; that and the rest is said in a comment, which also ends a hold
    /// (decision 32).
    private static func faultAmendment(
        _ change: ProblemAmendment,
        of report: ProblemReport,
        at now: Date
    ) -> FaultAmendment {
        let after = report.amended(by: change)
        var amendment = FaultAmendment()
        if after.primaryContact != report.primaryContact {
            amendment.reporter = TicketContact(after.primaryContact)
            amendment.siteContact = TicketContact(after.primaryContact)
        }
        if after.secondaryContact != report.secondaryContact {
            amendment.endUser = after.secondaryContact.map { TicketContact($0) }
        }
        if after.ticketDescription != report.ticketDescription { amendment.description = after.ticketDescription }
        amendment.siteAccess = change.site.onSiteRestrictions
        amendment.started = change.characteristics["SERVICE_LAST_WORKED"].flatMap { Timestamp.parse($0) }
        amendment.priority = change.characteristics["CARE_LEVEL"].flatMap { Int($0) }
        amendment.comment = TicketUpdate(text: change.words, by: .buyer, at: now)
        return amendment
    }
}

extension ProblemAmendment {
    /// What a person at the supplier reads.
    fileprivate var words: String {
        var words: [String] = []
        if isEscalation { words.append("Please escalate.") }
        if let problemText { words.append(problemText) }
        if let notes = site.notes { words.append(notes) }
        if let hazards = site.hazards { words.append("Hazards: \(hazards)") }
        words += characteristics.map { "\($0.name): \($0.value)" }
        if reservation != nil { words.append("Another appointment is given.") }
        return words.isEmpty ? "The report was amended." : words.joined(separator: "\n")
    }
}
