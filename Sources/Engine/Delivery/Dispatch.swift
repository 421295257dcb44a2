import Domain
import Storage
import Synchronization

/// What this process delivers now: its lease, how much is under way, and the rows on their way to Delivery.
///
/// A change leases what it sends in its own commit, if there is room; the row comes here and is carried at once. What
/// finds no room waits in its lane and is claimed when something ends.
package final class Dispatch: Sendable {
    package struct Limits: Sendable {
        /// Messages under way in all. Each holds a connection and about 27 KB; a thousand is what one client carries well.
        package var inFlightMax = 1_000
        /// Under way to one recipient, so that one that hangs leaves room for all others.
        package var inFlightPerRecipientMax = 64
        /// Lanes claimed in one commit; by so many the limits above may be passed, for changes go on meanwhile.
        package var claimMax = 64

        package init() {}
    }

    private struct State {
        var isOpen = false
        var total = 0
        var underWay: [Recipient: Int] = [:]
        /// Leased, and not yet begun.
        var handed: [OutboxRow] = []
        /// Somebody found no room since the last look at the lanes.
        var isCrowded = false
        /// Places given back, ever.
        var departures = 0
    }

    let lease: String
    private let limits: Limits
    private let activity: Activity
    private let state = Mutex(State())
    /// Rung when rows were handed in.
    private let arrivals = Bell()
    /// Rung when lanes should be looked at.
    let lanes = Bell()

    init(lease: String, limits: Limits, activity: Activity) {
        self.lease = lease
        self.limits = limits
        self.activity = activity
    }

    // MARK: For changes

    /// Takes a place for a message, if there is one and somebody delivers.
    func admit(_ recipient: Recipient) -> Bool {
        state.withLock { state in
            guard state.isOpen else { return false }
            let count = state.underWay[recipient, default: 0]
            guard state.total < limits.inFlightMax, count < limits.inFlightPerRecipientMax else {
                state.isCrowded = true
                return false
            }
            state.total += 1
            state.underWay[recipient] = count + 1
            return true
        }
    }

    /// Gives a place back.
    func leave(_ recipient: Recipient) {
        let wasCrowded = state.withLock { state in
            state.total -= 1
            state.departures += 1
            let left = state.underWay[recipient, default: 0] - 1
            state.underWay[recipient] = left > 0 ? left : nil
            return state.isCrowded
        }
        if wasCrowded { lanes.ring() }
    }

    /// Brings admitted rows, once their lease is durable. From here on they count as under way.
    func hand(_ rows: [OutboxRow]) {
        guard !rows.isEmpty else { return }
        for _ in rows { activity.began(.delivery) }
        let isOpen = state.withLock { state in
            if state.isOpen { state.handed += rows }
            return state.isOpen
        }
        // Closed meanwhile: their leases are freed at the next start.
        guard isOpen else { return rows.forEach { end($0.content.recipient) } }
        arrivals.ring()
    }

    // MARK: For Delivery

    var isOpen: Bool { state.withLock { $0.isOpen } }

    func open() { state.withLock { $0.isOpen = true } }

    /// Takes nothing on any more.
    func close() {
        let left = state.withLock { state in
            defer { state.handed = [] }
            state.isOpen = false
            return state.handed
        }
        for row in left { end(row.content.recipient) }
        arrivals.ring()
        lanes.ring()
    }

    /// The rows that were handed in; `nil` once it is closed.
    func next() async -> [OutboxRow]? {
        while true {
            let (isOpen, rows) = state.withLock { state in
                defer { state.handed = [] }
                return (state.isOpen, state.handed)
            }
            if !rows.isEmpty { return rows }
            guard isOpen, !Task.isCancelled else { return nil }
            await arrivals.wait()
        }
    }

    /// A message is done with.
    func end(_ recipient: Recipient) {
        leave(recipient)
        activity.ended(.delivery)
    }

    /// Whether who delivered a message may go on with the next of its lane: not before others that wait for room.
    var mayGoOn: Bool { state.withLock { $0.isOpen && !$0.isCrowded } }

    /// Claims by `claim` as much as there is room for, and counts it as under way.
    func claim(_ claim: (Room) async throws -> [OutboxRow]) async throws -> [OutboxRow] {
        let (room, departures) = state.withLock { state in
            state.isCrowded = false
            let room = Room(
                total: min(limits.claimMax, limits.inFlightMax - state.total),
                perRecipient: limits.inFlightPerRecipientMax,
                underWay: state.underWay
            )
            return (room, state.departures)
        }
        let rows = room.isFull ? [] : try await claim(room)
        let mayHaveLeft = rows.count == room.total || !room.full.isEmpty
        let hasRoomAgain = state.withLock { state in
            state.total += rows.count
            for row in rows { state.underWay[row.content.recipient, default: 0] += 1 }
            if mayHaveLeft { state.isCrowded = true }
            return mayHaveLeft && state.departures > departures
        }
        // Who left meanwhile saw nobody waiting, and rang for nobody.
        if hasRoomAgain { lanes.ring() }
        for _ in rows { activity.began(.delivery) }
        return rows
    }
}
