import Domain
import Storage
import Synchronization

/// The rows that one change leased in its commit: handed over once that is durable, let go if it fails.
final class Claims: Sendable {
    /// Room taken for a message under way.
    private struct Place {
        let key: InFlightKey
        /// `nil` until it is leased.
        var row: OutboxRow?
        /// Another message of its lane goes first: the room was given back.
        var isGivenBack = false
    }

    private let dispatch: Dispatch
    private let places = Mutex<[Place]>([])
    private let foundNoRoom = Mutex<Set<InFlightKey>>([])

    init(_ dispatch: Dispatch) { self.dispatch = dispatch }

    var count: Int { places.withLock { $0.count } }

    /// Enqueues a row, leased to this process if its lane is idle and there is room.
    func enqueue(_ row: NewOutboxRow, in transaction: any Transaction) throws {
        guard dispatch.admit(row.inFlightKey) else {
            _ = foundNoRoom.withLock { $0.insert(row.inFlightKey) }
            return try transaction.enqueue(row, lease: nil) { _ in }
        }
        let place = places.withLock { places in
            places.append(Place(key: row.inFlightKey))
            return places.count - 1
        }
        try transaction.enqueue(row, lease: dispatch.lease) { [self] claimed in
            places.withLock { places in
                places[place].row = claimed
                places[place].isGivenBack = claimed == nil
            }
            if claimed == nil { dispatch.leave(row.inFlightKey) }
        }
    }

    /// Gives back the places of those after the first `count`: they were not enqueued after all.
    func letGo(after count: Int = 0) {
        for place in take(after: count) where !place.isGivenBack { dispatch.leave(place.key) }
    }

    /// Hands over what was leased. What found no room is looked for from now on: while this was being committed, all who
    /// were under way may have ended.
    func hand() {
        dispatch.hand(take(after: 0).compactMap(\.row))
        dispatch.look(for: foundNoRoom.withLock { $0 })
    }

    private func take(after count: Int) -> [Place] {
        places.withLock { places in
            let taken = Array(places[count...])
            places.removeSubrange(count...)
            return taken
        }
    }
}
