import Domain
import FoundationEssentials
import Formats

/// The JSON body of an event. Each event has members of its own, most of them optional; another is refused by name.
struct DeskWords: Equatable, Sendable {
    var reason: String?
    /// Of triage: what was found, and whether it is a fault of the network.
    var findings: String?
    var isFaultFound = true
    /// Of a hold: a ``HoldReason``'s code.
    var reasonCode: String?
    /// Of a hold, those before it; of `contact-attempts`, the one.
    var contacts: [ContactAttempt] = []
    var text: String?
    var priority: Int?
    /// Of a visit that ended, or that did not take place.
    var closureCode: VisitClosureCode?
    /// Of a visit that did not take place: the end user had said so before.
    var isPreAgreed = false

    /// What a person says at a time; a notification repeats all of it.
    static let charactersMax = 1_000
    /// Of 32 bits, which every reader of the notification's `xs:integer` keeps; the contract has no range (T-063).
    static let priorities = -2_147_483_648...2_147_483_647

    /// - Throws: ``APIError`` 400 with everything that is wrong.
    init(_ bytes: [UInt8], for event: DeskEvent, at now: Date) throws(APIError) {
        let problems = Problems()
        let document: JSONDocument
        do {
            document = try JSONDocument(parsing: bytes.isEmpty ? Array("{}".utf8) : bytes)
        } catch {
            throw .malformed(error)
        }
        let object = ObjectReader(document.root, problems: problems)
        switch event {
        case .triage:
            findings = object.optionalString("findings", length: 1...Self.charactersMax)
            isFaultFound = object.optionalBool("faultFound") ?? true
        case .hold:
            reasonCode = object.optionalString("reasonCode", length: 1...5)
            let most = 0...[ContactAttempt].contactsMax
            contacts = (object.optionalObjects("contactAttempts", count: most) ?? []).compactMap {
                ContactAttempt($0, at: now)
            }
        case .contactAttempts:
            if let contact = ContactAttempt(object, at: now) { contacts = [contact] }
        case .comment:
            text = object.requiredString("text", length: 1...Self.charactersMax)
        case .priority:
            priority = object.requiredInteger("priorityLevel", range: Self.priorities)
        case .appointmentCompleted:
            closureCode = object.optionalEnum("closureCode")
        case .appointmentMissed:
            closureCode = object.optionalEnum("closureCode")
            isPreAgreed = object.optionalBool("endUserPreAgreed") ?? false
        case .start, .resume, .resolve, .cancel, .reject, .appointmentConfirmed, .appointmentFailed,
            .appointmentCancelled:
            break
        }
        switch event {
        case .contactAttempts, .comment:
            break
        case .triage, .start, .hold, .resume, .resolve, .cancel, .reject, .priority, .appointmentConfirmed,
            .appointmentFailed, .appointmentCancelled, .appointmentCompleted, .appointmentMissed:
            reason = object.optionalString("reason", length: 1...Self.charactersMax)
        }
        object.finish(rejectUnknown: true)
        guard problems.isEmpty else { throw .malformed(problems.all) }
    }
}

extension ContactAttempt {
    /// `{kind, outcome, at = now}`
    fileprivate init?(_ object: ObjectReader, at now: Date) {
        let kind = object.requiredEnum("kind", as: Means.self)
        let outcome = object.requiredEnum("outcome", as: Outcome.self)
        let at = object.optionalDateTime("at") ?? now
        // Objects in a list are read here and nowhere else; the body itself is finished by its reader.
        if !object.pointer.isEmpty { object.finish(rejectUnknown: true) }
        guard let kind, let outcome else { return nil }
        self.init(kind: kind, outcome: outcome, at: at)
    }
}
