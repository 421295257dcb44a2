import Foundation
import Testing

@testable import Domain

/// §3.2, SM-03, decisions 2, 4 and 10.
@Suite struct ChangeRequestTests {
    private static let notes = OrderChanges(site: SiteNotes(notes: "Ring twice"))

    private func amended(_ state: ServiceOrder.State) throws -> ServiceOrder {
        var order = try ServiceOrder.sample(state)
        _ = try order.amend(ID(71), Self.notes, visit: nil, at: .placed)
        return order
    }

    @Test(arguments: [
        ServiceOrder.State.acknowledged, .inProgress, .held, .pending(was: .held), .pending(was: .acknowledged),
    ])
    func `a refused amendment leaves the order as it was`(state: ServiceOrder.State) throws {
        var order = try amended(state)

        let taken = try order.hear(.requestAnswered(request: ID(71), answer: .taken(reference: nil)), at: .placed + 1)
        #expect(order.status == .pendingAmendment)
        let refused = try order.hear(.supplierUpdated(.sample(.amendmentRejected)), at: .placed + 2)

        #expect(taken.told == ["UPDATE"] && refused.told == ["RESUBMIT"])
        #expect(refused.settled == ["request REJECTED"])
        #expect(order.state == state)
        #expect(order.openRequest == nil)
    }

    @Test(arguments: [ServiceOrder.State.acknowledged, .inProgress, .held, .pending(was: .inProgress)])
    func `a refused cancellation leaves the order as it was`(state: ServiceOrder.State) throws {
        var order = try ServiceOrder.sample(state)
        _ = try order.cancel(ID(72), because: .other, isSent: true, at: .placed)

        _ = try order.hear(.requestAnswered(request: ID(72), answer: .taken(reference: nil)), at: .placed + 1)
        #expect(order.status == .pendingCancellation)
        let refused = try order.hear(.supplierUpdated(.sample(.cancellationRejected)), at: .placed + 2)

        #expect(refused.told == ["RESUBMIT"])
        #expect(order.state == state)
    }

    @Test func `an amendment that is taken changes the order, member by member`() throws {
        var order = try ServiceOrder.sample(.inProgress)
        let changes = OrderChanges(
            characteristics: [Characteristic(name: "CARE_LEVEL", value: "2")],
            primaryContact: ContactChange(phoneNumber: "+44 20 7946 0009")
        )
        _ = try order.amend(ID(71), changes, visit: nil, at: .placed)

        let effects = try order.hear(.requestAnswered(request: ID(71), answer: .done(reference: "A")), at: .placed + 1)

        guard case .provide(let request) = order.request else { throw Missing() }
        #expect(request.primaryContact.name == "Ada Example", "a new phone keeps the old name")
        #expect(request.primaryContact.phoneNumber == "+44 20 7946 0009")
        #expect(request.characteristics == [Characteristic(name: "CARE_LEVEL", value: "2")])
        #expect(effects.told == ["AMENDED"])
        #expect(effects.settled == ["request PENDING", "request COMPLETED"])
    }

    @Test func `characteristics of a name are replaced where they stand, others follow`() {
        let before = [Characteristic(name: "A", value: "1"), Characteristic(name: "B", value: "2")]
        let changes = [Characteristic(name: "C", value: "3"), Characteristic(name: "A", value: "4")]

        #expect(
            before.merged(with: changes) == [
                Characteristic(name: "A", value: "4"), Characteristic(name: "B", value: "2"),
                Characteristic(name: "C", value: "3"),
            ]
        )
    }

    @Test func `a characteristic whose name is another's in its other canonical form is one of its own`() {
        let before = [Characteristic(name: "CAF\u{C9}", value: "1")]
        let merged = before.merged(with: [Characteristic(name: "CAFE\u{301}", value: "2")])

        #expect(merged.map(\.value) == ["1", "2"])
        #expect(merged["CAFE\u{301}"] == "2")
    }

    @Test func `an order that waits for a visit goes on when an amendment names one`() throws {
        let slot = try TimeSlot.sample()
        let visit = BookedVisit(reservation: ID(9), supplierReference: "KEY", slot: slot)
        var order = try ServiceOrder.sample(.inProgress)
        _ = try order.hear(.supplierUpdated(.sample(.reappoint)), at: .placed)
        _ = try order.amend(ID(71), OrderChanges(), visit: visit, at: .placed)

        _ = try order.hear(.requestAnswered(request: ID(71), answer: .taken(reference: nil)), at: .placed)
        let effects = try order.hear(.supplierUpdated(.sample(.amended)), at: .placed)

        #expect(effects.told == ["AMENDED"])
        #expect(order.state == .inProgress)
        #expect(order.visit == visit)
        #expect(order.request.reservation == ID(9))
    }

    @Test func `an order that waits for a visit goes on waiting when an amendment names none`() throws {
        var order = try ServiceOrder.sample(.inProgress)
        _ = try order.hear(.supplierUpdated(.sample(.reappoint)), at: .placed)
        _ = try order.amend(ID(71), Self.notes, visit: nil, at: .placed)

        _ = try order.hear(.supplierUpdated(.sample(.amended)), at: .placed)

        #expect(order.state == .pending(was: .inProgress))
    }

    @Test func `an order that waits for words goes on when an amendment has some`() throws {
        var order = try ServiceOrder.sample(.held)
        _ = try order.hear(.supplierUpdated(.sample(.informationRequired)), at: .placed)
        _ = try order.amend(ID(71), Self.notes, visit: nil, at: .placed)

        _ = try order.hear(.supplierUpdated(.sample(.amended)), at: .placed)

        #expect(order.state == .held)
    }

    @Test func `an update that overtakes the answer counts as the answer, and the answer changes nothing`() throws {
        var order = try amended(.inProgress)

        let update = try order.hear(.supplierUpdated(.sample(.amended)), at: .placed + 1)
        let late = try order.hear(.requestAnswered(request: ID(71), answer: .taken(reference: "A")), at: .placed + 2)

        #expect(update.told == ["AMENDED"] && update.settled == ["request COMPLETED"])
        #expect(late.isEmpty)
        #expect(order.state == .inProgress)
    }

    @Test func `a second request while one is open is refused, and says which`() throws {
        var order = try amended(.inProgress)
        let before = order

        let refusal = #expect(throws: Rejection.self) {
            try order.amend(ID(73), Self.notes, visit: nil, at: .placed)
        }

        #expect(refusal?.code == .illegalTransition)
        #expect(refusal?.problems.map(\.pointer) == ["/orderId"])
        #expect(order == before)
    }

    @Test func `a cancellation supersedes an amendment that is open`() throws {
        var order = try amended(.held)
        _ = try order.hear(.requestAnswered(request: ID(71), answer: .taken(reference: nil)), at: .placed)

        let effects = try order.cancel(ID(72), because: .customerChangedMind, isSent: true, at: .placed + 1)

        #expect(effects.settled == ["request REJECTED"])
        #expect(effects.told == ["UPDATE"])
        #expect(order.state == .held)
        #expect(order.openRequest?.id == ID(72))
    }

    @Test func `an amendment that the supplier took before the cancellation reached it is told as it is`() throws {
        var order = try amended(.inProgress)
        _ = try order.cancel(ID(72), because: .other, isSent: true, at: .placed)

        let effects = try order.hear(.supplierUpdated(.sample(.amended)), at: .placed + 1)

        #expect(effects.told == ["UPDATE"])
        #expect(order.request.notes == "Ring twice")
        #expect(order.openRequest?.id == ID(72), "the cancellation is open still")
    }

    @Test func `an order that never left is cancelled here and now`() throws {
        var order = try ServiceOrder.sample()

        let effects = try order.cancel(ID(72), because: .other, isSent: false, at: .placed + 1)

        #expect(order.status == .cancelled)
        #expect(effects.told == ["CANCELLED"])
        #expect(effects.contains(.withdraw(order.ref, from: .supplier(id: "DUMMY_SUPPLIER"))))
        let content = ChangeRequest.Content.cancellation(reason: .other, text: nil)
        let (request, sent) = ChangeRequest.ask(ID(72), about: order, content, in: "c-1", at: .placed + 1)
        #expect(request.status == .completed)
        #expect(sent.isEmpty)
    }

    @Test func `an order that may have left waits for the supplier's word`() throws {
        var order = try ServiceOrder.sample()

        let effects = try order.cancel(ID(72), because: .other, isSent: true, at: .placed + 1)

        #expect(effects.isEmpty)
        #expect(order.status == .receivedByGateway)
        #expect(order.openRequest?.id == ID(72))
    }

    @Test(arguments: [SupplyUpdate.Reason.completed, .terminated])
    func `a request that the end overtakes comes to nothing, and the tenant hears so`(end: SupplyUpdate.Reason) throws {
        var order = try ServiceOrder.sample(.inProgress)
        _ = try order.cancel(ID(72), because: .other, isSent: true, at: .placed)
        _ = try order.hear(.requestAnswered(request: ID(72), answer: .taken(reference: nil)), at: .placed)

        let effects = try order.hear(.supplierUpdated(.sample(end)), at: .placed + 1)

        #expect(effects.told == [end.rawValue, "ADDITIONAL"])
        #expect(effects.settled == ["request REJECTED"])
        #expect(order.openRequest == nil)
        let late = ServiceOrder.Input.requestAnswered(request: ID(72), answer: .done(reference: nil))
        #expect(try order.hear(late, at: .placed + 2).isEmpty, "what has ended does not change again")
    }

    @Test func `a request about an order that cannot be sent cannot be sent either`() throws {
        var order = try amended(.receivedByGateway)

        let effects = try order.hear(.sendingFailed(reason: "no answer"), at: .placed)

        #expect(effects.settled == ["request FAILED_TO_SEND"])
        #expect(effects.told == ["ERROR", "ADDITIONAL"])
    }

    @Test func `a request that cannot be sent leaves the order as it was`() throws {
        var order = try amended(.held)

        let effects = try order.hear(.requestAnswered(request: ID(71), answer: .failed(reason: "x")), at: .placed)

        #expect(effects.told == ["ERROR"])
        #expect(effects.settled == ["request FAILED_TO_SEND"])
        #expect(order.state == .held)
    }

    @Test(arguments: [
        ServiceOrder.State.completed(at: .placed), .cancelled(at: .placed), .failed(at: .placed),
        .rejected(at: .placed),
        .failedToSend(reason: "x"), .partial(at: .placed),
    ])
    func `an order that has ended can be neither amended nor cancelled`(state: ServiceOrder.State) throws {
        var order = try ServiceOrder.sample(state)
        let before = order

        #expect(throws: Rejection.self) { try order.amend(ID(71), Self.notes, visit: nil, at: .placed) }
        #expect(throws: Rejection.self) { try order.cancel(ID(72), because: .other, isSent: true, at: .placed) }
        #expect(order == before)
    }

    @Test func `a decision about another request is refused`() throws {
        var order = try amended(.inProgress)
        let before = order
        var news = SupplierNews.sample(.amended)
        news.amendment = ID(99)

        #expect(throws: Rejection.self) { try order.hear(.supplierUpdated(news), at: .placed) }
        #expect(order == before)
    }

    @Test func `a reason against somebody else's cease is none to cancel one's own order`() throws {
        var order = try ServiceOrder.sample(.inProgress)

        let refusal = #expect(throws: Rejection.self) {
            try order.cancel(ID(72), because: .endUserNotMoving, isSent: true, at: .placed)
        }

        #expect(refusal?.problems.map(\.pointer) == ["/reasonCode"])
    }

    @Test func `a contact that isn't there must be named to be changed`() throws {
        var order = try ServiceOrder.sample(.inProgress)
        let changes = OrderChanges(secondaryContact: ContactChange(email: "a@example.com"))

        let refusal = #expect(throws: Rejection.self) { try order.amend(ID(71), changes, visit: nil, at: .placed) }

        #expect(refusal?.problems.map(\.pointer) == ["/secondaryContact/name", "/secondaryContact/phoneNumber"])
    }

    private struct Missing: Error {}
}

extension OrderRequest {
    fileprivate var notes: String? {
        switch self {
        case .provide(let request): request.site.notes
        case .modify(let request): request.site.notes
        case .cease(let request): request.notes
        case .unsolicitedCease, .ethernet: nil
        }
    }
}
