import Domain
import Foundation
import Testing

/// A fault of a customer of the Supplier API: the desk works it as any other, and the customer hears of it by updates
/// (G-092, G-093).
@Suite struct FaultCustomerTests {
    typealias Deed = @Sendable (inout FaultReport) throws -> [Effect]

    private static let start = TicketFixture.start

    private static let deeds: [(name: String, deed: Deed)] = [
        ("acceptance falls due", { try $0.wake(.accept, at: start) }),
        ("desk: reject", { try $0.reject(because: "r", at: start) }),
        (
            "desk: triage, network fault",
            { try $0.triage(findings: "f", isNetworkFault: true, because: nil, at: start) }
        ),
        ("desk: triage, none found", { try $0.triage(findings: "f", isNetworkFault: false, because: nil, at: start) }),
        ("desk: start", { try $0.start(because: nil, at: start) }),
        ("desk: hold", { try $0.hold(because: "r", at: start) }),
        ("desk: hold, no access", { try $0.hold(for: HoldReason.noAccess.code, because: "r", at: start) }),
        ("desk: resume", { try $0.resume(because: nil, at: start) }),
        ("desk: resolve, nobody to come", { try $0.resolve(because: "r", at: start) }),
        ("desk: comment", { try $0.comment("c", at: start) }),
        ("desk: cancel", { try $0.cancel(by: .seller, because: nil, at: start) }),
        ("desk: appointment-confirmed", { try $0.confirmVisit(because: nil, at: start) }),
        ("desk: appointment-failed", { try $0.failVisit(because: nil, at: start) }),
        ("desk: appointment-cancelled", { try $0.cancelVisit(because: nil, at: start) }),
        ("desk: appointment-completed FR", { try $0.completeVisit(code: .faultResolved, because: nil, at: start) }),
        ("desk: appointment-completed FTA", { try $0.completeVisit(code: .failedToAttend, because: nil, at: start) }),
        ("desk: appointment-completed NA", { try $0.completeVisit(code: .noAccess, because: nil, at: start) }),
        (
            "desk: appointment-missed, end user",
            { try $0.missVisit(cause: #require(MissedVisit(endUser: true)), because: nil, at: start) }
        ),
        (
            "desk: appointment-missed, operator",
            { try $0.missVisit(cause: #require(MissedVisit(seller: true)), because: nil, at: start) }
        ),
        ("customer: amends", { try $0.amend(comment, visit: nil, as: 5, at: start) }),
        (
            "customer: amends, appointment-key",
            { try $0.amend(FaultAmendment(), visit: TicketFixture.visit(key: "KEY2"), as: 5, at: start) }
        ),
        ("customer: cancels", { try $0.cancel(because: "r", as: 6, at: start) }),
        ("customer: cancels, appointment-day", { try $0.cancel(because: "r", as: 6, at: start) }),
        ("customer: accepts", { try $0.answer(accepted: true, because: nil, at: start) }),
        ("customer: rejects", { try $0.answer(accepted: false, because: "r", at: start) }),
        ("48 hours without an answer", { try $0.wake(.close, at: start) }),
    ]

    private static var comment: FaultAmendment {
        var amendment = FaultAmendment()
        amendment.comment = TicketUpdate(text: "c", by: .buyer, at: start)
        return amendment
    }

    @Test func `the document tells what a customer hears of every deed in every state`() throws {
        let document = try String(contentsOf: Self.documentURL, encoding: .utf8)
        let header = "| deed | " + FaultStatus.allCases.map(\.rawValue).joined(separator: " | ") + " |"
        let rule = "|---" + String(repeating: "|---", count: FaultStatus.allCases.count) + "|"
        let table = try ([header, rule] + Self.deeds.map { try Self.row($0.name, $0.deed) }).joined(separator: "\n")

        #expect(document.contains(table), "docs/state-machines/fault-report.md should have:\n\(table)")
    }

    @Test func `updates are numbered from one, without a gap, whoever causes them`() throws {
        var fault = try TicketFixture.pending(of: TicketFixture.customer)
        var effects = try fault.wake(.accept, at: Self.start)
        effects += try fault.triage(findings: "f", isNetworkFault: true, because: nil, at: Self.start)
        effects += try fault.start(because: nil, at: Self.start)
        effects += try fault.hold(because: "r", at: Self.start)
        effects += try fault.amend(Self.comment, visit: nil, as: 5, at: Self.start)
        effects += try fault.resolve(because: "Splice mended", at: Self.start)
        effects += try fault.answer(accepted: false, because: "Still dark", at: Self.start)

        let updates = effects.supplyUpdates
        #expect(updates.map(\.sequence) == Array(1...Int64(updates.count)))
        #expect(
            updates.map(\.reason) == [
                .acknowledged, .committed, .update, .informationRequired, .amended, .resumed, .confirm, .update,
            ]
        )
        #expect(effects.notifications.isEmpty, "it is no buyer of the Ticketing API")
        #expect(updates.map(\.fault?.answering?.number) == [nil, nil, nil, nil, 5, nil, nil, nil])
    }

    @Test func `what is told of several steps at once shows each as it was`() throws {
        var fault = try TicketFixture.ticket(.inProgress, outage: true, of: TicketFixture.customer)

        let missed = try #require(MissedVisit(endUser: true))
        let updates = try fault.missVisit(cause: missed, because: nil, at: Self.start).supplyUpdates

        #expect(updates.map(\.fault?.status) == [.inProgress, .onHold])
        #expect(updates.map(\.reason) == [.update, .reappoint])
        #expect(updates.map(\.problemCode) == [nil, .accessIssue])
    }

    @Test func `a resolution has a name of its own, and the next after a refusal another`() throws {
        var fault = try TicketFixture.ticket(.inProgress, of: TicketFixture.customer)
        let first = try fault.resolve(because: "Splice mended", at: Self.start).supplyUpdates
        _ = try fault.answer(accepted: false, because: "Still dark", at: Self.start)
        _ = try fault.start(because: nil, at: Self.start)
        let second = try fault.resolve(because: "Port replaced", at: Self.start).supplyUpdates

        #expect(first.map(\.fault?.resolution?.reference) == ["CS0000042-1"])
        #expect(second.map(\.fault?.resolution?.reference) == ["CS0000042-2"])
        #expect(second.map(\.fault?.resolution?.text) == ["Port replaced"])
        #expect(second.map(\.fault?.resolution?.code) == ["NETWORK_ISSUE"])
    }

    @Test func `a line that was found to be well is resolved as that`() throws {
        var fault = try TicketFixture.ticket(.accepted, of: TicketFixture.customer)

        let updates = try fault.triage(findings: "f", isNetworkFault: false, because: nil, at: Self.start).supplyUpdates

        #expect(updates.map(\.reason) == [.confirm])
        #expect(updates.map(\.fault?.resolution?.code) == ["NO_FAULT_FOUND"])
    }

    @Test func `a customer's cancellation is answered as one, the desk's is not`() throws {
        var asked = try TicketFixture.ticket(.inProgress, of: TicketFixture.customer)
        var unasked = asked

        let answer = try asked.cancel(because: "OTHER", as: 6, at: Self.start).supplyUpdates
        let news = try unasked.cancel(by: .seller, because: nil, at: Self.start).supplyUpdates

        #expect(answer.map(\.fault?.answering) == [FaultRequest(number: 6, isCancellation: true)])
        #expect(answer.map(\.problemCode) == [.customerChangedMind])
        #expect(news.map(\.fault?.answering) == [nil])
        #expect(news.map(\.problemCode) == [.other])
    }

    @Test func `a customer's fault belongs to it, under its own number of its own tenant`() throws {
        let fault = try TicketFixture.pending(of: TicketFixture.customer)

        #expect(fault.owner == .customer("GATEWAY"))
        #expect(fault.lookups.first == Lookup("customerReference", "GATEWAY/HARBOUR1/HT-0001", isUnique: true))
    }

    @Test func `both sorts of buyers are stored, an account by its name alone`() throws {
        let coder = JSONEncoder()
        let account = FaultBuyer.account(id: "HARBOUR")

        #expect(try String(decoding: coder.encode([account]), as: UTF8.self) == #"["HARBOUR"]"#)
        for buyer in [account, TicketFixture.customer] {
            #expect(try JSONDecoder().decode([FaultBuyer].self, from: coder.encode([buyer])) == [buyer])
        }
    }

    private static let documentURL = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "docs/state-machines/fault-report.md")

    /// Visits are tried on outages, which have one; everything else on faults without.
    private static func row(_ name: String, _ deed: Deed) throws -> String {
        let cells = try FaultStatus.allCases.map { status in
            var fault = try TicketFixture.ticket(
                status,
                outage: name.contains("appointment-"),
                of: TicketFixture.customer
            )
            let before = fault
            do {
                let told = try deed(&fault).supplyUpdates.map(\.reason.rawValue)
                return told.isEmpty ? "–" : told.joined(separator: ", ")
            } catch is Rejection {
                #expect(fault == before, "\(name) in \(status): refused, so unchanged")
                return "refused"
            }
        }
        return "| \(name) | " + cells.joined(separator: " | ") + " |"
    }
}
