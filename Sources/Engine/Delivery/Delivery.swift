import Domain
import FoundationEssentials
import Logging
import Metrics
import ServiceLifecycle
import Storage

/// Carries what the outbox holds: per entity and recipient in order, one in flight, until it is answered.
///
/// A sender stays in flight until its outcome is committed, so "nothing in flight, nothing due" means settled.
package struct Delivery: Service {
    package struct Limits: Sendable {
        /// Messages under way in all. Each holds a connection and about 27 KB; a thousand is what one client carries well.
        package var inFlightMax = 1_000
        /// Under way to one recipient, so that one that hangs leaves room for all others.
        package var inFlightPerRecipientMax = 64
        /// Lanes claimed in one commit.
        package var claimMax = 128

        package init() {}
    }

    private let exchange: Exchange
    private let couriers: @Sendable (Recipient) -> (any Courier)?
    private let activity: Activity
    private let bell: Bell
    private let limits: Limits
    private let retryPolicy = RetryPolicy()
    private let lease: String
    private let load = DeliveryLoad()
    private let logger: Logger

    package init(
        exchange: Exchange,
        activity: Activity,
        bell: Bell,
        limits: Limits = Limits(),
        logger: Logger,
        couriers: @escaping @Sendable (Recipient) -> (any Courier)?
    ) {
        self.exchange = exchange
        self.couriers = couriers
        self.activity = activity
        self.bell = bell
        self.limits = limits
        self.logger = logger
        lease = exchange.ids.messageID(at: exchange.time.now()).rawValue
    }

    /// Delivers until the service shuts down; then finishes what is in flight.
    package func run() async throws {
        try await exchange.store.write { try $0.releaseLeases() }
        await withGracefulShutdownHandler {
            await withDiscardingTaskGroup { group in
                while !Task.isCancelled, !Task.isShuttingDownGracefully {
                    let rows = await claim()
                    for row in rows {
                        group.addTask { await deliver(row) }
                    }
                    if rows.isEmpty { await exchange.pause(on: bell) }
                }
            }
        } onGracefulShutdown: {
            bell.ring()
        }
    }

    /// One round, to its end: claims what is due and delivers it. For tests and simulations, which have no loop.
    ///
    /// - Returns: how many messages were tried.
    package func step() async -> Int {
        let rows = await claim()
        await withDiscardingTaskGroup { group in
            for row in rows { group.addTask { await deliver(row) } }
        }
        return rows.count
    }

    // MARK: -

    private func claim() async -> [OutboxRow] {
        let room = min(limits.claimMax, limits.inFlightMax - load.total)
        guard room > 0 else { return [] }
        let full = load.recipients(atLeast: limits.inFlightPerRecipientMax)
        let now = exchange.time.now()
        activity.began(.delivery)
        defer { activity.ended(.delivery) }
        do {
            // Looking costs no commit; only what is there is claimed in one.
            guard try await exchange.store.read({ try $0.dueCount(at: now).lanes }) > 0 else { return [] }
            let rows = try await exchange.store.write { [lease] in
                try $0.claimLanes(at: now, limit: room, lease: lease, skipping: full)
            }
            for row in rows {
                activity.began(.delivery)
                load.began(row.content.recipient)
            }
            return rows
        } catch {
            logger.error("claiming deliveries failed", metadata: ["pb-error": "\(error)"])
            return []
        }
    }

    private func deliver(_ row: OutboxRow) async {
        defer {
            load.ended(row.content.recipient)
            activity.ended(.delivery)
            bell.ring()
        }
        do {
            if case .telling(let telling) = row.content.message {
                try await applyInHouse(telling, of: row)
            } else {
                try await carry(row)
            }
        } catch {
            // The lease is still held, so nothing is lost: it is freed below, and the row is tried again.
            logger.error(
                "a delivery could not be concluded",
                metadata: ["pb-message": "\(row.content.messageID)", "pb-error": "\(error)"]
            )
            await postpone(row, because: "\(error)")
        }
    }

    private func carry(_ row: OutboxRow) async throws {
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
        try await conclude(row, delivered, attempt)
    }

    /// The outcome, the reply it carries and the raw copy: one commit.
    private func conclude(_ row: OutboxRow, _ delivered: Delivered, _ attempt: Attempt) async throws {
        let now = exchange.time.now()
        let (conclusion, reply) = judge(row, delivered.outcome, attempt, now)
        let lease = lease
        try await exchange.change(Cause("reply \(row.content.message.operation)", by: row.content.recipient.key)) {
            change in
            guard try change.storage.conclude(row, lease: lease, with: conclusion, at: now) else { return }
            if let reply { try change.tellOrNote(reply, of: row) }
            if let exchanged = delivered.exchanged { try change.log(exchanged, about: row.content.entity) }
        }
        count(conclusion, to: row.content.recipient)
    }

    private func judge(
        _ row: OutboxRow,
        _ outcome: Outcome,
        _ attempt: Attempt,
        _ now: Date
    ) -> (Conclusion, reply: Telling?) {
        let message = row.content.message
        let entity = row.content.entity
        switch outcome {
        case .delivered(let reply):
            return (.delivered(attempt: attempt), reply)
        case .refused(let reason, let reply):
            return (.parked(attempt: attempt), reply ?? message.givenUp(from: entity, because: reason))
        case .retry(let reason, let wanted):
            let next = retryPolicy.next(
                after: row.attempts + 1,
                firstAttempt: row.firstAttempt ?? now,
                now: now,
                fraction: exchange.ids.fraction(),
                wanted: wanted
            )
            guard let next else {
                return (.expired(attempt: attempt), message.givenUp(from: entity, because: reason))
            }
            return (.retry(at: next, attempt: attempt), nil)
        }
    }

    private func applyInHouse(_ telling: Telling, of row: OutboxRow) async throws {
        let now = exchange.time.now()
        let lease = lease
        let attempt = Attempt(started: now, milliseconds: 0, status: nil, outcome: "delivered")
        try await exchange.change(Cause("told by \(row.content.entity)", by: "house")) { change in
            let conclusion = Conclusion.delivered(attempt: attempt)
            guard try change.storage.conclude(row, lease: lease, with: conclusion, at: now) else { return }
            try change.tellOrNote(telling, of: row)
        }
    }

    /// Puts a row back after a fault of ours, so that its lane isn't held until the next start.
    private func postpone(_ row: OutboxRow, because reason: String) async {
        let now = exchange.time.now()
        let attempt = Attempt(started: now, milliseconds: 0, status: nil, outcome: "ours: \(reason)")
        let lease = lease
        _ = try? await exchange.store.write {
            try $0.conclude(row, lease: lease, with: .retry(at: now + .seconds(1), attempt: attempt), at: now)
        }
    }

    private func count(_ conclusion: Conclusion, to recipient: Recipient) {
        let outcome =
            switch conclusion {
            case .delivered: "delivered"
            case .retry: "retry"
            case .parked: "parked"
            case .expired: "expired"
            }
        let family = recipient.key.split(separator: "/").first.map(String.init) ?? "house"
        Counter(label: "pb_deliveries_total", dimensions: [("outcome", outcome), ("recipient", family)]).increment()
    }
}

extension Outcome {
    /// For the record of the attempt.
    var words: String {
        switch self {
        case .delivered: "delivered"
        case .retry(let reason, _): "retry: \(reason)"
        case .refused(let reason, _): "refused: \(reason)"
        }
    }
}

extension Change {
    /// Brings a reply or news home. An aggregate that refuses it stays as it was: the message was delivered all the
    /// same, so the refusal is written into the journal for a person to find, and nothing is tried again.
    mutating func tellOrNote(_ telling: Telling, of row: OutboxRow) throws {
        do {
            try tell(telling)
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
