import Domain
import FoundationEssentials
import Testing

@Suite struct FaultReportTests {
    private let start = TicketFixture.start

    @Test func `a ticket is pending until its own alarm accepts it, and only then has a reference and a running clock`()
        throws
    {
        var ticket = try TicketFixture.pending()
        #expect(ticket.status == .pending)
        #expect(ticket.knownReference == nil)

        let effects = try ticket.wake(.accept, at: start)

        #expect(ticket.knownReference == "CS0000042")
        #expect(ticket.clock.started == start)
        #expect(effects.changes == [.accepted])
        #expect(effects.deskNews == [.accepted])
    }

    @Test func `the reference reads back, and nothing else does`() {
        #expect(FaultReport.id(reference: "CS0000042") == ID(42))
        #expect(FaultReport.id(reference: "CS12345678") == ID(12_345_678))
        for text in ["CS42", "cs0000042", "CS00000042", "CS000004x", "CS0000000", "TIC-000111", ""] {
            #expect(FaultReport.id(reference: text) == nil, "\(text)")
        }
    }

    @Test func `a report names everything that is wrong with it at once`() throws {
        var claim = try TicketFixture.claim()
        claim.buyerIdentifier = ""
        claim.reporter = nil
        claim.priorReference = "CS0000001"

        let refusal = #expect(throws: Rejection.self) {
            try FaultReport.add(
                ID(1),
                claim: claim,
                visit: nil,
                prior: nil,
                isServiceKnown: false,
                pace: .timetable,
                at: start
            )
        }

        #expect(refusal?.code == .invalid)
        #expect(
            refusal?.problems.map(\.pointer) == [
                "buyerIdentifier", "serviceAffected", "reporterContactDetails", "maintainerFaultReference",
            ]
        )
    }

    @Test(arguments: [("Service Outage", false), ("Impaired Service", true), ("Fault", true)])
    func `an outage without an appointment is refused, and anything else with one`(type: String, hasKey: Bool) throws {
        let type = try #require(FaultType.named(type))
        let refusal = #expect(throws: Rejection.self) {
            try FaultReport.checkAppointmentRule(type: type, hasKey: hasKey)
        }
        #expect(refusal?.code == .appointmentRule)
    }

    @Test func `a prior ticket must be unclosed, the buyer's own and about the same service`() throws {
        var claim = try TicketFixture.claim()
        claim.buyerReference = "HT-0002"
        claim.priorReference = "CS0000042"
        let usable = try TicketFixture.ticket(.open)
        let closed = try TicketFixture.ticket(.closed)

        let (ticket, _) = try FaultReport.add(
            ID(43),
            claim: claim,
            visit: nil,
            prior: usable,
            isServiceKnown: true,
            pace: .timetable,
            at: start
        )
        let refusal = #expect(throws: Rejection.self) {
            try FaultReport.add(
                ID(44),
                claim: claim,
                visit: nil,
                prior: closed,
                isServiceKnown: true,
                pace: .timetable,
                at: start
            )
        }

        #expect(ticket.priorReference == "CS0000042")
        #expect(refusal?.problems.map(\.pointer) == ["maintainerFaultReference"])
    }

    @Test func `triage that finds no fault in the network resolves, and the visit is called off`() throws {
        var ticket = try TicketFixture.ticket(.accepted, outage: true)

        let effects = try ticket.triage(findings: "All green", isNetworkFault: false, because: nil, at: start)

        #expect(effects.changes == [.appointmentCancelled, .resolved])
        #expect(effects.contains(.tell(.appointment(id: ID(77), input: .cancelled))))
        #expect(ticket.supplierTriage == Triage(isComplete: true, findings: "All green"))
        #expect(ticket.details.buyerTriage.findings == "Router replaced, no change")
    }

    @Test func `a resolution that nobody answers for 48 hours closes the ticket`() throws {
        var ticket = try TicketFixture.ticket(.inProgress)
        let effects = try ticket.resolve(because: "Splice mended", at: start)
        #expect(effects.contains(.arm(ticket.timer(.close), at: start + 48 * 3_600)))

        let closing = try ticket.wake(.close, at: start + 48 * 3_600)

        #expect(ticket.status == .closed)
        #expect(closing.changes == [.closed])
    }

    @Test func `a rejected resolution needs a reason, re-opens and tells the desk`() throws {
        var ticket = try TicketFixture.ticket(.resolved)
        let resolved = ticket
        let refusal = #expect(throws: Rejection.self) { try ticket.answer(accepted: false, because: nil, at: start) }
        #expect(refusal?.problems.map(\.pointer) == ["rejectedReason"])
        #expect(ticket == resolved)

        let effects = try ticket.answer(accepted: false, because: "Still dark", at: start)

        #expect(ticket.status == .reopened)
        #expect(effects.changes == [.reopened])
        #expect(effects.deskNews == [.reopened])
        #expect(effects.contains(.disarm(ticket.timer(.close))))
    }

    @Test func `a hold stops the repair clock until the buyer's comment starts it again`() throws {
        var ticket = try TicketFixture.ticket(.inProgress)
        _ = try ticket.hold(because: "No access code", at: start + 60)
        var amendment = FaultAmendment()
        amendment.comment = TicketUpdate(text: "The code is 1234", by: .buyer, at: start + 100)

        let effects = try ticket.amend(amendment, at: start + 120)

        #expect(effects.changes == [.amended, .inProgress])
        #expect(effects.notifications.first?.status == .onHold)
        #expect(ticket.clock.pauses.map(\.until) == [start + 120])
        #expect(ticket.comment?.text == "The code is 1234")
    }

    @Test func `a visit that mends the line resolves the ticket five minutes later, unless the desk says so first`()
        throws
    {
        var ticket = try TicketFixture.ticket(.inProgress, outage: true)
        _ = try ticket.confirmVisit(because: nil, at: start)

        let effects = try ticket.completeVisit(code: .faultResolved, because: nil, at: start + 90_000)

        #expect(effects.changes == [.appointmentCompleted])
        #expect(effects.notifications.first?.status == .inProgress)
        #expect(effects.contains(.arm(ticket.timer(.settleVisit), at: start + 90_300)))
        #expect(try ticket.wake(.settleVisit, at: start + 90_300).changes == [.resolved])
        #expect(try ticket.resolve(because: "Splitter replaced", at: start + 90_301).changes == [.amended])
    }

    @Test(arguments: [
        (VisitClosureCode.faultNotResolved, FaultStatus.inProgress, [TicketChange.appointmentCompleted]),
        (.noDialTone, .inProgress, [.appointmentCompleted]),
        (.serviceRequest, .inProgress, [.appointmentCompleted]),
        (.siteUnsafe, .onHold, [.appointmentCompleted, .onHold]),
        (.noAccess, .onHold, [.appointmentCompleted, .onHold]),
        (.noAccessPossibleHazard, .onHold, [.appointmentCompleted, .onHold]),
        (.unforeseen, .onHold, [.appointmentCompleted, .onHold]),
        (.salesQuery, .onHold, [.appointmentCompleted, .onHold]),
        (.beyondControl, .inProgress, [.appointmentCompleted]),
        (.failedToAttend, .inProgress, [.appointmentCompleted]),
    ])
    func `a visit's closure code decides how the ticket goes on`(
        code: VisitClosureCode,
        status: FaultStatus,
        changes: [TicketChange]
    ) throws {
        var ticket = try TicketFixture.ticket(.inProgress, outage: true)

        let effects = try ticket.completeVisit(code: code, because: nil, at: start)

        #expect(ticket.status == status)
        #expect(effects.changes == changes)
        #expect(effects.contains(.tell(.appointment(id: ID(77), input: .closed(code: code.rawValue, at: start)))))
    }

    @Test func `a notification never shows an update that came after it`() throws {
        var ticket = try TicketFixture.ticket(.inProgress, outage: true)
        let before = ticket.updates.count

        let effects = try ticket.completeVisit(code: .siteUnsafe, because: nil, at: start)

        #expect(effects.notifications.map(\.updates) == [before + 1, before + 2])
        #expect(effects.notifications.map(\.status) == [.inProgress, .onHold])
    }

    @Test func `a visit missed by the end user puts the ticket on hold, one missed by the operator does not`() throws {
        var theirs = try TicketFixture.ticket(.inProgress, outage: true)
        var ours = theirs
        let endUser = try #require(MissedVisit(endUser: true))
        let seller = try #require(MissedVisit(seller: true))

        #expect(try theirs.missVisit(cause: endUser, because: nil, at: start).changes == [.appointmentMissed, .onHold])
        #expect(try ours.missVisit(cause: seller, because: nil, at: start).changes == [.appointmentMissed])
        #expect(ours.status == .inProgress)
        #expect(MissedVisit() == nil, "somebody must be named")
    }

    @Test func `a new key takes the place of an appointment that is still to come`() throws {
        var ticket = try TicketFixture.ticket(.accepted, outage: true)

        let effects = try ticket.amend(FaultAmendment(), visit: TicketFixture.visit(key: "KEY2"), at: start)

        #expect(ticket.visits.map(\.key) == ["KEY1", "KEY2"])
        #expect(ticket.visits.map(\.isOpen) == [false, true])
        #expect(effects.contains(.tell(.appointment(id: ID(77), input: .cancelled))))
        #expect(effects.changes == [.amended])
    }

    @Test func `a buyer cancels by an amendment, but not once the engineer is there`() throws {
        var amendment = FaultAmendment()
        amendment.status = .cancelled
        var early = try TicketFixture.ticket(.inProgress, outage: true)
        _ = try early.confirmVisit(because: nil, at: start)
        var late = early

        let effects = try early.amend(amendment, at: start)
        let refusal = #expect(throws: Rejection.self) { try late.amend(amendment, at: start + 86_400) }

        #expect(effects.changes == [.appointmentCancelled, .cancelled])
        #expect(effects.deskNews == [.cancelled])
        #expect(refusal?.code == .illegalTransition)
    }

    @Test func `another status set by the buyer is ignored and noted`() throws {
        var ticket = try TicketFixture.ticket(.open)
        var amendment = FaultAmendment()
        amendment.status = .resolved

        let effects = try ticket.amend(amendment, at: start)

        #expect(ticket.status == .open)
        #expect(effects.changes == [.amended])
        #expect(ticket.updates.contains { $0.text.contains("ignored") })
    }

    @Test func `what an amendment leaves out stays as it was`() throws {
        var ticket = try TicketFixture.ticket(.open)
        let before = ticket.details
        var amendment = FaultAmendment()
        amendment.siteAccess = "Gate code 77"

        _ = try ticket.amend(amendment, at: start)

        #expect(ticket.details.siteAccess == "Gate code 77")
        #expect(ticket.details.location == before.location)
        #expect(ticket.details.description == before.description)
    }
}
