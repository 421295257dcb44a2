import Foundation
import Testing

@testable import Domain

/// G-055, Q-10: a line's end that its tenant did not ask for.
@Suite struct UnsolicitedCeaseTests {
    private func heard() -> (ServiceOrder, [Effect]) {
        let cease = UnsolicitedCease(
            supplier: "DUMMY_SUPPLIER",
            serviceID: "S1000001",
            requestedCeaseDate: CivilDate("2026-03-09"),
            reason: "CHANGE_OF_CP"
        )
        var news = SupplierNews.sample(.created, 1)
        news.supplierReference = "SO0000009"
        news.serviceID = nil
        return ServiceOrder.hear(of: cease, as: ID(5), news, for: "TENANT1", in: "c-1", at: .placed)
    }

    @Test func `the tenant hears of it, and nothing goes to the supplier`() {
        let (order, effects) = heard()

        #expect(effects.told == ["CREATED"])
        #expect(effects.sent.isEmpty)
        #expect(order.status == .receivedByGateway)
        #expect(order.supplierOrderNumber == "SO0000009")
        #expect(order.serviceID == "S1000001")
    }

    @Test func `its updates are numbered on from the first, and are all there to be read`() throws {
        var (order, effects) = heard()

        effects += try order.hear(.supplierUpdated(.sample(.acknowledged, 2)), at: .placed)

        #expect(effects.sequences == [1, 2])
        #expect(order.log.entries.map(\.kci.sequence) == [1, 2])
    }

    @Test func `it goes its way without ever having been sent`() throws {
        var (order, _) = heard()

        var effects = try order.hear(.supplierUpdated(.sample(.acknowledged, 2)), at: .placed)
        effects += try order.hear(.supplierUpdated(.sample(.committed, 3)), at: .placed)
        effects += try order.hear(.supplierUpdated(.sample(.completed, 4)), at: .placed)

        #expect(effects.told == ["ACKNOWLEDGED", "COMMITTED", "COMPLETED"])
        #expect(order.status == .completed)
    }

    @Test func `a supplier may end it without a word between`() throws {
        var (order, _) = heard()

        #expect(
            try order.hear(.supplierUpdated(.sample(.completed, 2)), at: .placed).told == ["ACKNOWLEDGED", "COMPLETED"]
        )
    }

    @Test func `the same news again changes nothing`() throws {
        var (order, _) = heard()
        let before = order

        #expect(try order.hear(.supplierUpdated(.sample(.created, 1)), at: .placed).isEmpty)
        #expect(order == before)
    }

    @Test(arguments: CancellationReason.allCases.filter(\.isCancelOther))
    func `it is cancelled for a reason against somebody else's order`(reason: CancellationReason) throws {
        var (order, _) = heard()

        _ = try order.cancel(ID(72), because: reason, isSent: false, at: .placed)

        #expect(order.openRequest?.id == ID(72))
    }

    @Test(arguments: CancellationReason.allCases.filter { !$0.isCancelOther })
    func `it is not cancelled for a reason to withdraw one's own order`(reason: CancellationReason) throws {
        var (order, _) = heard()

        let refusal = #expect(throws: Rejection.self) {
            try order.cancel(ID(72), because: reason, isSent: false, at: .placed)
        }

        #expect(refusal?.problems.map(\.pointer) == ["/reasonCode"])
    }

    @Test func `only its supplier can cancel it, however early`() throws {
        var (order, _) = heard()

        let effects = try order.cancel(ID(72), because: .endUserNotMoving, isSent: false, at: .placed)

        #expect(effects.isEmpty)
        #expect(order.status == .receivedByGateway)
        #expect(order.openRequest?.id == ID(72))
        let answer = ServiceOrder.Input.requestAnswered(request: ID(72), answer: .taken(reference: nil))
        #expect(try order.hear(answer, at: .placed).told == ["ACKNOWLEDGED", "UPDATE"])
        #expect(order.status == .pendingCancellation)
        #expect(try order.hear(.supplierUpdated(.sample(.cancelled, 2)), at: .placed).told == ["CANCELLED"])
    }

    @Test func `it cannot be amended`() throws {
        var (order, _) = heard()
        let changes = OrderChanges(requestedCompletionDate: CivilDate("2026-04-01"))

        let refusal = #expect(throws: Rejection.self) { try order.amend(ID(71), changes, visit: nil, at: .placed) }

        #expect(refusal?.problems.map(\.pointer) == ["/orderId"])
    }

    @Test func `it cannot be rejected, for nobody asked for it`() throws {
        var (order, _) = heard()

        #expect(throws: Rejection.self) { try order.hear(.supplierUpdated(.sample(.orderRejected, 2)), at: .placed) }
    }
}
