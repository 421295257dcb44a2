import Foundation
import Testing

@testable import Domain

/// Every input in every state, compared with `docs/state-machines/tenancy.md`: the state after, and what is told.
@Suite struct TenancyTableTests {
    @Test(arguments: Machine.allCases)
    func `the machine does what the documented table says`(machine: Machine) throws {
        let documented = try String(contentsOf: Self.document, encoding: .utf8)

        let table = try machine.table()

        #expect(documented.contains(table), "the table of \(machine.rawValue) should be:\n\(table)")
    }

    @Test(arguments: Machine.allCases)
    func `a refusal changes nothing`(machine: Machine) throws {
        #expect(try machine.changedByRefusal() == [])
    }

    @Test func `each column is the state that it names`() throws {
        #expect(
            try OrderColumns.all.map { try ServiceOrder.sample($0).stateName }
                == ServiceOrder.Status.allCases.map(\.rawValue)
        )
        #expect(
            try TestColumns.all.map { try ServiceTest.sample($0).stateName }
                == ServiceTest.Status.allCases.map(\.rawValue)
        )
        #expect(
            try ProblemColumns.all.map { try ServiceProblem.sample($0).stateName }
                == ServiceProblem.Status.allCases.map(\.rawValue)
        )
    }

    private static let document = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "docs/state-machines/tenancy.md")

    enum Machine: String, CaseIterable, Sendable {
        case serviceOrder, changeRequest, reservation, serviceTest, serviceProblem, nativeProblem, unconfirmedProblem,
            problemChange, quote

        func table() throws -> String {
            switch self {
            case .serviceOrder: try TenancyTable(OrderColumns.all.map(ServiceOrder.sample), OrderColumns.inputs).text
            case .changeRequest:
                try TenancyTable(RequestColumns.all.map(ChangeRequest.sample), RequestColumns.inputs).text
            case .reservation:
                try TenancyTable(ReservationColumns.all.map { try Reservation.sample($0) }, ReservationColumns.inputs)
                    .text
            case .serviceTest: try TenancyTable(TestColumns.all.map(ServiceTest.sample), TestColumns.inputs).text
            case .serviceProblem:
                try TenancyTable(ProblemColumns.all.map(ServiceProblem.sample), ProblemColumns.inputs).text
            case .nativeProblem:
                try TenancyTable(ProblemColumns.all.map(ServiceProblem.sample), NativeProblemRows.inputs).text
            case .unconfirmedProblem: try TenancyTable(UnconfirmedColumns.all(), UnconfirmedColumns.inputs).text
            case .problemChange:
                try TenancyTable(ChangeColumns.all.map(ProblemChange.sample), ChangeColumns.inputs).text
            case .quote: try TenancyTable(QuoteColumns.all.map(Quote.sample), QuoteColumns.inputs).text
            }
        }

        func changedByRefusal() throws -> [String] {
            switch self {
            case .serviceOrder: try TenancyTable(OrderColumns.all.map(ServiceOrder.sample), OrderColumns.inputs).changed
            case .changeRequest:
                try TenancyTable(RequestColumns.all.map(ChangeRequest.sample), RequestColumns.inputs).changed
            case .reservation:
                try TenancyTable(ReservationColumns.all.map { try Reservation.sample($0) }, ReservationColumns.inputs)
                    .changed
            case .serviceTest: try TenancyTable(TestColumns.all.map(ServiceTest.sample), TestColumns.inputs).changed
            case .serviceProblem:
                try TenancyTable(ProblemColumns.all.map(ServiceProblem.sample), ProblemColumns.inputs).changed
            case .nativeProblem:
                try TenancyTable(ProblemColumns.all.map(ServiceProblem.sample), NativeProblemRows.inputs).changed
            case .unconfirmedProblem: try TenancyTable(UnconfirmedColumns.all(), UnconfirmedColumns.inputs).changed
            case .problemChange:
                try TenancyTable(ChangeColumns.all.map(ProblemChange.sample), ChangeColumns.inputs).changed
            case .quote: try TenancyTable(QuoteColumns.all.map(Quote.sample), QuoteColumns.inputs).changed
            }
        }
    }
}

private enum OrderColumns {
    static let all: [ServiceOrder.State] = [
        .receivedByGateway, .sentToSupplier, .failedToSend(reason: "no answer"), .rejected(at: .placed), .acknowledged,
        .inProgress, .pending(was: .inProgress), .held, .pendingAmendment(was: .working(.inProgress)),
        .pendingCancellation(was: .working(.inProgress)), .cancelled(at: .placed), .failed(at: .placed),
        .partial(at: .placed), .completed(at: .placed),
    ]

    static var inputs: [TenancyTable<ServiceOrder>.Input] {
        let replies: [(String, ServiceOrder.Input)] = [
            ("supplier answers 201", .acknowledged("SUP-1")),
            (
                "supplier answers 201, committed",
                .supplierAcknowledged(
                    reference: "SUP-1",
                    committedDate: CivilDate("2026-03-09"),
                    targetDate: nil,
                    status: .inProgress
                )
            ),
            ("supplier answers 202", .supplierAccepted), ("supplier answers 422", .supplierRejected(problems: [])),
            ("sending is given up", .sendingFailed(reason: "no answer")),
        ]
        let moved = CivilDate("2026-04-01")
        let news: [(String, ServiceOrder.Input)] =
            SupplyUpdate.Reason.allCases.map { ($0.rawValue, .supplierUpdated(.sample($0))) } + [
                ("UPDATE, target moved", .supplierUpdated(.sample(.update, target: moved))),
                ("RESUMED, target moved", .supplierUpdated(.sample(.resumed, target: moved))),
                ("TERMINATED as cancelled", .supplierUpdated(.sample(.terminated, ending: .cancelled))),
                ("COMPLETED in part", .supplierUpdated(.sample(.completed, ending: .partial))),
            ]
        let heard: [TenancyTable<ServiceOrder>.Input] = (replies + news).map { name, input in
            (name, { try $0.hear(input, at: .placed + 5) })
        }
        return heard + answers + asked
    }

    /// What the supplier says to a request that is on its way: in the columns of a request that is open already, to that.
    private static var answers: [TenancyTable<ServiceOrder>.Input] {
        let answers: [(String, ServiceOrder.RequestAnswer)] = [
            ("202", .taken(reference: "A-1")), ("201", .done(reference: "A-1")), ("422", .refused(problems: ["late"])),
            ("nothing, for ever", .failed(reason: "no answer")),
        ]
        let requests = [("an amendment", ServiceOrder.OpenRequest.amendment), ("a cancellation", .cancellation)]
        return requests.flatMap { name, request in
            answers.map { words, answer in
                (
                    "supplier answers \(words) to \(name)",
                    { order in
                        guard !order.isTerminal else { return [] }
                        if order.openRequest == nil { order.openRequest = request }
                        return try order.hear(.requestAnswered(request: request.id, answer: answer), at: .placed + 5)
                    }
                )
            }
        }
    }

    private static var asked: [TenancyTable<ServiceOrder>.Input] {
        [
            (
                "tenant amends",
                { try $0.amend(ID(73), OrderChanges(site: SiteNotes(notes: "Late")), visit: nil, at: .placed + 5) }
            ),
            (
                "tenant cancels what was sent",
                { try $0.cancel(ID(74), because: .other, isSent: true, at: .placed + 5) }
            ),
            (
                "tenant cancels what was not sent",
                { try $0.cancel(ID(74), because: .other, isSent: false, at: .placed + 5) }
            ),
        ]
    }
}

private enum RequestColumns {
    static let all: [ChangeRequest.State] = [
        .receivedByGateway, .pending, .failedToSend(reason: "no answer"), .rejected(reason: "late"), .completed,
    ]

    static var inputs: [TenancyTable<ChangeRequest>.Input] {
        [
            ("the supplier has it", { try $0.hear(.taken(reference: "A-1"), at: .placed) }),
            ("it is done", { try $0.hear(.completed, at: .placed) }),
            ("it is refused", { try $0.hear(.rejected(reason: "late"), at: .placed) }),
            ("it cannot be sent", { try $0.hear(.sendingFailed(reason: "no answer"), at: .placed) }),
        ]
    }
}

private enum ReservationColumns {
    static let all: [Reservation.State] = [
        .requesting, .held(supplierReference: "KEY", until: .placed + 100),
        .used(supplierReference: "KEY", by: EntityRef(kind: .serviceOrder, number: 1), at: .placed),
        .released(at: .placed), .expired(at: .placed), .refused(reason: "taken"), .unknown(since: .placed),
    ]

    static var inputs: [TenancyTable<Reservation>.Input] {
        [
            (
                "supplier holds it",
                { try $0.hear(.supplierReserved(reference: "KEY", until: .placed + 100, slot: nil), at: .placed) }
            ),
            ("supplier refuses", { try $0.hear(.supplierRefused(reason: "taken"), at: .placed) }),
            ("no answer, asked again", { $0.askAgain(as: "m-1", at: .placed) }),
            ("no answer in time", { try $0.hear(.unanswered, at: .placed) }),
            (
                "used by an order",
                {
                    try $0.use(
                        by: EntityRef(kind: .serviceOrder, number: 1),
                        of: "DUMMY_SUPPLIER",
                        for: .provide,
                        at: .placed
                    ).1
                }
            ),
            ("released by the tenant", { try $0.release(at: .placed) }),
            ("not needed after all", { try $0.hear(.unused, at: .placed) }),
            ("alarm: unanswered", { try $0.wake(.unanswered, at: .placed + 60) }),
            ("alarm: expires", { try $0.wake(.expires, at: .placed + 100) }),
        ]
    }
}

private enum TestColumns {
    static let all: [ServiceTest.State] = [
        .receivedByGateway, .sentToSupplier, .failedToSend(reason: "no answer"), .rejected(at: .placed), .inProgress,
        .failed(at: .placed), .completed(result: .sample, at: .placed),
    ]

    static var inputs: [TenancyTable<ServiceTest>.Input] {
        let replies: [(String, ServiceTest.Input)] = [
            ("supplier answers 201", .supplierAcknowledged(reference: "T-1", result: nil)),
            ("supplier answers 201 with a result", .supplierAcknowledged(reference: "T-1", result: .sample)),
            ("supplier answers 202", .supplierAccepted), ("supplier answers 422", .supplierRejected(problems: [])),
            ("sending is given up", .sendingFailed(reason: "no answer")),
        ]
        let news: [(String, ServiceTest.Input)] = SupplyUpdate.Reason.allCases.map {
            ($0.rawValue, .supplierUpdated(.sample($0)))
        }
        return (replies + news).map { name, input in (name, { try $0.hear(input, at: .placed + 5) }) }
    }
}

private enum ProblemColumns {
    static let all: [ServiceProblem.State] = [
        .receivedByGateway, .sentToSupplier, .failedToSend(reason: "no answer"), .rejected(at: .placed),
        .working(.acknowledged), .working(.inProgress), .working(.pending), .working(.held), .working(.networkIncident),
        .pendingAmendment(was: .inProgress), .pendingCancellation(was: .inProgress), .cancelled(at: .placed),
        .resolved(resolution: .sample()), .completed(at: .placed, resolution: .sample(.accepted)),
    ]

    static var inputs: [TenancyTable<ServiceProblem>.Input] {
        let statuses: [TicketNews.Status] = [
            .pending, .rejected, .accepted, .open, .reopened, .inProgress, .resolved, .closed, .onHold, .cancelled,
        ]
        let events: [(String, TicketNews)] = [
            ("appointment confirmed", .sample(.inProgress, .appointmentConfirmed)),
            ("appointment failed", .sample(.inProgress, .appointmentFailed)),
            ("appointment cancelled", .sample(.inProgress, .appointmentCancelled)),
            ("appointment completed", .sample(.inProgress, .appointmentCompleted(closureCode: "FR"))),
            ("appointment missed by the end user", .sample(.inProgress, .appointmentMissed(byEndUser: true))),
            ("appointment missed by the supplier", .sample(.inProgress, .appointmentMissed(byEndUser: false))),
            ("amended, ticket in-progress", .sample(.inProgress, .amended)),
        ]
        let news = statuses.map { ("ticket \($0.rawValue)", TicketNews.sample($0)) } + events
        let replies: [(String, ServiceProblem.Input)] = [
            ("supplier answers pending", .ticketPending), ("supplier refuses", .ticketRejected(reason: "unknown")),
            ("sending is given up", .sendingFailed(reason: "no answer")), ("answer delivered", .answerDelivered),
            ("answer refused", .answerFailed(reason: "not resolved")),
        ]
        let heard = replies + news.map { ($0.0, .ticketUpdated($0.1, resolution: ID(78))) }
        let inputs: [TenancyTable<ServiceProblem>.Input] = heard.map { name, input in
            (name, { try $0.hear(input, at: .placed + 5) })
        }
        return inputs + [
            ("tenant accepts", { try $0.answer(ID(77), accepted: true, notes: nil, at: .placed + 5) }),
            ("tenant rejects", { try $0.answer(ID(77), accepted: false, notes: "Still dark", at: .placed + 5) }),
            ("tenant amends", { try $0.amend(ID(10), .sample, at: .placed + 5) }),
            ("tenant asks to cancel", { try $0.askToCancel(ID(11), .sample, at: .placed + 5) }),
            (
                "tenant cancels what was not sent",
                { try $0.askToCancel(ID(11), .sample, isSent: false, at: .placed + 5) }
            ),
        ] + decisions
    }

    /// What the supplier makes of a request that was made a moment before.
    private static var decisions: [TenancyTable<ServiceProblem>.Input] {
        let answers: [(String, (ID<ProblemChange>) -> ServiceProblem.Input)] = [
            ("202", { .changeTaken(change: $0) }), ("201", { .changeMade(change: $0) }),
            ("422", { .changeRefused(change: $0, reason: "too late") }),
            ("nothing at all", { .changeUnsent(change: $0, reason: "no answer") }),
        ]
        return answers.flatMap { name, answer -> [TenancyTable<ServiceProblem>.Input] in
            [
                (
                    "amendment is answered \(name)",
                    { try $0.hear(answer(try $0.asking(.amendment(wanted: .sample))), at: .placed + 6) }
                ),
                (
                    "cancellation is answered \(name)",
                    { try $0.hear(answer(try $0.asking(.cancellation(wanted: .sample))), at: .placed + 6) }
                ),
            ]
        }
    }
}

/// A supplier that asks nobody to confirm (§3.4).
private enum UnconfirmedColumns {
    static func all() throws -> [ServiceProblem] {
        try [
            .working(.inProgress), .resolved(resolution: .sample()), .completed(at: .placed, resolution: .sample()),
        ].map { try ServiceProblem.sample($0, confirmsResolutions: false) }
    }

    static var inputs: [TenancyTable<ServiceProblem>.Input] {
        [
            (
                "ticket resolved",
                { try $0.hear(.ticketUpdated(.sample(.resolved), resolution: ID(78)), at: .placed + 5) }
            ),
            ("ticket closed", { try $0.hear(.ticketUpdated(.sample(.closed), resolution: ID(78)), at: .placed + 5) }),
            (
                "ticket re-opened",
                { try $0.hear(.ticketUpdated(.sample(.reopened), resolution: ID(78)), at: .placed + 5) }
            ),
            ("tenant accepts", { try $0.answer(ID(77), accepted: true, notes: nil, at: .placed + 5) }),
            ("tenant rejects", { try $0.answer(ID(77), accepted: false, notes: "Still dark", at: .placed + 5) }),
            ("alarm: closes, too early", { try $0.wake(.closes, at: .placed + 48 * 3_600 - 1) }),
            ("alarm: closes", { try $0.wake(.closes, at: .placed + 48 * 3_600) }),
        ]
    }
}

private enum ChangeColumns {
    static let all: [ProblemChange.State] = [
        .receivedByGateway, .pending, .failedToSend(reason: "no answer"), .rejected(reason: "too late", at: .placed),
        .completed(at: .placed),
    ]

    static var inputs: [TenancyTable<ProblemChange>.Input] {
        [
            ("taken", { try $0.hear(.taken, at: .placed) }), ("made", { try $0.hear(.made, at: .placed) }),
            ("refused", { try $0.hear(.refused(reason: "too late"), at: .placed) }),
            ("unsent", { try $0.hear(.unsent(reason: "no answer"), at: .placed) }),
        ]
    }
}

/// Quotes of one item.
private enum QuoteColumns {
    static let all: [Quote.ItemState] = [
        .asked, .taken, .offered(offer: .sample), .declined(reasons: ["no"]), .failed(reason: "no answer"),
        .accepted(offer: .sample, by: EntityRef(kind: .serviceOrder, number: 5)), .expired(offer: .sample),
    ]

    static var inputs: [TenancyTable<Quote>.Input] {
        let end = QuoteOffer.sample.validUntil
        let order = EntityRef(kind: .serviceOrder, number: 5)
        let offered = [QuoteAnswer.offered(item: 0, offer: .sample)]
        let declined = [QuoteAnswer.declined(item: 0, reasons: ["no"])]
        let replies: [(String, Quote.Input)] = [
            ("supplier answers 202", .supplierTook(supplier: "A")),
            ("supplier offers", .supplierAnswered(supplier: "A", answers: offered)),
            ("supplier declines", .supplierAnswered(supplier: "A", answers: declined)),
            ("supplier leaves it out", .supplierAnswered(supplier: "A", answers: [])),
            ("supplier answers 422", .supplierRefused(supplier: "A", reasons: ["no"])),
            ("sending is given up", .sendingFailed(supplier: "A", reason: "no answer")),
        ]
        let heard: [TenancyTable<Quote>.Input] = replies.map { name, input in
            (name, { try $0.hear(input, at: .placed) })
        }
        return heard + [
            ("an order accepts", { try $0.accept("Q-1", of: "A", by: order, at: end - 1) }),
            ("an order accepts too late", { try $0.accept("Q-1", of: "A", by: order, at: end) }),
            ("alarm: expires", { try $0.wake(.expires, at: end) }),
            ("alarm: unanswered", { try $0.wake(.unanswered, at: .placed + Quote.answerWithin) }),
        ]
    }
}
