import Domain
import FoundationEssentials
import Formats

/// Reads the fields of one valid message, and gathers what the schema cannot say: problems and forgiven oddities.
///
/// A class because the readers of parts share what they find.
final class TicketFields {
    let element: XMLElement
    /// Whether oddities are refused instead of forgiven.
    let isStrict: Bool
    private(set) var found: [Found] = []
    private(set) var warnings: [String] = []

    init(_ element: XMLElement, isStrict: Bool = false) {
        self.element = element
        self.isStrict = isStrict
    }

    /// One thing that is wrong, and where in the message: lint points at it.
    struct Found {
        let problem: Rejection.Problem
        /// The field, or what lacks it.
        let place: XMLElement
        let isMissing: Bool
    }

    func report(_ field: String, _ text: String, in parent: XMLElement? = nil) {
        let parent = parent ?? element
        let place = parent.first(field)
        found.append(
            Found(problem: Rejection.Problem(field, text), place: place ?? parent, isMissing: place == nil)
        )
    }

    func warn(_ text: String) { warnings.append(text) }

    /// What was read is worth nothing if something is wrong with it.
    func finish() throws(TicketingProblem) {
        guard found.isEmpty else {
            throw TicketingProblem(status: 400, found.map(\.problem), otherwise: "not valid")
        }
    }

    /// Collapsed or trimmed, as its type has it; empty is absent (N-12).
    func text(_ name: String, in parent: XMLElement? = nil, max: Int? = nil) -> String? {
        guard let text = (parent ?? element).first(name)?.value, !text.isEmpty else { return nil }
        if let max, text.utf8.count > max, text.unicodeScalars.count > max {
            report(name, "longer than \(max) characters", in: parent)
        }
        return text
    }

    func required(_ name: String, in parent: XMLElement? = nil, max: Int? = nil) -> String {
        guard let text = text(name, in: parent, max: max) else {
            report(name, "required", in: parent)
            return ""
        }
        return text
    }

    /// The seller's reference, or none where a placeholder stands for it.
    func maintainerReference() -> String? {
        guard let text = text("maintainerFaultReference", max: TicketHeader.charactersMax) else { return nil }
        guard text.first != "(" else {
            warn("maintainerFaultReference \(text) is a placeholder (X-07)")
            return nil
        }
        return text
    }

    func date(_ name: String, in parent: XMLElement? = nil) -> Date? {
        text(name, in: parent).flatMap { date(name, in: parent, spelt: $0) }
    }

    func requiredDate(_ name: String, in parent: XMLElement? = nil) -> Date? {
        guard let text = text(name, in: parent) else {
            report(name, "required", in: parent)
            return nil
        }
        return date(name, in: parent, spelt: text)
    }

    private func date(_ name: String, in parent: XMLElement?, spelt text: String) -> Date? {
        guard let date = XMLDateTime.parse(text) else {
            report(name, "not a date and time that can be read", in: parent)
            return nil
        }
        return date
    }

    /// `xs:boolean`, whose forms are four.
    func bool(_ name: String, in parent: XMLElement? = nil) -> Bool? {
        switch text(name, in: parent) {
        case "true", "1": true
        case "false", "0": false
        default: nil
        }
    }

    func integer(_ name: String) -> Int? {
        guard let text = text(name) else { return nil }
        guard let number = Int(text) else {
            report(name, "too large")
            return nil
        }
        return number
    }

    /// Any of three means, in any order; of a repeated one the first (T-055).
    func contact(_ name: String, in parent: XMLElement? = nil) -> TicketContact? {
        guard let contact = (parent ?? element).first(name) else { return nil }
        let read = TicketContact(
            name: text("name", in: contact),
            phone: text("phone", in: contact),
            email: text("email", in: contact)
        )
        return read == TicketContact() ? nil : read
    }

    func updates(at now: Date) -> [TicketUpdate] {
        (element.first("updates")?.all("update") ?? []).compactMap { update in
            guard let text = text("description", in: update) else { return nil }
            return TicketUpdate(
                text: text,
                by: party("updatedBy", in: update) ?? .buyer,
                at: date("updatedTime", in: update) ?? now
            )
        }
    }

    func comment(at now: Date) -> TicketUpdate? {
        guard let comment = element.first("comment"), let text = text("value", in: comment) else { return nil }
        return TicketUpdate(
            text: text,
            by: party("commentedBy", in: comment) ?? .buyer,
            at: date("commentedTime", in: comment) ?? now
        )
    }

    /// Buyer or seller, in either case.
    private func party(_ name: String, in parent: XMLElement) -> TicketParty? {
        guard let text = text(name, in: parent) else { return nil }
        let party = TicketParty(rawValue: text.lowercased())
        if party?.rawValue != text { warn("\(name) \(text) is not spelt in lower case (X-05)") }
        return party
    }

    /// The reservation key that a ticket brings (T-080).
    func reservationKey() -> String? {
        element.first("appointment").flatMap { text("appointmentReservationKey", in: $0) }
    }

    /// The names of the files that come with it (T-066). What it says of their places is not ours to believe.
    func attachments() -> [String] {
        let attachments = element.first("attachments")?.all("attachment") ?? []
        if attachments.contains(where: { text("url", in: $0) != nil }) {
            warn("the url of an attachment is ignored: files are sent to the place that the answer names (G-142)")
        }
        return attachments.map { required("filename", in: $0) }
    }

    /// A type of the table; another is taken as one without appointment, and noted.
    func faultType(_ name: String, in details: XMLElement) -> FaultType {
        if let known = FaultType.named(name) { return known }
        if isStrict {
            report("type", "not one of \(FaultType.table.map(\.name).joined(separator: ", "))", in: details)
        } else {
            warn("the type \(name) is unknown and taken as one without appointment (X-15)")
        }
        return FaultType(name: name, requiresAppointment: false)
    }
}
