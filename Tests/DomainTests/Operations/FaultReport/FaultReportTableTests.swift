import Domain
import Foundation
import Testing

/// Every input in every state, compared with `docs/state-machines/fault-report.md`.
@Suite struct FaultReportTableTests {
    typealias Deed = @Sendable (inout FaultReport) throws -> Void

    static let start = TicketFixture.start

    static let deeds: [(name: String, deed: Deed)] = [
        ("acceptance falls due", { _ = try $0.wake(.accept, at: start) }),
        ("desk: reject", { _ = try $0.reject(because: "r", at: start) }),
        (
            "desk: triage, network fault",
            { _ = try $0.triage(findings: "f", isNetworkFault: true, because: nil, at: start) }
        ),
        (
            "desk: triage, none found",
            { _ = try $0.triage(findings: "f", isNetworkFault: false, because: nil, at: start) }
        ),
        ("desk: start", { _ = try $0.start(because: nil, at: start) }),
        ("desk: hold", { _ = try $0.hold(because: "r", at: start) }),
        ("desk: resume", { _ = try $0.resume(because: nil, at: start) }),
        ("desk: resolve, nobody to come", { _ = try $0.resolve(because: "r", at: start) }),
        (
            "desk: contact-attempts",
            { _ = try $0.contact(ContactAttempt(kind: .call, outcome: .noAnswer, at: start), at: start) }
        ),
        ("desk: comment", { _ = try $0.comment("c", at: start) }),
        ("desk: priority", { _ = try $0.prioritise(1, because: nil, at: start) }),
        ("desk: cancel", { _ = try $0.cancel(by: .seller, because: nil, at: start) }),
        ("desk: appointment-confirmed", { _ = try $0.confirmVisit(because: nil, at: start) }),
        ("desk: appointment-failed", { _ = try $0.failVisit(because: nil, at: start) }),
        ("desk: appointment-cancelled", { _ = try $0.cancelVisit(because: nil, at: start) }),
        ("desk: appointment-completed FR", { _ = try $0.completeVisit(code: .faultResolved, because: nil, at: start) }),
        (
            "desk: appointment-completed FNR",
            { _ = try $0.completeVisit(code: .faultNotResolved, because: nil, at: start) }
        ),
        ("desk: appointment-completed HAZ", { _ = try $0.completeVisit(code: .siteUnsafe, because: nil, at: start) }),
        (
            "desk: appointment-missed, end user",
            { _ = try $0.missVisit(cause: #require(MissedVisit(endUser: true)), because: nil, at: start) }
        ),
        (
            "desk: appointment-missed, operator",
            { _ = try $0.missVisit(cause: #require(MissedVisit(seller: true)), because: nil, at: start) }
        ),
        ("a visit ended FR, five minutes ago", { _ = try $0.wake(.settleVisit, at: start) }),
        ("buyer: amend, facts", { _ = try $0.amend(FaultAmendment(), at: start) }),
        ("buyer: amend, comment", { _ = try $0.amend(comment, at: start) }),
        (
            "buyer: amend, new key",
            { _ = try $0.amend(FaultAmendment(), visit: TicketFixture.visit(key: "KEY2"), at: start) }
        ),
        ("buyer: amend, cancelled", { _ = try $0.amend(cancellation, at: start) }),
        ("buyer: resolveResponse true", { _ = try $0.answer(accepted: true, because: nil, at: start) }),
        ("buyer: resolveResponse false", { _ = try $0.answer(accepted: false, because: "r", at: start) }),
        ("buyer: requestFaultReportUpdate", { _ = $0.requestUpdate(at: start) }),
        ("48 hours without an answer", { _ = try $0.wake(.close, at: start) }),
    ]

    private static var comment: FaultAmendment {
        var amendment = FaultAmendment()
        amendment.comment = TicketUpdate(text: "c", by: .buyer, at: start)
        return amendment
    }

    private static var cancellation: FaultAmendment {
        var amendment = FaultAmendment()
        amendment.status = .cancelled
        return amendment
    }

    @Test func `the document tells of every input in every state what the ticket does`() throws {
        let document = try String(contentsOf: Self.documentURL, encoding: .utf8)
        let rows = try Self.deeds.map { try Self.row($0.name, $0.deed) }
        let table = ([Self.header, Self.rule] + rows).joined(separator: "\n")
        #expect(document.contains(table), "docs/state-machines/fault-report.md should have:\n\(table)")
    }

    private static let documentURL = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "docs/state-machines/fault-report.md")

    private static let header = "| input | " + FaultStatus.allCases.map(\.rawValue).joined(separator: " | ") + " |"
    private static let rule = "|---" + String(repeating: "|---", count: FaultStatus.allCases.count) + "|"

    /// Visits are tried on outages, which have one; everything else on tickets without.
    private static func row(_ name: String, _ deed: Deed) throws -> String {
        let needsVisit = name.contains("appointment-") || name.contains("new key")
        let cells = try FaultStatus.allCases.map { status in
            var ticket = try TicketFixture.ticket(status, outage: needsVisit)
            let before = ticket
            do {
                try deed(&ticket)
            } catch let refusal as Rejection {
                #expect(ticket == before, "\(name) in \(status): refused, so unchanged")
                #expect(!refusal.message.isEmpty)
                return "refused"
            }
            return ticket == before && !name.hasPrefix("buyer: request") ? "–" : ticket.status.rawValue
        }
        return "| \(name) | " + cells.joined(separator: " | ") + " |"
    }
}
