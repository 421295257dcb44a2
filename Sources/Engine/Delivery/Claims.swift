import Domain
import Storage
import Synchronization

/// The rows that one change leased in its commit: handed over once that is durable, let go if it fails.
final class Claims: Sendable {
    private let dispatch: Dispatch
    private let rows = Mutex<[OutboxRow]>([])
    private let foundNoRoom = Mutex<Set<Recipient>>([])

    init(_ dispatch: Dispatch) { self.dispatch = dispatch }

    var count: Int { rows.withLock { $0.count } }

    /// Enqueues a row, leased to this process if its lane is idle and there is room.
    func enqueue(_ row: NewOutboxRow, in transaction: any Transaction) throws {
        guard dispatch.admit(row.recipient) else {
            _ = foundNoRoom.withLock { $0.insert(row.recipient) }
            _ = try transaction.enqueue(row, lease: nil)
            return
        }
        do {
            guard let claimed = try transaction.enqueue(row, lease: dispatch.lease) else {
                return dispatch.leave(row.recipient)
            }
            rows.withLock { $0.append(claimed) }
        } catch {
            dispatch.leave(row.recipient)
            throw error
        }
    }

    /// Gives back the places of those after the first `count`: they were not enqueued after all.
    func letGo(after count: Int = 0) {
        for row in take(after: count) { dispatch.leave(row.content.recipient) }
    }

    /// Hands over what was leased. What found no room is looked for from now on: while this was being committed, all who
    /// were under way may have ended.
    func hand() {
        dispatch.hand(take(after: 0))
        dispatch.look(for: foundNoRoom.withLock { $0 })
    }

    private func take(after count: Int) -> [OutboxRow] {
        rows.withLock { rows in
            let taken = Array(rows[count...])
            rows.removeSubrange(count...)
            return taken
        }
    }
}
