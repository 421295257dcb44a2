import Foundation
import Formats

/// Follows tickets by what is on the wire and nothing else: it shares no code with the domain, and has its own idea of the
/// contract (§3.3, T-014, T-016, T-090 to T-101).
struct TicketAuditor {
    private struct Ticket {
        var status = "pending"
        var reference: String?
        var updates: [String] = []
        var resolvedAt: Date?
        /// The buyer's word, since the ticket was resolved.
        var answer: Bool?
        var isCancelledByBuyer = false
    }

    /// To which status another may follow; the same may always be told again.
    private static let following: [String: Set<String>] = [
        "pending": ["accepted", "rejected", "cancelled"],
        "accepted": ["open", "resolved", "in-progress", "cancelled", "on-hold"],
        "open": ["in-progress", "on-hold", "cancelled"],
        "re-opened": ["in-progress", "cancelled", "on-hold"],
        "in-progress": ["on-hold", "resolved", "cancelled"],
        "on-hold": ["in-progress", "resolved", "cancelled"],
        "resolved": ["closed", "re-opened"],
        "closed": [], "rejected": [], "cancelled": [],
    ]
    private static let silence: TimeInterval = 48 * 60 * 60

    private var tickets: [String: Ticket] = [:]
    private var messageIDs: Set<String> = []
    private(set) var findings: [String] = []
    private(set) var heard = 0

    /// A buyer was answered 201.
    mutating func reported(_ name: String) {
        if tickets[name] != nil { findings.append("\(name) was taken twice") }
        tickets[name] = Ticket()
    }

    /// A buyer's word about a resolution was answered 200.
    mutating func answered(_ name: String, accepts: Bool) {
        if tickets[name]?.status != "resolved" {
            findings.append("\(name): an answer was taken while it was not resolved")
        }
        tickets[name]?.answer = accepts
    }

    /// The operator told something at a moment.
    mutating func told(_ name: String, _ element: XMLElement, at moment: Date) {
        heard += 1
        guard var ticket = tickets[name] else {
            findings.append("\(name) is told of before it was taken")
            return
        }
        defer { tickets[name] = ticket }
        let id = element.text(of: "messageId") ?? ""
        if !messageIDs.insert(id).inserted { findings.append("\(name): the message id \(id) comes twice") }
        let status = element.first("faultDetails")?.text(of: "status") ?? ""
        checkReference(element.text(of: "maintainerFaultReference") ?? "", status, name, &ticket)
        checkUpdates(element, name, &ticket)
        guard status != ticket.status else { return }
        if Self.following[ticket.status]?.contains(status) != true {
            findings.append("\(name) went from \(ticket.status) to \(status)")
        }
        switch status {
        case "resolved":
            ticket.resolvedAt = moment
            ticket.answer = nil
        case "closed": checkClosing(name, ticket, moment)
        case "re-opened" where ticket.answer != false: findings.append("\(name) was re-opened though nobody refused")
        case _: break
        }
        ticket.status = status
    }

    /// What must be true of every ticket once no more time passes: none is resolved beyond its 48 hours.
    mutating func close(at moment: Date) {
        for (name, ticket) in tickets where ticket.status == "resolved" {
            guard let resolved = ticket.resolvedAt, moment.timeIntervalSince(resolved) >= Self.silence else { continue }
            findings.append("\(name) is still resolved after 48 hours of silence")
        }
    }

    private mutating func checkReference(_ reference: String, _ status: String, _ name: String, _ ticket: inout Ticket)
    {
        if status == "rejected" {
            if !reference.isEmpty { findings.append("\(name) is rejected and has the reference \(reference)") }
            return
        }
        let digits = reference.dropFirst(2)
        if !reference.hasPrefix("CS") || digits.count < 7 || !digits.allSatisfy(\.isNumber) {
            findings.append("\(name) is \(status) under the reference \(reference)")
        }
        if let known = ticket.reference, known != reference { findings.append("\(name) changed its reference") }
        ticket.reference = reference
    }

    /// A notification is the whole ticket, so what was once said is said again (T-014).
    private mutating func checkUpdates(_ element: XMLElement, _ name: String, _ ticket: inout Ticket) {
        let updates = (element.first("updates")?.all("update") ?? []).compactMap { $0.text(of: "description") }
        if !updates.starts(with: ticket.updates) {
            findings.append("\(name) lost an update: \(ticket.updates) \(updates)")
        }
        ticket.updates = updates
    }

    private mutating func checkClosing(_ name: String, _ ticket: Ticket, _ moment: Date) {
        switch ticket.answer {
        case true?: break
        case false?: findings.append("\(name) was closed though its resolution was refused")
        case nil:
            let waited = ticket.resolvedAt.map { moment.timeIntervalSince($0) } ?? 0
            if waited != Self.silence { findings.append("\(name) closed by itself after \(waited) s") }
        }
    }
}
