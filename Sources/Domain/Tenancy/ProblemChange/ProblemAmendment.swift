import FoundationEssentials

/// What a tenant changes of a problem, or adds to it (G-114): what is absent stays.
package struct ProblemAmendment: Codable, Equatable, Sendable {
    package var problemText: String?
    /// The tenant wants it hurried.
    package var isEscalation: Bool
    package var reservation: ID<Reservation>?
    package var primaryContact: ContactChange?
    package var secondaryContact: ContactChange?
    package var characteristics: [Characteristic]
    package var site: SiteNotes

    package init(
        problemText: String? = nil,
        isEscalation: Bool = false,
        reservation: ID<Reservation>? = nil,
        primaryContact: ContactChange? = nil,
        secondaryContact: ContactChange? = nil,
        characteristics: [Characteristic] = [],
        site: SiteNotes = SiteNotes()
    ) {
        self.problemText = problemText
        self.isEscalation = isEscalation
        self.reservation = reservation
        self.primaryContact = primaryContact
        self.secondaryContact = secondaryContact
        self.characteristics = characteristics
        self.site = site
    }

    private var isEmpty: Bool { self == ProblemAmendment() }

    /// What is wrong with it for this report; with pointers, all at once.
    package func problems(for report: ProblemReport) -> [Rejection.Problem] {
        var problems: [Rejection.Problem] = []
        if isEmpty { problems.append(Rejection.Problem("", "changes nothing")) }
        if reservation != nil, !report.faultKind.needsAppointment {
            let type = report.problemType.rawValue
            problems.append(Rejection.Problem("/appointmentReservationId", "is not allowed for \(type)"))
        }
        for member in secondaryContact?.missing(for: report.secondaryContact) ?? [] {
            problems.append(Rejection.Problem("/secondaryContact/\(member)", "is missing"))
        }
        return problems + (isEmpty ? [] : report.amended(by: self).problems)
    }
}

extension ProblemReport {
    /// Top-level values replace, contacts are merged by member, characteristics by name (G-057).
    package func amended(by amendment: ProblemAmendment) -> ProblemReport {
        let named = Set(amendment.characteristics.map(\.name))
        return ProblemReport(
            supplier: supplier,
            externalIdentifier: externalIdentifier,
            problemType: problemType,
            problemText: amendment.problemText ?? problemText,
            serviceID: serviceID,
            specification: specification,
            address: address,
            test: test,
            characteristics: characteristics.filter { !named.contains($0.name) } + amendment.characteristics,
            primaryContact: Contact.merged(primaryContact, amendment.primaryContact) ?? primaryContact,
            secondaryContact: Contact.merged(secondaryContact, amendment.secondaryContact),
            reservation: amendment.reservation ?? reservation,
            parent: parent,
            site: SiteNotes(
                hazards: amendment.site.hazards ?? site.hazards,
                onSiteRestrictions: amendment.site.onSiteRestrictions ?? site.onSiteRestrictions,
                notes: amendment.site.notes ?? site.notes
            )
        )
    }
}
