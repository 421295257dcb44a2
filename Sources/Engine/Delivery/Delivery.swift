import Domain
import FoundationEssentials
import Logging
import Metrics
import ServiceLifecycle
import Storage
import Synchronization

/// Carries what the outbox holds: per entity and recipient in order, one in flight, until it is answered.
///
/// A sender stays in flight until its outcome is committed, so "nothing in flight, nothing due" means settled.
package struct Delivery: Service {
    /// After a fault of ours nothing is tried again for so long.
    static let faultPause: Duration = .seconds(1)
    /// Whole sites are started together: for so long after a start, a recipient that does not listen may be starting too.
    static let startGrace: Duration = .seconds(10)

    let exchange: Exchange
    private let waitsForListeners: Bool
    let realNow: @Sendable () -> ContinuousClock.Instant
    private let couriers: @Sendable (Recipient) -> (any Courier)?
    let retryPolicy = RetryPolicy()
    /// Hears of each attempt once its outcome is durable: for those who wait for it.
    private let concluded: @Sendable (OutboxRow) -> Void
    let logger: Logger
    var dispatch: Dispatch { exchange.dispatch }
    private var activity: Activity { exchange.activity }

    /// - Parameters:
    ///   - waitsForListeners: whether nothing is delivered before ``Exchange/listenersAccept()``: a recipient may answer by
    ///     calling us.
    ///   - concluded: hears of each attempt once its outcome is durable.
    package init(
        exchange: Exchange,
        logger: Logger,
        waitsForListeners: Bool = false,
        realNow: @escaping @Sendable () -> ContinuousClock.Instant = { .now },
        concluded: @escaping @Sendable (OutboxRow) -> Void = { _ in },
        couriers: @escaping @Sendable (Recipient) -> (any Courier)?
    ) {
        self.exchange = exchange
        self.couriers = couriers
        self.concluded = concluded
        self.logger = logger
        self.waitsForListeners = waitsForListeners
        self.realNow = realNow
    }

    /// Takes back what an earlier process left, and delivers until the service shuts down; then finishes what is in flight.
    package func run() async throws {
        let held = try await exchange.recoverDeliveries()
        let isStopped = Atomic(false)
        await withGracefulShutdownHandler {
            if waitsForListeners { await dispatch.listening.wait() }
            dispatch.open(at: realNow())
            // Asked to stop before it was open.
            if isStopped.load(ordering: .sequentiallyConsistent) { dispatch.close() }
            await withDiscardingTaskGroup { group in
                if held > 0 { group.addTask { await deliverHeld() } }
                group.addTask { await lookAfterLanes() }
                while let rows = await dispatch.next() {
                    for row in rows { group.addTask { await deliverLane(from: row) } }
                }
            }
        } onGracefulShutdown: {
            isStopped.store(true, ordering: .sequentiallyConsistent)
            dispatch.close()
            dispatch.listening.ring()
        }
        // A lease that outlasts the process says that it died.
        try? await exchange.store.write { try $0.releaseLeases() }
    }

    /// One round, to its end: claims what is due and delivers it. For tests and simulations, which have no loop.
    ///
    /// - Returns: how many messages were tried.
    package func step() async -> Int {
        let rows = await claim() ?? []
        await withDiscardingTaskGroup { group in
            for row in rows { group.addTask { await deliverLane(from: row) } }
        }
        return rows.count
    }

    // MARK: -

    /// Claims what came due by the clock, what found no room, and what an earlier process left.
    private func lookAfterLanes() async {
        while !Task.isCancelled, dispatch.isOpen {
            await exchange.followClock()
            guard let rows = await claim() else {
                // The store fails: what is due stays due, and would be looked for again at once.
                await dispatch.lanes.wait(atMost: Self.faultPause)
                continue
            }
            if rows.isEmpty {
                await exchange.pause(on: dispatch.lanes)
            } else {
                dispatch.hand(rows)
                for _ in rows { activity.ended(.delivery) }
            }
        }
    }

    /// Delivers messages that may be what ends the process, one after another.
    private func deliverHeld() async {
        activity.began(.delivery)
        defer { activity.ended(.delivery) }
        while dispatch.isOpen, !Task.isCancelled {
            do {
                let now = exchange.time.now()
                let row = try await exchange.store.write { [lease = dispatch.lease] in
                    try $0.claimHeld(lease: lease, at: now)
                }
                guard let row else { return }
                dispatch.begin(row)
                await deliverLane(from: row)
            } catch {
                logger.error("claiming a held delivery failed", metadata: ["pb-error": "\(error)"])
                try? await Task.sleep(for: Self.faultPause)
            }
        }
    }

    /// Leases lanes that are due. What it answers counts as under way; nil: the store failed.
    private func claim() async -> [OutboxRow]? {
        let now = exchange.time.now()
        activity.began(.delivery)
        defer { activity.ended(.delivery) }
        do {
            // Looking costs no commit; only what is there is claimed in one.
            guard try await exchange.store.read({ try $0.dueCount(at: now).lanes }) > 0 else { return [] }
            return try await dispatch.claim { [lease = dispatch.lease] room in
                try await exchange.store.write { try $0.claimLanes(at: now, lease: lease, room: room) }
            }
        } catch {
            logger.error("claiming deliveries failed", metadata: ["pb-error": "\(error)"])
            return nil
        }
    }

    /// Delivers a row, and goes on with those behind it, or with others that wait for its place.
    private func deliverLane(from first: OutboxRow) async {
        defer { dispatch.end(first.content.inFlightKey) }
        var next: OutboxRow? = first
        while let row = next { next = await deliver(row) }
    }

    /// - Returns: the row to go on with, under the same lease and to the same recipient.
    private func deliver(_ row: OutboxRow) async -> OutboxRow? {
        do {
            return if case .telling(let telling) = row.content.message {
                try await applyInHouse(telling, of: row)
            } else {
                try await carry(row)
            }
        } catch {
            logger.error(
                "a delivery could not be concluded",
                metadata: ["pb-message": "\(row.content.messageID)", "pb-error": "\(error)"]
            )
            await postpone(row)
            return nil
        }
    }

    private func carry(_ row: OutboxRow) async throws -> OutboxRow? {
        let started = exchange.time.now()
        let clock = ContinuousClock.now
        let delivered: Delivered
        if let courier = couriers(row.content.recipient) {
            let parcel = Parcel(
                row: row,
                attempt: row.attempts + 1,
                firstAttempt: row.firstAttempt ?? started,
                now: started
            )
            delivered = await courier.carry(parcel)
        } else {
            delivered = Delivered(.refused(reason: "nobody carries messages to \(row.content.recipient.key)"))
        }
        let attempt = Attempt(
            started: started,
            milliseconds: (ContinuousClock.now - clock).milliseconds,
            status: delivered.status,
            outcome: delivered.outcome.words
        )
        return try await conclude(row, delivered, attempt)
    }

    /// The outcome, the reply it carries, the raw copy and the claim of the next row: one commit.
    private func conclude(_ row: OutboxRow, _ delivered: Delivered, _ attempt: Attempt) async throws -> OutboxRow? {
        let now = exchange.time.now()
        let (conclusion, reply) = judge(row, delivered.outcome, attempt, now)
        let cause = Cause("reply \(row.content.message.operation)", by: row.content.recipient.key)
        let next = try await exchange.change(cause) { [dispatch] change -> OutboxRow? in
            guard case .done(let next) = try dispatch.conclude(row, with: conclusion, in: change) else { return nil }
            if let reply { try change.tellOrNote(reply, of: row) }
            if let exchanged = delivered.exchanged { try change.log(exchanged, about: row.content.entity) }
            return next
        }
        count(conclusion, to: row.content.recipient)
        report(delivered, of: row)
        concluded(row)
        return next
    }

    private func applyInHouse(_ telling: Telling, of row: OutboxRow) async throws -> OutboxRow? {
        let started = exchange.time.now()
        let attempt = Attempt(started: started, milliseconds: 0, status: nil, outcome: "delivered")
        let cause = Cause("told by \(row.content.entity)", by: "house")
        return try await exchange.change(cause) { [dispatch] change -> OutboxRow? in
            let conclusion = Conclusion.delivered(attempt: attempt)
            guard case .done(let next) = try dispatch.conclude(row, with: conclusion, in: change) else { return nil }
            try change.tellOrNote(telling, of: row)
            return next
        }
    }

    /// Puts a row back after a fault of ours. The lease is held until that is written down, so nobody overtakes it.
    private func postpone(_ row: OutboxRow) async {
        // What went wrong is in the log; the attempt has the id to find it by.
        let reason = "retry: \(Delivered.internalReason(row.content.messageID))"
        repeat {
            let now = exchange.time.now()
            let attempt = Attempt(started: now, milliseconds: 0, status: nil, outcome: reason)
            let conclusion = Conclusion.retry(at: now + Self.faultPause, attempt: attempt)
            let written: Void? = try? await exchange.change(Cause("postpone", by: "house")) { [dispatch] change in
                _ = try dispatch.conclude(row, with: conclusion, in: change)
            }
            if written != nil { return }
            try? await Task.sleep(for: Self.faultPause)
        } while dispatch.isOpen
    }

    private func count(_ conclusion: Conclusion, to recipient: Recipient) {
        let outcome =
            switch conclusion {
            case .delivered: "delivered"
            case .retry: "retry"
            case .postponed: "postponed"
            case .parked: "parked"
            case .expired: "expired"
            }
        let family = recipient.key.split(separator: "/").first.map(String.init) ?? "house"
        Counter(label: "pb_deliveries_total", dimensions: [("outcome", outcome), ("recipient", family)]).increment()
    }
}

extension Dispatch {
    fileprivate func conclude(_ row: OutboxRow, with conclusion: Conclusion, in change: Change) throws -> Concluded {
        let onward = onward(after: row.content.inFlightKey)
        return try change.storage.conclude(row, lease: lease, with: conclusion, at: change.now, onward: onward)
    }
}

extension Change {
    /// Brings a reply or news home. An aggregate that refuses it stays as it was: the message was delivered all the
    /// same, so the refusal is written into the journal for a person to find, and nothing is tried again.
    mutating func tellOrNote(_ telling: Telling, of row: OutboxRow) throws {
        do {
            try attempt { try $0.tell(telling) }
        } catch let refusal as Rejection {
            try note(
                refusal,
                of: telling.target,
                cause: row.content.message.operation,
                by: row.content.recipient.key,
                conversation: row.content.conversation
            )
        }
    }
}
