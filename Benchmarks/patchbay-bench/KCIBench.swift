import Adapters
import Domain
import Engine
import Foundation
import Logging
import ServiceLifecycle
import Storage
import Synchronization

/// KCIs that arise and are delivered at the same time, to eight tenants, of whom one's endpoint may hang: it takes every
/// KCI and answers none. Each end has a host and port of its own, for connections are counted by those.
struct KCIBench {
    struct Run {
        /// Supplier's updates a second, each a commit that causes a KCI.
        let arisingPerSecond: Double
        /// From the change that caused it to the commit of its acknowledgement, of the seven.
        let delivered: Figures
    }

    static let tenants = 8
    private static let ordersEach: Int64 = 400
    private static let writers = 32

    let updates: Int
    /// Updates a second that suppliers send; `nil`: as fast as they are taken.
    var pace: Double?

    func run(_ sample: AcceptSample, hasHangingTenant: Bool = false) async throws -> Run {
        try await run(sample, hasHangingTenant: hasHangingTenant) { _ in }.0
    }

    /// - Parameter look: looks at the store once all is delivered.
    func run<Value>(
        _ sample: AcceptSample,
        look: (any Store) async throws -> Value
    ) async throws -> Value {
        try await run(sample, hasHangingTenant: false, look: look).1
    }

    private func run<Value>(
        _ sample: AcceptSample,
        hasHangingTenant: Bool,
        look: (any Store) async throws -> Value
    ) async throws -> (Run, Value) {
        let file = BenchFile()
        defer { file.remove() }
        let store = try SQLiteStore(.file(path: file.path))
        let directory = Directory()
        let exchange = Exchange(store: store, time: .real, ids: .system, directory: directory, spell: Self.speller)
        // The first tenant is the one that may hang, and is not counted.
        let counted = updates / Self.tenants * (Self.tenants - 1)
        let sink = try await NotificationSink.listening(for: counted, acknowledging: .kci)
        let other = try await NotificationSink.listening(for: updates, acknowledging: .kci)
        for number in 0..<Self.tenants {
            let url = number > 0 ? sink.url("counted") : other.url(hasHangingTenant ? "silent" : "uncounted")
            try await exchange.register(.tenant(id: Self.tenant(number), terms: Self.terms(url)))
        }
        try await found(sample.request, in: exchange)
        var logger = Logger(label: "bench")
        logger.logLevel = .critical
        let call = try OutboundCall(policy: AddressPolicy(.loopbackOnly), logger: logger)
        let courier = TenantCourier(
            directory: directory,
            line: TenantLine(
                secrets: nil,
                time: .real,
                plain: { await call.send($0) },
                withCertificate: { await call.send($0) }
            ),
            breaker: CircuitBreaker(time: .real),
            houseKey: Array(repeating: 7, count: 32),
            missed: { try await exchange.missed(before: $0) }
        )
        let ends = Ends(wanted: counted)
        let hanging = Recipient.tenant(id: Self.tenant(0))
        let delivery = Delivery(
            exchange: exchange,
            logger: logger,
            concluded: { row in if row.content.recipient != hanging { ends.note(row) } },
            couriers: { recipient in if case .tenant = recipient { courier } else { nil } }
        )
        let services = ServiceGroup(services: [delivery], logger: logger)
        async let running: Void = services.run()
        let start = ContinuousClock.now
        try await cause(in: exchange)
        let caused = ContinuousClock.now
        let latencies = await ends.reached()
        let delivered = ContinuousClock.now
        await services.triggerGracefulShutdown()
        await call.shutdown()
        try await running
        try await sink.close()
        try await other.close()
        let value = try await look(store)
        try await store.close()
        let run = Run(
            arisingPerSecond: Double(updates) / (caused - start).inSeconds,
            delivered: Figures(latencies: latencies, elapsed: delivered - start)
        )
        return (run, value)
    }

    static let speller: Speller = { message, recipient, sender, context in
        guard case .kci(let kci) = message else {
            return try NativeSpelling.spell(message, recipient, sender, context)
        }
        return try KCISpelling.spell(kci, of: sender, context)
    }

    private static func tenant(_ number: Int) -> TenantID { TenantID("BENCH\(number)") }

    private static func terms(_ url: String) -> TenantTerms {
        TenantTerms(clients: [], updates: Endpoint(url: url), suppliers: ["DUMMY_SUPPLIER"], buyerIdentifier: "BENCH")
    }

    /// Each tenant's orders, on which their supplier works; the first numbers are the first tenant's.
    private func found(_ request: OrderRequest, in exchange: Exchange) async throws {
        for number in 0..<Self.tenants {
            try await exchange.change(Cause("bench", by: "bench")) { change in
                for order in 0..<Self.ordersEach {
                    let id = ID<ServiceOrder>(Int64(number) * Self.ordersEach + order + 1)
                    var (placed, _) = try ServiceOrder.place(
                        id,
                        request,
                        visit: nil,
                        for: Self.tenant(number),
                        in: ConversationID("bench-\(id)"),
                        at: change.now
                    )
                    _ = try placed.hear(Self.acknowledgement(of: id.number), at: change.now)
                    try change.found(placed, [])
                }
            }
        }
    }

    /// One update after another for each tenant in turn, each of the next of its orders.
    private func cause(in exchange: Exchange) async throws {
        let next = Counter()
        let updates = Int64(updates)
        let start = ContinuousClock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<Self.writers {
                group.addTask {
                    while true {
                        let number = next.next() - 1
                        guard number < updates else { return }
                        if let pace {
                            try await Task.sleep(until: start + .seconds(Double(number) / pace), clock: .continuous)
                        }
                        let (tenant, round) = (number % Int64(Self.tenants), number / Int64(Self.tenants))
                        let order = tenant * Self.ordersEach + round % Self.ordersEach + 1
                        let update = Self.update(number, sequence: round / Self.ordersEach + 1, at: exchange.time.now())
                        try await exchange.tell(
                            .serviceOrder(id: ID(order), input: update),
                            Cause("UPDATE", by: "supplier/DUMMY_SUPPLIER")
                        )
                    }
                }
            }
            try await group.waitForAll()
        }
    }
}

extension KCIBench {
    /// What the supplier says of one order: that it has it, and the first update.
    static func story(of number: Int64, at now: Date) -> [ServiceOrder.Input] {
        [acknowledgement(of: number), update(number, sequence: 1, at: now)]
    }

    private static func acknowledgement(of number: Int64) -> ServiceOrder.Input {
        .supplierAcknowledged(reference: "S-\(number)", committedDate: nil, targetDate: nil, status: .acknowledged)
    }

    private static func update(_ number: Int64, sequence: Int64, at now: Date) -> ServiceOrder.Input {
        .supplierUpdated(
            SupplierNews(
                message: MessageID(OrderSample.requestID(Int(number))),
                sequence: sequence,
                reason: .update,
                issuedOn: now,
                receivedOn: now,
                text: "The duct is being cleared."
            )
        )
    }
}

/// When each delivery ended, and who waits for the last.
private final class Ends: Sendable {
    private let wanted: Int
    private let latencies = Mutex<[Double]>([])
    private let signal: AsyncStream<Void>
    private let done: AsyncStream<Void>.Continuation

    init(wanted: Int) {
        self.wanted = wanted
        (signal, done) = AsyncStream.makeStream()
    }

    func note(_ row: OutboxRow) {
        let milliseconds = Date().timeIntervalSince(row.content.created) * 1_000
        let isLast = latencies.withLock { latencies in
            latencies.append(milliseconds)
            return latencies.count == wanted
        }
        if isLast { done.finish() }
    }

    func reached() async -> [Double] {
        for await _ in signal {}
        return latencies.withLock { $0 }
    }
}
