import Domain
import Engine
import Formats
import FoundationEssentials

/// An amendment as it came to the operator, understood but not yet accepted (G-114).
struct FaultAmendmentWish: Sendable {
    let about: FaultNamed
    private let text: String?
    private let isEscalation: Bool
    private let primaryContact: ContactChange?
    private let secondaryContact: ContactChange?
    private let characteristics: [Characteristic]
    let appointmentKey: String?
    private let site: SiteNotes

    init(reading body: [UInt8]) throws { self = try WholesaleReading.read(body) { Self($0) } }

    private init?(_ object: ObjectReader) {
        text = object.optionalString("problemText", length: WholesaleLimits.problemText)
        isEscalation = object.optionalBool("escalationRequest") ?? false
        primaryContact = WholesaleReading.contactChange(object.optionalObject("primaryContact"))
        secondaryContact = WholesaleReading.contactChange(object.optionalObject("secondaryContact"))
        characteristics = WholesaleReading.characteristics(object.optionalObjects("characteristics"))
        appointmentKey = WholesaleReading.appointmentKey(object)
        site = WholesaleReading.site(object)
        guard let about = FaultNamed(object) else { return nil }
        self.about = about
    }

    /// What a fault has a field for goes there; everything is said in a comment, which also ends a hold (decision 32).
    func amendment(of fault: FaultReport, at now: Date) -> FaultAmendment {
        var amendment = FaultAmendment()
        if let primaryContact {
            amendment.reporter = fault.reporter.changed(by: primaryContact)
            amendment.siteContact = fault.details.siteContact.changed(by: primaryContact)
        }
        if let secondaryContact { amendment.endUser = fault.endUser.changed(by: secondaryContact) }
        if text != nil || site.notes != nil || site.hazards != nil { amendment.description = description }
        amendment.siteAccess = site.onSiteRestrictions
        amendment.started = characteristics["SERVICE_LAST_WORKED"].flatMap { Timestamp.parse($0) }
        amendment.priority = characteristics["CARE_LEVEL"].flatMap { Int($0) }
        amendment.comment = words.map { TicketUpdate(text: $0, by: .buyer, at: now) }
        return amendment
    }

    private var description: String {
        [text, site.notes, site.hazards.map { "Hazards: \($0)" }].compactMap(\.self).joined(separator: "\n")
    }

    /// What a person reads; `nil` where nothing changes.
    private var words: String? {
        var words: [String] = []
        if isEscalation { words.append("Please escalate.") }
        words += [text, site.notes, site.hazards.map { "Hazards: \($0)" }].compactMap(\.self)
        if let access = site.onSiteRestrictions { words.append("Access: \(access)") }
        words += characteristics.map { "\($0.name): \($0.value)" }
        if primaryContact != nil || secondaryContact != nil { words.append("A contact has changed.") }
        return words.isEmpty ? nil : words.joined(separator: "\n")
    }
}

extension TicketContact? {
    fileprivate func changed(by change: ContactChange) -> TicketContact {
        (self ?? TicketContact()).changed(by: change)
    }
}

extension TicketContact {
    fileprivate func changed(by change: ContactChange) -> TicketContact {
        TicketContact(
            name: change.name ?? name,
            phone: change.phoneNumber ?? phone,
            email: change.email ?? email
        )
    }
}
