import FoundationEssentials

/// A person as a ticket names one: any of three means may be missing (T-055). Never printed.
package struct TicketContact: Hashable, Codable, Sendable, CustomStringConvertible, CustomDebugStringConvertible {
    package var name: String?
    package var phone: String?
    package var email: String?

    package init(name: String? = nil, phone: String? = nil, email: String? = nil) {
        self.name = name
        self.phone = phone
        self.email = email
    }

    package init(_ contact: Contact) {
        self.init(name: contact.name, phone: contact.phoneNumber, email: contact.email)
    }

    /// Whether somebody could be reached by it.
    package var isReachable: Bool { phone != nil || email != nil }
    package var description: String { "TicketContact(redacted)" }
    package var debugDescription: String { description }
}

/// What kind of fault it is, from a table that is data.
package struct FaultType: Hashable, Codable, Sendable {
    package let name: String
    /// Total loss of service: no ticket of it without an appointment, none of another with one (T-012).
    package let requiresAppointment: Bool

    package init(name: String, requiresAppointment: Bool) {
        self.name = name
        self.requiresAppointment = requiresAppointment
    }

    package static let table = [
        FaultType(name: "Service Outage", requiresAppointment: true),
        FaultType(name: "Impaired Service", requiresAppointment: false),
        FaultType(name: "Performance Issue", requiresAppointment: false),
        FaultType(name: "Fault", requiresAppointment: false),
        FaultType(name: "Customer Reported Problem", requiresAppointment: false),
    ]

    package static func named(_ name: String) -> FaultType? { table.first { $0.name == name } }

    /// What a tenant's kind of fault is called here (G-118).
    package init(_ kind: ProblemReport.FaultKind) {
        switch kind {
        case .serviceOutage: self.init(name: "Service Outage", requiresAppointment: true)
        case .performanceIssue: self.init(name: "Performance Issue", requiresAppointment: false)
        case .impairedService: self.init(name: "Impaired Service", requiresAppointment: false)
        }
    }
}

/// The result of looking for the cause: by the buyer before the ticket, by the supplier after it.
package struct Triage: Codable, Equatable, Sendable {
    package var isComplete: Bool
    package var findings: String

    package init(isComplete: Bool, findings: String) {
        self.isComplete = isComplete
        self.findings = findings
    }
}

/// What is wrong, where, and how to get in (T-070).
package struct FaultDetails: Codable, Equatable, Sendable {
    package var description: String?
    package var type: FaultType
    package var started: Date
    package var location: String
    package var siteAccess: String
    package var siteContact: TicketContact
    package var buyerTriage: Triage

    package init(
        description: String? = nil,
        type: FaultType,
        started: Date,
        location: String,
        siteAccess: String,
        siteContact: TicketContact,
        buyerTriage: Triage
    ) {
        self.description = description
        self.type = type
        self.started = started
        self.location = location
        self.siteAccess = siteAccess
        self.siteContact = siteContact
        self.buyerTriage = buyerTriage
    }
}

/// Which side of the contract spoke (T-065, T-067).
package enum TicketParty: String, Codable, CaseIterable, Sendable { case buyer, seller }

/// A line of the ticket's history, as both sides read it.
package struct TicketUpdate: Codable, Equatable, Sendable {
    package let text: String
    package let by: TicketParty
    package let at: Date

    package init(text: String, by: TicketParty, at: Date) {
        self.text = text
        self.by = by
        self.at = at
    }
}
