import Domain
import Storage
import TestSupport
import Testing

@testable import Engine

/// Who finds no room waits for a place of its own recipient, and holds up nobody else.
@Suite struct DispatchTests {
    private let silent = InFlightKey(.buyer(id: "silent"))
    private let lively = InFlightKey(.buyer(id: "lively"))
    private let busyTenant = InFlightKey(.supplier(id: "S"), share: "tenant/A")
    private let otherTenant = InFlightKey(.supplier(id: "S"), share: "tenant/B")

    private func dispatch(inFlightMax: Int = 10, perRecipientMax: Int = 2) -> Dispatch {
        var limits = Dispatch.Limits()
        limits.inFlightMax = inFlightMax
        limits.inFlightPerRecipientMax = perRecipientMax
        limits.inFlightPerShareMax = 2
        limits.claimMax = 5
        let dispatch = Dispatch(lease: "test", limits: limits, activity: Activity())
        dispatch.open()
        return dispatch
    }

    @Test func `a recipient without room holds up neither another's lanes nor looks for them`() {
        let dispatch = dispatch()
        #expect([dispatch.admit(silent), dispatch.admit(silent), dispatch.admit(silent)] == [true, true, false])
        #expect(dispatch.onward(after: silent) == .recipient)
        #expect(dispatch.onward(after: lively) == .lane)

        #expect(dispatch.admit(lively))
        dispatch.leave(lively)
        #expect(!dispatch.lanes.isRung)
        dispatch.look(for: [silent])
        #expect(!dispatch.lanes.isRung)
        dispatch.leave(silent)
        #expect(dispatch.lanes.isRung)
    }

    @Test func `where there is no room at all, whoever leaves makes some`() {
        let dispatch = dispatch(inFlightMax: 2)
        #expect([dispatch.admit(silent), dispatch.admit(lively), dispatch.admit(lively)] == [true, true, false])
        #expect(dispatch.onward(after: silent) == .nothing)
        dispatch.leave(silent)
        #expect(dispatch.lanes.isRung)
    }

    @Test func `who found no room is looked for when there is room by the time it waits`() {
        let dispatch = dispatch()
        _ = (dispatch.admit(silent), dispatch.admit(silent))
        dispatch.leave(silent)
        #expect(!dispatch.lanes.isRung)
        dispatch.look(for: [silent])
        #expect(dispatch.lanes.isRung)
    }

    @Test func `a claim takes no more than there is room for, and knows whom it left`() async throws {
        let dispatch = dispatch()
        _ = (dispatch.admit(silent), dispatch.admit(silent), dispatch.admit(silent))
        let rows = try await dispatch.claim { room in
            #expect(room.full == [silent.recipient])
            return [Self.row(to: lively), Self.row(to: lively)]
        }
        #expect(rows.count == 2)
        #expect(dispatch.onward(after: lively) == .recipient, "it is full now, and more may wait")
        #expect(!dispatch.lanes.isRung)
        dispatch.leave(lively)
        #expect(dispatch.lanes.isRung)
    }

    @Test func `who leaves while a claim fills its recipient's room is not forgotten`() async throws {
        let dispatch = dispatch()
        #expect(dispatch.admit(lively))
        _ = try await dispatch.claim { _ in
            dispatch.leave(lively)
            return [Self.row(to: lively)]
        }
        #expect(dispatch.lanes.isRung)
    }

    @Test func `a tenant with very many orders to a supplier leaves room for another's`() {
        let dispatch = dispatch(perRecipientMax: 4)
        #expect((1...3).map { _ in dispatch.admit(busyTenant) } == [true, true, false])
        #expect(dispatch.onward(after: busyTenant) == .share, "its next takes its own place")

        #expect(dispatch.admit(otherTenant))
        #expect(dispatch.onward(after: otherTenant) == .lane)
        dispatch.leave(otherTenant)
        #expect(!dispatch.lanes.isRung)
        dispatch.leave(busyTenant)
        #expect(dispatch.lanes.isRung)
    }

    @Test func `where a supplier has no room left a place goes to whichever tenant waits longest`() {
        let dispatch = dispatch(perRecipientMax: 2)
        #expect([dispatch.admit(busyTenant), dispatch.admit(busyTenant)] == [true, true])
        #expect(!dispatch.admit(otherTenant))

        #expect(dispatch.onward(after: busyTenant) == .nothing)
        dispatch.leave(busyTenant)
        #expect(dispatch.lanes.isRung)
    }

    @Test func `a claim fills no tenant's share beyond its size`() async throws {
        let dispatch = dispatch(perRecipientMax: 4)
        #expect(dispatch.admit(busyTenant))
        _ = try await dispatch.claim { room in
            #expect(room.fullShares.isEmpty)
            return [Self.row(to: busyTenant)]
        }
        _ = try await dispatch.claim { room in
            #expect(room.fullShares == [busyTenant])
            return []
        }

        #expect(dispatch.onward(after: busyTenant) == .share, "more may wait")
        #expect(dispatch.admit(otherTenant))
    }

    @Test func `a claim without any room tries nothing and is made up for`() async throws {
        let dispatch = dispatch(inFlightMax: 1)
        #expect(dispatch.admit(lively))
        _ = try await dispatch.claim { _ in [Self.row(to: silent)] }
        dispatch.leave(lively)
        #expect(dispatch.lanes.isRung)
    }

    private static func row(to key: InFlightKey) -> OutboxRow {
        let content = NewOutboxRow(
            recipient: key.recipient,
            root: Sender(1).ref,
            entity: Sender(1).ref,
            messageID: "m-1",
            message: .saying("a"),
            contentType: "text/plain",
            body: [],
            conversation: "c-1",
            created: TestTime.start,
            share: key.share
        )
        return OutboxRow(number: 1, content: content, state: .queued, attempts: 0, firstAttempt: nil, lastError: nil)
    }
}
