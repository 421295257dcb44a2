import Foundation
import Testing

@testable import Domain

@Suite struct ServiceOrderTests {
    @Test func `the happy way tells a tenant four things, numbered from one`() throws {
        var order = try ServiceOrder.sample()
        var effects: [Effect] = []

        effects += try order.hear(.acknowledged("SUP-1"), at: .placed)
        effects += try order.hear(.supplierUpdated(.sample(.committed, 1)), at: .placed + 60)
        effects += try order.hear(.supplierUpdated(.sample(.completed, 2)), at: .placed + 120)

        #expect(effects.told == ["UPDATE", "ACKNOWLEDGED", "COMMITTED", "COMPLETED"])
        #expect(effects.sequences == [1, 2, 3, 4])
        #expect(order.status == .completed)
        #expect(order.supplierOrderNumber == "SUP-1")
        #expect(order.committedDate == CivilDate("2026-03-09"))
        #expect(order.serviceID == "S2000001")
    }

    @Test func `a supplier that commits in its answer causes three updates at once`() throws {
        var order = try ServiceOrder.sample()

        let effects = try order.hear(
            .supplierAcknowledged(
                reference: "SUP-1",
                committedDate: CivilDate("2026-03-09"),
                targetDate: nil,
                status: .inProgress
            ),
            at: .placed
        )

        #expect(effects.told == ["UPDATE", "ACKNOWLEDGED", "COMMITTED"])
        #expect(order.targetDate == CivilDate("2026-03-09"))
    }

    @Test func `a commitment that skips the acknowledgement brings it along`() throws {
        var order = try ServiceOrder.sample(.sentToSupplier)

        #expect(
            try order.hear(.supplierUpdated(.sample(.committed)), at: .placed).told == ["ACKNOWLEDGED", "COMMITTED"]
        )
    }

    @Test func `an update that overtakes the answer counts as the answer`() throws {
        var order = try ServiceOrder.sample()
        let effects = try order.hear(.supplierUpdated(.sample(.committed, 1)), at: .placed)

        let late = try order.hear(.acknowledged("SUP-1"), at: .placed + 1)

        #expect(effects.told == ["UPDATE", "ACKNOWLEDGED", "COMMITTED"])
        #expect(late.told == ["UPDATE"], "its number is new to the tenant")
        #expect(order.supplierOrderNumber == "SUP-1")
        #expect(order.status == .inProgress)
    }

    @Test func `a failed sending means nothing once an update has come`() throws {
        var order = try ServiceOrder.sample()
        _ = try order.hear(.supplierUpdated(.sample(.acknowledged, 1)), at: .placed)

        #expect(try order.hear(.sendingFailed(reason: "no answer"), at: .placed + 1).isEmpty)
        #expect(order.status == .acknowledged)
    }

    @Test func `an order that cannot be sent is told as an error`() throws {
        var order = try ServiceOrder.sample()

        #expect(try order.hear(.sendingFailed(reason: "no answer"), at: .placed).told == ["ERROR"])
        #expect(order.status == .failedToSend)
    }

    @Test func `a repeat of an update is dropped without a word`() throws {
        var order = try ServiceOrder.sample(.acknowledged)
        _ = try order.hear(.supplierUpdated(.sample(.committed, 1)), at: .placed)
        let before = order

        #expect(try order.hear(.supplierUpdated(.sample(.committed, 1)), at: .placed + 1).isEmpty)
        #expect(order == before)
    }

    @Test func `a gap in the supplier's numbers is told to the tenant`() throws {
        var order = try ServiceOrder.sample(.acknowledged)

        _ = try order.hear(.supplierUpdated(.sample(.committed, 3)), at: .placed)
        _ = try order.wake(.release, at: .placed + 5)

        let notes = order.log.entries.last.map { $0.kci.notes }
        #expect(notes == ["The supplier's updates 1 to 2 have not arrived."])
    }

    @Test func `the commitment is written once, the target moves`() throws {
        var order = try ServiceOrder.sample(.acknowledged)
        _ = try order.hear(.supplierUpdated(.sample(.committed, 1)), at: .placed)

        let effects = try order.hear(
            .supplierUpdated(.sample(.delay, 2, target: CivilDate("2026-04-01"))),
            at: .placed + 1
        )

        #expect(effects.told == ["DELAY"])
        #expect(order.committedDate == CivilDate("2026-03-09"))
        #expect(order.targetDate == CivilDate("2026-04-01"))
    }

    @Test func `a held order resumes as it was planned, or is planned anew`() throws {
        var asPlanned = try ServiceOrder.sample(.held)
        var anew = try ServiceOrder.sample(.held)

        #expect(try asPlanned.hear(.supplierUpdated(.sample(.resumed)), at: .placed).told == ["RESUMED"])
        let moved = SupplierNews.sample(.resumed, target: CivilDate("2026-04-01"))
        #expect(try anew.hear(.supplierUpdated(moved), at: .placed).told == ["UPDATE"])
        #expect(asPlanned.status == .inProgress && anew.status == .inProgress)
    }

    @Test(arguments: [SupplyUpdate.Reason.warning, .delay, .reappoint, .cancelled, .terminated])
    func `some reasons need a problem code`(reason: SupplyUpdate.Reason) throws {
        let before = try ServiceOrder.sample(.inProgress)
        var order = before
        var news = SupplierNews.sample(reason)
        news.problemCode = nil

        let refusal = #expect(throws: Rejection.self) { try order.hear(.supplierUpdated(news), at: .placed) }

        #expect(refusal?.problems.map(\.pointer) == ["/problemCode"])
        #expect(order == before)
    }

    @Test func `a refused cancellation leaves the order as it was before it was asked for`() throws {
        var order = try ServiceOrder.sample(.pendingCancellation(was: .pending(was: .held)))

        #expect(try order.hear(.supplierUpdated(.sample(.cancellationRejected)), at: .placed).told == ["RESUBMIT"])
        #expect(order.state == .pending(was: .held))
    }

    @Test func `a rejected order tells the tenant what to do`() throws {
        var order = try ServiceOrder.sample()

        let effects = try order.hear(.supplierRejected(problems: ["/address unknown"]), at: .placed)

        #expect(effects.told == ["TERMINATED"])
        #expect(order.log.entries.last?.kci.notes == ["/address unknown"])
    }

    @Test func `a partial completion is one`() throws {
        var order = try ServiceOrder.sample(.inProgress)

        #expect(
            try order.hear(.supplierUpdated(.sample(.completed, ending: .partial)), at: .placed).told == ["COMPLETED"]
        )
        #expect(order.status == .partial)
    }

    @Test func `the past is no day to complete on`() {
        let request = OrderRequest.sample(completion: CivilDate("2026-03-01"))

        let refusal = #expect(throws: Rejection.self) {
            try ServiceOrder.place(ID(1), request, visit: nil, for: "TENANT1", in: "c-1", at: .placed)
        }

        #expect(refusal?.problems.map(\.pointer) == ["/requestedCompletionDate"])
    }

    @Test(arguments: [ProvideType.start, .takeover, .transfer, .swap])
    func `an order for a line that exists names it`(type: ProvideType) {
        let today = LondonTime.day(at: .placed)
        let ont = [Characteristic(name: "ONT_REFERENCE", value: "A"), Characteristic(name: "ONT_PORT", value: "1")]

        #expect(OrderRequest.sample(type: type).problems(on: today).count == 1)
        #expect(OrderRequest.sample(type: type, characteristics: ont).problems(on: today).isEmpty)
    }
}

@Suite struct OrderOfALiveLineTests {
    @Test func `a modification says what is to be different`() {
        let today = LondonTime.day(at: .placed)
        let profile = [Characteristic(name: "LINE_PROFILE", value: "550/75")]

        #expect(OrderRequest.modification([]).problems(on: today).map(\.pointer) == ["/serviceCharacteristics"])
        #expect(OrderRequest.modification(profile).problems(on: today).isEmpty)
    }

    @Test func `a cease may take place today, and no earlier`() {
        let today = LondonTime.day(at: .placed)

        #expect(OrderRequest.cessation(on: today).problems(on: today).isEmpty)
        let late = OrderRequest.cessation(on: today.adding(days: -1)).problems(on: today)
        #expect(late.map(\.pointer) == ["/requestedCompletionDate"])
    }

    @Test func `an order of a live line knows its service from the beginning`() throws {
        let request = OrderRequest.cessation(on: LondonTime.day(at: .placed))

        let (order, _) = try ServiceOrder.place(ID(1), request, visit: nil, for: "TENANT1", in: "c-1", at: .placed)

        #expect(order.serviceID == "S1000001")
    }
}

extension ServiceOrder.Input {
    static func acknowledged(_ reference: String) -> Self {
        .supplierAcknowledged(reference: reference, committedDate: nil, targetDate: nil, status: .acknowledged)
    }
}

extension KCI {
    var notes: [String] {
        switch content {
        case .information(_, let details), .action(_, let details): details.notes
        case .error(_, let messages, _): messages
        }
    }
}
