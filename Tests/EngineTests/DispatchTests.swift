import Domain
import Storage
import TestSupport
import Testing

@testable import Engine

/// Who finds no room waits for a place of its own recipient, and holds up nobody else.
@Suite struct DispatchTests {
    private let silent = Recipient.buyer(id: "silent")
    private let lively = Recipient.buyer(id: "lively")

    private func dispatch(inFlightMax: Int = 10) -> Dispatch {
        var limits = Dispatch.Limits()
        limits.inFlightMax = inFlightMax
        limits.inFlightPerRecipientMax = 2
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
            #expect(room.full == [silent])
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

    @Test func `a claim without any room tries nothing and is made up for`() async throws {
        let dispatch = dispatch(inFlightMax: 1)
        #expect(dispatch.admit(lively))
        _ = try await dispatch.claim { _ in [Self.row(to: silent)] }
        dispatch.leave(lively)
        #expect(dispatch.lanes.isRung)
    }

    private static func row(to recipient: Recipient) -> OutboxRow {
        let content = NewOutboxRow(
            recipient: recipient,
            root: Sender(1).ref,
            entity: Sender(1).ref,
            messageID: "m-1",
            message: .saying("a"),
            contentType: "text/plain",
            body: [],
            conversation: "c-1",
            created: TestTime.start
        )
        return OutboxRow(number: 1, content: content, state: .queued, attempts: 0, firstAttempt: nil, lastError: nil)
    }
}
