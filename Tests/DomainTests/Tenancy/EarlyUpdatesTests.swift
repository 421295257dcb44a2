import Foundation
import Testing

@testable import Domain

/// G-079: a supplier's updates that come out of order are put in order, but not for ever.
@Suite struct EarlyUpdatesTests {
    private func hear(
        _ order: inout ServiceOrder,
        _ reason: SupplyUpdate.Reason,
        _ sequence: Int64,
        at seconds: Double = 0
    ) throws -> [Effect] {
        try order.hear(.supplierUpdated(.sample(reason, sequence)), at: .placed + seconds)
    }

    @Test func `numbers without a gap never wait`() throws {
        var order = try ServiceOrder.sample(.sentToSupplier)

        #expect(try hear(&order, .acknowledged, 1).told == ["ACKNOWLEDGED"])
        #expect(try hear(&order, .committed, 2).told == ["COMMITTED"])
        #expect(order.early == nil)
    }

    @Test func `one that is early waits five seconds for the one before it`() throws {
        var order = try ServiceOrder.sample(.sentToSupplier)

        let effects = try hear(&order, .committed, 2)

        #expect(effects == [.arm(order.timer(.release), at: .placed + 5)])
        #expect(order.status == .sentToSupplier)
    }

    @Test func `what waited follows at once when the missing one comes`() throws {
        var order = try ServiceOrder.sample(.sentToSupplier)
        _ = try hear(&order, .delay, 3)
        _ = try hear(&order, .committed, 2, at: 1)

        let effects = try hear(&order, .acknowledged, 1, at: 2)

        #expect(effects.told == ["ACKNOWLEDGED", "COMMITTED", "DELAY"])
        #expect(effects.contains(.disarm(order.timer(.release))))
        #expect(order.status == .held)
        #expect(order.early == nil)
    }

    @Test func `each that comes gives the missing ones five more seconds, a minute in all`() throws {
        var order = try ServiceOrder.sample(.sentToSupplier)
        _ = try hear(&order, .committed, 2)

        #expect(try hear(&order, .delay, 3, at: 4) == [.arm(order.timer(.release), at: .placed + 9)])
        #expect(try hear(&order, .resumed, 4, at: 58) == [.arm(order.timer(.release), at: .placed + 60)])
    }

    @Test func `when the time is over they are taken in the order in which they were written`() throws {
        var order = try ServiceOrder.sample(.sentToSupplier)
        _ = try hear(&order, .delay, 4)
        _ = try hear(&order, .committed, 3)

        let effects = try order.wake(.release, at: .placed + 5)

        #expect(effects.told == ["ACKNOWLEDGED", "COMMITTED", "DELAY"])
        #expect(order.log.entries.map(\.kci.notes).contains(["The supplier's updates 1 to 2 have not arrived."]))
        #expect(order.early == nil)
    }

    @Test func `one that comes too late is told as an update, and moves nothing`() throws {
        var order = try ServiceOrder.sample(.sentToSupplier)
        _ = try hear(&order, .committed, 2)
        _ = try order.wake(.release, at: .placed + 5)

        let late = try hear(&order, .acknowledged, 1, at: 6)
        let again = try hear(&order, .acknowledged, 1, at: 7)

        #expect(late.told == ["UPDATE"])
        #expect(order.log.entries.last?.kci.words == "late")
        #expect(order.status == .inProgress)
        #expect(again.isEmpty, "a repeat of it is dropped")
    }

    @Test func `one that comes after the end is a remark`() throws {
        var order = try ServiceOrder.sample(.inProgress)
        _ = try hear(&order, .completed, 2)
        _ = try order.wake(.release, at: .placed + 5)
        #expect(order.status == .completed)

        #expect(try hear(&order, .delay, 1, at: 6).told == ["ADDITIONAL"])
        #expect(order.status == .completed)
    }

    @Test func `a repeat of one that waits is dropped`() throws {
        var order = try ServiceOrder.sample(.sentToSupplier)
        _ = try hear(&order, .committed, 2)

        #expect(try hear(&order, .committed, 2, at: 1).isEmpty)
        #expect(order.early?.updates.count == 1)
    }

    @Test func `one that waited and cannot be applied is told, for its sender has had its answer`() throws {
        var order = try ServiceOrder.sample(.sentToSupplier)
        _ = try hear(&order, .completed, 2)

        let effects = try hear(&order, .acknowledged, 1, at: 1)

        #expect(effects.told == ["ACKNOWLEDGED", "UPDATE"])
        #expect(order.status == .acknowledged)
    }

    @Test func `a supplier that is far ahead of itself is taken as it comes`() throws {
        var order = try ServiceOrder.sample(.inProgress)
        for number in 2...Int64(EarlyUpdates.countMax) { _ = try hear(&order, .additional, number) }
        #expect(order.early?.updates.count == EarlyUpdates.countMax - 1)

        let effects = try hear(&order, .additional, Int64(EarlyUpdates.countMax) + 1)

        #expect(effects.told.count == EarlyUpdates.countMax)
        #expect(order.early == nil)
    }

    @Test func `updates without numbers are taken as they come`() throws {
        var order = try ServiceOrder.sample(.sentToSupplier)
        _ = try hear(&order, .delay, 3)

        let effects = try order.hear(.supplierUpdated(.sample(.acknowledged)), at: .placed)

        #expect(effects.told == ["ACKNOWLEDGED"])
    }

    @Test func `a completion that waited closes what is open`() throws {
        var order = try ServiceOrder.sample(.inProgress)
        _ = try order.cancel(ID(72), because: .other, isSent: true, at: .placed)
        _ = try hear(&order, .completed, 2)

        let effects = try order.wake(.release, at: .placed + 5)

        #expect(effects.told == ["COMPLETED", "ADDITIONAL"])
        #expect(effects.settled == ["request REJECTED"])
    }

    @Test func `a test's updates are put in order as well`() throws {
        var test = try ServiceTest.sample()
        let early = try test.hear(.supplierUpdated(.sample(.completed, 2)), at: .placed)
        #expect(early == [.arm(test.timer(.release), at: .placed + 5)])
        #expect(test.status == .receivedByGateway)

        let effects = try test.hear(.supplierUpdated(.sample(.acknowledged, 1)), at: .placed + 1)

        #expect(effects.told == ["UPDATE", "UPDATE", "COMPLETED"])
        #expect(effects.contains(.disarm(test.timer(.release))))
        #expect(test.status == .completed)
        #expect(test.early == nil)
    }

    @Test func `what a test misses is given up, and told when it comes late`() throws {
        var test = try ServiceTest.sample(.inProgress)
        _ = try test.hear(.supplierUpdated(.sample(.completed, 2)), at: .placed)

        let released = try test.wake(.release, at: .placed + 5)
        let late = try test.hear(.supplierUpdated(.sample(.update, 1)), at: .placed + 6)

        #expect(released.told == ["COMPLETED"])
        #expect(test.log.entries.first?.kci.notes == ["The supplier's update 1 has not arrived."])
        #expect(late.told == ["ADDITIONAL"])
        #expect(test.log.entries.last?.kci.words == "late")
        #expect(test.status == .completed)
    }

    @Test func `a problem's updates are put in order as well`() throws {
        var problem = try ServiceProblem.sample(.sentToSupplier)
        _ = try problem.hear(.supplierUpdated(.aboutProblem(.confirm, 3)), at: .placed)
        _ = try problem.hear(.supplierUpdated(.aboutProblem(.committed, 2)), at: .placed + 1)
        #expect(problem.status == .sentToSupplier)

        let effects = try problem.hear(.supplierUpdated(.aboutProblem(.acknowledged, 1)), at: .placed + 2)

        #expect(effects.told == ["ACKNOWLEDGED", "COMMITTED", "CONFIRM"])
        #expect(problem.resolution?.id == ID(78), "its number was drawn when it came")
    }

    @Test func `what a problem misses is given up after five seconds`() throws {
        var problem = try ServiceProblem.sample(.working(.acknowledged))
        _ = try problem.hear(.supplierUpdated(.aboutProblem(.delay, 2)), at: .placed)

        #expect(try problem.wake(.release, at: .placed + 5).told == ["DELAY"])
        #expect(problem.status == .held)
        let late = try problem.hear(.supplierUpdated(.aboutProblem(.committed, 1)), at: .placed + 6)
        #expect(late.told == ["UPDATE"])
        #expect(problem.status == .held)
    }
}

extension KCI {
    fileprivate var words: String? {
        switch content {
        case .information(_, let details), .action(_, let details): details.text
        case .error: nil
        }
    }
}
