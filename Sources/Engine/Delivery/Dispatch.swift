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
        /// Under way for one party to a recipient that several share, as many as it has connections there (``ConnectionShares``): one
        /// with very many orders leaves room for the others'.
        package var inFlightPerShareMax = 8
        /// Lanes claimed in one commit; by so many the limits above may be passed, for changes go on meanwhile.
        package var claimMax = 64

        package init() {}
    }

    private struct State {
        var isOpen = false
        /// When it was opened, for the first seconds of a start.
        var opened: ContinuousClock.Instant?
        var total = 0
        var underWay: [Recipient: Int] = [:]
        var shares: [InFlightKey: Int] = [:]
        /// Leased, and not yet begun.
        var handed: [OutboxRow] = []
        /// Somebody found no room in all since the last look at the lanes.
        var isCrowded = false
        /// Recipients of whom more waits than may be under way: who delivers to another need not stand back for them.
        var crowded: Set<Recipient> = []
        /// The same of parties that share a recipient.
        var crowdedShares: Set<InFlightKey> = []
        /// Places given back, ever.
        var departures = 0

        mutating func take(_ key: InFlightKey) {
            total += 1
            underWay[key.recipient, default: 0] += 1
            if key.share != nil { shares[key, default: 0] += 1 }
        }

        mutating func giveBack(_ key: InFlightKey) {
            total -= 1
            departures += 1
            let left = underWay[key.recipient, default: 0] - 1
            underWay[key.recipient] = left > 0 ? left : nil
            guard key.share != nil else { return }
            let leftOfShare = shares[key, default: 0] - 1
            shares[key] = leftOfShare > 0 ? leftOfShare : nil
        }
    }

    let lease: String
    private let limits: Limits
    private let activity: Activity
    private let state = Mutex(State())
    /// Rung when rows were handed in.
    private let arrivals = Bell()
    /// Rung when lanes should be looked at.
    let lanes = Bell()
    /// Rung once every listener accepts.
    let listening = Bell()

    init(lease: String, limits: Limits, activity: Activity) {
        self.lease = lease
        self.limits = limits
        self.activity = activity
    }

    // MARK: For changes

    /// Takes a place for a message, if there is one and somebody delivers.
    func admit(_ key: InFlightKey) -> Bool {
        state.withLock { state in
            guard state.isOpen else { return false }
            guard hasRoom(for: key, in: &state) else { return false }
            state.take(key)
            return true
        }
    }

    /// Notes it where there is no room: who leaves then rings.
    private func hasRoom(for key: InFlightKey, in state: inout State) -> Bool {
        guard state.total < limits.inFlightMax else {
            state.isCrowded = true
            return false
        }
        guard state.underWay[key.recipient, default: 0] < limits.inFlightPerRecipientMax else {
            state.crowded.insert(key.recipient)
            return false
        }
        guard key.share == nil || state.shares[key, default: 0] < limits.inFlightPerShareMax else {
            state.crowdedShares.insert(key)
            return false
        }
        return true
    }

    /// Messages to these found no room, and wait in their lanes since a moment ago: meanwhile there may be room.
    func look(for keys: Set<InFlightKey>) {
        let waiting = state.withLock { state in
            keys.filter { hasRoom(for: $0, in: &state) }
        }
        if !waiting.isEmpty { lanes.ring() }
    }

    /// Gives a place back.
    func leave(_ key: InFlightKey) {
        let isWaitedFor = state.withLock { state in
            state.giveBack(key)
            return state.isCrowded || state.crowded.contains(key.recipient) || state.crowdedShares.contains(key)
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
        guard isOpen else { return rows.forEach { end($0.content.inFlightKey) } }
        arrivals.ring()
    }

    // MARK: For Delivery

    var isOpen: Bool { state.withLock { $0.isOpen } }

    func open(at now: ContinuousClock.Instant = .now) {
        state.withLock { state in
            state.isOpen = true
            state.opened = now
        }
    }

    /// How long it has been open; nil before.
    func age(at now: ContinuousClock.Instant) -> Duration? { state.withLock { $0.opened.map { now - $0 } } }

    /// Counts a row as under way that was claimed by itself.
    func begin(_ row: OutboxRow) {
        state.withLock { $0.take(row.content.inFlightKey) }
        activity.began(.delivery)
    }

    /// Takes nothing on any more.
    func close() {
        let left = state.withLock { state in
            defer { state.handed = [] }
            state.isOpen = false
            return state.handed
        }
        for row in left { end(row.content.inFlightKey) }
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
    func end(_ key: InFlightKey) {
        leave(key)
        activity.ended(.delivery)
    }

    /// What a delivery goes on with in its place: not its own lane before others that wait for this place. Where parties share a
    /// recipient that has no room left, the place may be another party's, so it is given back.
    func onward(after key: InFlightKey) -> Onward {
        state.withLock { state in
            guard state.isOpen, !state.isCrowded else { return .nothing }
            guard key.share != nil else { return state.crowded.contains(key.recipient) ? .recipient : .lane }
            guard !state.crowded.contains(key.recipient) else { return .nothing }
            return state.crowdedShares.contains(key) ? .share : .lane
        }
    }

    /// Claims by `claim` as much as there is room for, and counts it as under way.
    func claim(_ claim: (Room) async throws -> [OutboxRow]) async throws -> [OutboxRow] {
        let (room, departures) = state.withLock { state in
            let room = Room(
                total: min(limits.claimMax, limits.inFlightMax - state.total),
                perRecipient: limits.inFlightPerRecipientMax,
                perShare: limits.inFlightPerShareMax,
                underWay: state.underWay,
                shares: state.shares
            )
            // Who has room again is looked for now.
            state.isCrowded = false
            state.crowded.formIntersection(room.full)
            state.crowdedShares.formIntersection(room.fullShares)
            return (room, state.departures)
        }
        let rows = room.isFull ? [] : try await claim(room)
        var left = room
        for row in rows { _ = left.admit(row.content.inFlightKey) }
        let filled = Set(left.full).subtracting(room.full)
        let filledShares = Set(left.fullShares).subtracting(room.fullShares)
        let hasRoomAgain = state.withLock { state in
            for row in rows { state.take(row.content.inFlightKey) }
            // There may be more of what filled the room.
            if left.isFull { state.isCrowded = true }
            state.crowded.formUnion(filled)
            state.crowdedShares.formUnion(filledShares)
            let isFilled = left.isFull || !filled.isEmpty || !filledShares.isEmpty
            return isFilled && state.departures > departures
        }
        // Who left meanwhile saw nobody waiting, and rang for nobody.
        if hasRoomAgain { lanes.ring() }
        for _ in rows { activity.began(.delivery) }
        return rows
    }
}
