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
        /// Somebody found no room in all since the last look at the lanes.
        var isCrowded = false
        /// Recipients of whom more waits than may be under way: who delivers to another need not stand back for them.
        var crowded: Set<Recipient> = []
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
            guard hasRoom(for: recipient, in: &state) else { return false }
            state.total += 1
            state.underWay[recipient, default: 0] += 1
            return true
        }
    }

    /// Notes it where there is no room: who leaves then rings.
    private func hasRoom(for recipient: Recipient, in state: inout State) -> Bool {
        guard state.total < limits.inFlightMax else {
            state.isCrowded = true
            return false
        }
        guard state.underWay[recipient, default: 0] < limits.inFlightPerRecipientMax else {
            state.crowded.insert(recipient)
            return false
        }
        return true
    }

    /// Messages to these found no room, and wait in their lanes since a moment ago: meanwhile there may be room.
    func look(for recipients: Set<Recipient>) {
        let waiting = state.withLock { state in
            recipients.filter { hasRoom(for: $0, in: &state) }
        }
        if !waiting.isEmpty { lanes.ring() }
    }

    /// Gives a place back.
    func leave(_ recipient: Recipient) {
        let isWaitedFor = state.withLock { state in
            state.total -= 1
            state.departures += 1
            let left = state.underWay[recipient, default: 0] - 1
            state.underWay[recipient] = left > 0 ? left : nil
            return state.isCrowded || state.crowded.contains(recipient)
        }
        if isWaitedFor { lanes.ring() }
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

    /// What whoever delivered a message to `recipient` goes on with: not its own lane before others that wait for this
    /// place.
    func onward(after recipient: Recipient) -> Onward {
        state.withLock { state in
            guard state.isOpen, !state.isCrowded else { return .nothing }
            return state.crowded.contains(recipient) ? .recipient : .lane
        }
    }

    /// Claims by `claim` as much as there is room for, and counts it as under way.
    func claim(_ claim: (Room) async throws -> [OutboxRow]) async throws -> [OutboxRow] {
        let (room, departures) = state.withLock { state in
            let room = Room(
                total: min(limits.claimMax, limits.inFlightMax - state.total),
                perRecipient: limits.inFlightPerRecipientMax,
                underWay: state.underWay
            )
            // Who has room again is looked for now.
            state.isCrowded = false
            state.crowded.formIntersection(room.full)
            return (room, state.departures)
        }
        let rows = room.isFull ? [] : try await claim(room)
        var left = room
        for row in rows { _ = left.admit(row.content.recipient) }
        let filled = Set(left.full).subtracting(room.full)
        let hasRoomAgain = state.withLock { state in
            state.total += rows.count
            for row in rows { state.underWay[row.content.recipient, default: 0] += 1 }
            // There may be more of what filled the room.
            if left.isFull { state.isCrowded = true }
            state.crowded.formUnion(filled)
            return (left.isFull || !filled.isEmpty) && state.departures > departures
        }
        // Who left meanwhile saw nobody waiting, and rang for nobody.
        if hasRoomAgain { lanes.ring() }
        for _ in rows { activity.began(.delivery) }
        return rows
    }
}
