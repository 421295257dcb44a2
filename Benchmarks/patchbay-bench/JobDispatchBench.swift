import Adapters
import Domain
import Engine
import Foundation
import Logging
import ServiceLifecycle
import Storage

/// Jobs that are dispatched and delivered at the same time, to eight partners, of whom one may be dead: its endpoint takes
/// every `createJob` and answers none.
struct JobDispatchBench {
    struct Run {
        /// Commits a second that found a job, choose its partner and enqueue its `createJob`.
        let dispatchedPerSecond: Double
        /// `createJob`s a second that the seven have acknowledged, from the first to the last.
        let deliveredPerSecond: Double
    }

    static let partners = 8
    private static let writers = 32

    let jobs: Int

    func run(hasDeadPartner: Bool) async throws -> Run {
        let file = BenchFile()
        defer { file.remove() }
        let store = try SQLiteStore(.file(path: file.path))
        let directory = Directory()
        let exchange = Exchange(
            store: store,
            time: .real,
            ids: .system,
            directory: directory,
            spell: try JobSample.speller()
        )
        // The first partner is the one that may be dead, and is not counted.
        let counted = jobs / Self.partners * (Self.partners - 1)
        let sink = try await NotificationSink.listening(for: counted, acknowledging: .installation)
        let other = try await NotificationSink.listening(for: jobs, acknowledging: .installation)
        for number in 0..<Self.partners {
            let url = number > 0 ? sink.url("counted") : other.url(hasDeadPartner ? "silent" : "uncounted")
            let access = MutualTLSTerms(certificateFingerprints: ["bench-\(number)"], sources: ["127.0.0.1"])
            try await exchange.register(.partner(id: Self.partner(number), terms: JobSample.terms(access, url)))
        }
        var logger = Logger(label: "bench")
        logger.logLevel = .critical
        let call = try OutboundCall(
            policy: AddressPolicy(.loopbackOnly),
            limits: .init(deadline: .seconds(2)),
            logger: logger
        )
        let courier = PartnerCourier(directory: directory, call: call)
        let delivery = Delivery(exchange: exchange, logger: logger) { recipient in
            recipient.partner == nil ? nil : courier
        }
        let services = ServiceGroup(services: [delivery], logger: logger)
        async let running: Void = services.run()
        let start = ContinuousClock.now
        try await dispatch(by: exchange)
        let dispatched = ContinuousClock.now
        await sink.reached()
        let delivered = ContinuousClock.now
        await services.triggerGracefulShutdown()
        try await running
        await call.shutdown()
        try await sink.close()
        try await other.close()
        try await store.close()
        return Run(
            dispatchedPerSecond: Double(jobs) / (dispatched - start).inSeconds,
            deliveredPerSecond: Double(counted) / (delivered - start).inSeconds
        )
    }

    private static func partner(_ number: Int) -> PartnerID { PartnerID("bench-installers-\(number)") }

    /// One job after another to each partner in turn.
    private func dispatch(by exchange: Exchange) async throws {
        let next = Counter()
        let jobs = Int64(jobs)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<Self.writers {
                group.addTask {
                    while true {
                        let number = next.next()
                        guard number <= jobs else { return }
                        let partner = Self.partner(Int((number - 1) % Int64(Self.partners)))
                        let pack = try JobSample.pack(number, to: partner, at: exchange.time.now())
                        try await exchange.tell(
                            .installationJob(id: ID(number * 100 + 1), input: .dispatched(pack: pack)),
                            Cause("dispatch", by: "bench")
                        )
                    }
                }
            }
            try await group.waitForAll()
        }
    }
}

/// Everything that one dispatched and acknowledged job has written, read back: the raw store writes the same under other
/// numbers, in two commits as the product does.
struct DispatchSample: Sendable {
    let sent: InstallationJob
    let accepted: InstallationJob
    let parcel: OutboxRow
    let message: LoggedMessage

    static func taken() async throws -> DispatchSample {
        let file = BenchFile()
        defer { file.remove() }
        let store = try SQLiteStore(.file(path: file.path))
        let directory = Directory()
        let exchange = Exchange(
            store: store,
            time: .real,
            ids: .system,
            directory: directory,
            spell: try JobSample.speller()
        )
        let sink = try await NotificationSink.listening(for: 1, acknowledging: .installation)
        let access = MutualTLSTerms(certificateFingerprints: ["bench"], sources: ["127.0.0.1"])
        let terms = JobSample.terms(access, sink.url("counted"))
        try await exchange.register(.partner(id: JobSample.partner, terms: terms))
        let pack = try JobSample.pack(1, at: exchange.time.now())
        let id = ID<InstallationJob>(101)
        try await exchange.tell(
            .installationJob(id: id, input: .dispatched(pack: pack)),
            Cause("dispatch", by: "bench")
        )
        let sent = try await store.read { try $0.find(id) }
        let logger = Logger(label: "bench")
        let call = try OutboundCall(policy: AddressPolicy(.loopbackOnly), logger: logger)
        let courier = PartnerCourier(directory: directory, call: call)
        let delivery = Delivery(exchange: exchange, logger: logger) { $0.partner == nil ? nil : courier }
        _ = await delivery.step()
        let rows = try await store.read { transaction in
            (
                try transaction.find(id),
                try transaction.parcels(of: EntityRef(kind: .installationJob, number: 101), limit: 1),
                try transaction.messages(after: 0, limit: 1)
            )
        }
        await call.shutdown()
        try await sink.close()
        try await store.close()
        guard let sent, let accepted = rows.0, let parcel = rows.1.first, let message = rows.2.first else {
            throw LoadGenerator.Failure(text: "the sample job left no rows")
        }
        return DispatchSample(sent: sent, accepted: accepted, parcel: parcel, message: message)
    }

    /// What the dispatch commits, and in a second commit what the acknowledgement does.
    func write(_ number: Int64, to store: any Store) async throws {
        let (job, accepted) = (try renumbered(sent, number), try renumbered(self.accepted, number))
        let row = try await store.write { transaction -> OutboxRow? in
            try transaction.save(job)
            // It is founded, and placed.
            for _ in 0..<2 { try journal(job, in: transaction) }
            try transaction.arm(job.timer(.noWord), at: job.pack.visit.slot.start)
            var content = parcel.content
            content.root = job.ref
            content.entity = job.ref
            content.messageID = MessageID(OrderSample.requestID(Int(number)))
            content.conversation = job.conversation
            return try transaction.enqueue(content, lease: "raw")
        }
        guard let row else { throw LoadGenerator.Failure(text: "a lane was not idle") }
        try await store.write { transaction in
            let attempt = Attempt(started: message.at, milliseconds: 1, status: 200, outcome: "delivered")
            let end = Conclusion.delivered(attempt: attempt)
            _ = try transaction.conclude(row, lease: "raw", with: end, at: message.at, onward: .lane)
            try transaction.save(accepted)
            try journal(accepted, in: transaction)
            var telling = parcel.content
            telling.recipient = .house
            telling.root = EntityRef(kind: .supplyOrder, number: number)
            telling.entity = accepted.ref
            telling.messageID = MessageID(OrderSample.requestID(Int(number) + 1_000_000_000))
            telling.message = .telling(
                .supplyOrder(id: ID(number), input: .jobEvent(job: accepted.id, event: .accepted, at: message.at))
            )
            telling.body = []
            _ = try transaction.enqueue(telling, lease: nil)
            var message = message
            message.entity = accepted.ref
            message.conversation = accepted.conversation.rawValue
            message.messageID = String(row.number)
            try transaction.log(message)
        }
    }

    private func journal(_ job: InstallationJob, in transaction: any Transaction) throws {
        try transaction.journal(
            JournalEntry(
                at: message.at,
                entity: job.ref,
                cause: "dispatch",
                by: "bench",
                before: nil,
                after: job.stateName,
                conversation: job.conversation
            )
        )
    }

    private func renumbered(_ job: InstallationJob, _ number: Int64) throws -> InstallationJob {
        let pack = try JobSample.pack(number, at: job.created)
        var copy = InstallationJob(id: ID(number * 100 + 1), pack: pack, at: job.created)
        _ = try copy.hear(.placed(partner: pack.partner), at: job.created)
        if job.stateName == "accepted" {
            _ = try copy.hear(.partnerAnswered(providerJobId: job.providerJobId, placing: 1), at: job.created)
        }
        return copy
    }
}
