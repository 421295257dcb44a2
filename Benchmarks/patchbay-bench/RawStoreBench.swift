import Adapters
import Domain
import Engine
import Foundation
import Storage
import Synchronization

/// The store alone, writing the rows of an accept: what no HTTP, JSON or rule could ever be faster than.
struct RawStoreBench {
    let flushDelay: Int

    func run(clients: Int, seconds: Double) async throws -> Figures {
        let sample = try await AcceptSample.taken()
        return try await run(clients: clients, seconds: seconds) { try sample.write($0, in: $1) }
    }

    /// - Parameter write: writes the rows of one accept under a number.
    func run(
        clients: Int,
        seconds: Double,
        _ write: @escaping @Sendable (Int64, any Transaction) throws -> Void
    ) async throws -> Figures {
        try await run(
            clients: clients,
            seconds: seconds,
            each: { number, store in
                try await store.write { try write(number, $0) }
            }
        )
    }

    /// - Parameter each: writes the rows of one piece of work under a number, in as many commits as it takes.
    func run(
        clients: Int,
        seconds: Double,
        each: @escaping @Sendable (Int64, any Store) async throws -> Void
    ) async throws -> Figures {
        let file = BenchFile()
        defer { file.remove() }
        let store = try SQLiteStore(.file(path: file.path), options: AcceptBench.options(flushDelay))
        let next = Counter()
        let start = ContinuousClock.now
        let latencies = try await withThrowingTaskGroup(of: [Double].self) { group in
            for _ in 0..<clients {
                group.addTask {
                    var latencies: [Double] = []
                    while ContinuousClock.now - start < .seconds(seconds) {
                        let number = next.next()
                        let sent = ContinuousClock.now
                        try await each(number, store)
                        latencies.append((ContinuousClock.now - sent).inSeconds * 1_000)
                    }
                    return latencies
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        let figures = Figures(latencies: latencies, elapsed: ContinuousClock.now - start)
        try await store.close()
        return figures
    }
}

final class Counter: Sendable {
    private let value = Mutex<Int64>(0)

    func next() -> Int64 {
        value.withLock { value in
            value += 1
            return value
        }
    }
}

/// Everything that one accept over HTTP has written, read back: the raw store writes the same under other numbers.
struct AcceptSample: Sendable {
    let request: OrderRequest
    let message: LoggedMessage
    let parcel: OutboxRow
    let now: Date

    static func taken() async throws -> AcceptSample {
        try await AcceptBench(flushDelay: 0).serving { port, token, store in
            let pattern = OrderSample.pattern(token: token, port: port)
            _ = try LoadGenerator(port: port, clients: 1) { OrderSample.bytes($0, of: pattern) }
                .run(for: .zero)
            return try await store.read { transaction in
                guard let message = try transaction.messages(after: 0, limit: 1).first, let entity = message.entity,
                    let order = try transaction.find(ID<ServiceOrder>(entity.number)),
                    let parcel = try transaction.parcels(of: entity, limit: 1).first
                else { throw LoadGenerator.Failure(text: "the sample order left no rows") }
                return AcceptSample(request: order.request, message: message, parcel: parcel, now: message.at)
            }
        }
    }

    func write(_ number: Int64, in transaction: any Transaction) throws {
        let id = OrderSample.requestID(Int(number))
        let conversation = ConversationID("bench-\(number)")
        let key = IdempotencyKey(
            scope: "tenant/TENANT1 POST /v1/service-orders",
            key: id,
            bodyHash: String(repeating: "a", count: 64)
        )
        guard try transaction.answer(to: key, at: now) == nil else { return }
        let (order, _) = try ServiceOrder.place(
            ID(number),
            request,
            visit: nil,
            for: "TENANT1",
            in: conversation,
            at: now
        )
        try transaction.save(order)
        try transaction.journal(
            JournalEntry(
                at: now,
                entity: order.ref,
                cause: "PlaceOrder",
                by: "tenant/TENANT1",
                before: nil,
                after: order.stateName,
                conversation: conversation
            )
        )
        _ = try transaction.enqueue(
            NewOutboxRow(
                recipient: parcel.content.recipient,
                root: order.ref,
                entity: order.ref,
                messageID: MessageID(id),
                message: parcel.content.message,
                contentType: parcel.content.contentType,
                body: parcel.content.body,
                conversation: conversation,
                created: now
            ),
            lease: nil
        )
        var message = message
        message.entity = order.ref
        message.conversation = conversation.rawValue
        message.requestID = id
        try transaction.log(message)
        let answer = StoredAnswer(
            status: 201,
            contentType: "application/json",
            headers: ["Location": "/v1/service-orders/\(number)"],
            body: message.responseBody,
            bodyHash: key.bodyHash
        )
        try transaction.remember(answer, for: key, until: now + Exchange.answerLifetime)
    }
}
