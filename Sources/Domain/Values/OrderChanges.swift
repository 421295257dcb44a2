/// What an amendment changes about an order that is under way; what is absent stays as it is (F-030, G-056).
package struct OrderChanges: Codable, Equatable, Sendable {
    /// Merged by name (G-057).
    package let characteristics: [Characteristic]?
    package let primaryContact: ContactChange?
    package let secondaryContact: ContactChange?
    package let requestedCompletionDate: CivilDate?
    package let engineerTasks: [EngineerTask]?
    package let site: SiteNotes

    package init(
        characteristics: [Characteristic]? = nil,
        primaryContact: ContactChange? = nil,
        secondaryContact: ContactChange? = nil,
        requestedCompletionDate: CivilDate? = nil,
        engineerTasks: [EngineerTask]? = nil,
        site: SiteNotes = SiteNotes()
    ) {
        self.characteristics = characteristics
        self.primaryContact = primaryContact
        self.secondaryContact = secondaryContact
        self.requestedCompletionDate = requestedCompletionDate
        self.engineerTasks = engineerTasks
        self.site = site
    }

    package var isEmpty: Bool { self == OrderChanges() }

    /// Whether an engineer who was sent already would have to know.
    package var concernsVisit: Bool {
        primaryContact != nil || secondaryContact != nil || engineerTasks != nil || site != SiteNotes()
    }
}

extension [Characteristic] {
    /// Values of the same name are replaced where they stand, others follow (G-057).
    package func merged(with changes: [Characteristic]?) -> [Characteristic] {
        guard let changes else { return self }
        var merged = self
        for change in changes {
            if let index = merged.firstIndex(where: { $0.name.isExactly(change.name) }) {
                merged[index] = change
            } else {
                merged.append(change)
            }
        }
        return merged
    }
}

extension SiteNotes {
    package func merged(with changes: SiteNotes) -> SiteNotes {
        SiteNotes(
            hazards: changes.hazards ?? hazards,
            onSiteRestrictions: changes.onSiteRestrictions ?? onSiteRestrictions,
            notes: changes.notes ?? notes
        )
    }
}
