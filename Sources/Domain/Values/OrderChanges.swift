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

/// What changes about a person to speak to: members that are absent stay (G-057: a new phone keeps the old name).
package struct ContactChange: Codable, Equatable, Sendable, CustomStringConvertible {
    package let name: String?
    package let phoneNumber: String?
    package let email: String?

    package init(name: String? = nil, phoneNumber: String? = nil, email: String? = nil) {
        self.name = name
        self.phoneNumber = phoneNumber
        self.email = email
    }

    /// Members that a first contact must have and this one lacks; none where there is somebody to change.
    package func missing(for contact: Contact?) -> [String] {
        guard contact == nil else { return [] }
        return (name == nil ? ["name"] : []) + (phoneNumber == nil ? ["phoneNumber"] : [])
    }

    package var description: String { "ContactChange(redacted)" }
}

extension Contact {
    /// Somebody new, or the same with other members; `nil` for a new one without a name.
    package static func merged(_ contact: Contact?, _ change: ContactChange?) -> Contact? {
        guard let change else { return contact }
        guard let name = change.name ?? contact?.name else { return contact }
        return Contact(
            name: name,
            phoneNumber: change.phoneNumber ?? contact?.phoneNumber,
            email: change.email ?? contact?.email
        )
    }
}

extension [Characteristic] {
    /// Values of the same name are replaced where they stand, others follow (G-057).
    package func merged(with changes: [Characteristic]?) -> [Characteristic] {
        guard let changes else { return self }
        var merged = self
        for change in changes {
            if let index = merged.firstIndex(where: { $0.name == change.name }) {
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
