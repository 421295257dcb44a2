import Domain
import Engine
import Foundation
import HTTPTypes
import Logging
import Storage
import Synchronization
import Testing

@testable import Adapters

/// The feed of a tenant's updates, what became of each, and sending them once more (G-081, decisions 11 and 15).
@Suite struct TenantFeedTests {
    @Test func `updates are read in the order in which they were written, and read on from a cursor`() async throws {
        try await TenantBench.run { bench in
            let order = try await bench.committedOrder()

            let first = try await bench.get("/v1/kcis?limit=2")
            let second = try await bench.get("/v1/kcis?limit=2&after=\(first.cursor)")
            let end = try await bench.get("/v1/kcis?limit=2&after=\(second.cursor)")
            try await bench.complete(order)
            let news = try await bench.get("/v1/kcis?after=\(end.cursor)")

            #expect(first.status == 200)
            #expect(first.numbers == [1, 2] && second.numbers == [3] && end.numbers == [] && news.numbers == [4])
            #expect(first.json["more"] as? Bool == true)
            #expect(second.json["more"] as? Bool == false)
            #expect(end.cursor == second.cursor, "nothing new, so the reader stays where it is")
        }
    }

    @Test func `an update reads as it is delivered, also when it never was`() async throws {
        try await TenantBench.run { bench in
            let order = try await bench.committedOrder()
            let line = PlayedLine(statuses: [])
            let waiting = try await bench.get("/v1/kcis?limit=1")
            try await bench.deliver(line)

            let delivered = try await bench.get("/v1/kcis?limit=1")

            let kci = try #require(delivered.kcis.first)
            #expect(kci["entityType"] as? String == "PROVIDE_ORDER")
            #expect((kci["entity"] as? [String: Any])?["id"] as? Int == order)
            #expect(kci["deliveredOn"] as? String == "2026-03-02T09:00:00Z")
            #expect(waiting.kcis.first?["deliveredOn"] == nil)
            #expect(line.bodies.first?["id"] as? String == kci["id"] as? String)
            #expect(delivered.deliveries.first?["state"] as? String == "delivered")
            #expect(waiting.deliveries.first?["state"] as? String == "queued")
        }
    }

    @Test func `a rival reads none of them, and knows no id of them`() async throws {
        try await TenantBench.run { bench in
            _ = try await bench.committedOrder()
            let id = try #require(try await bench.get("/v1/kcis").kcis.first?["id"] as? String)

            let feed = try await bench.get("/v1/kcis", as: "RIVAL")
            let foreign = try await bench.get("/v1/kcis/\(id)/deliveries", as: "RIVAL")
            let absent = try await bench.get("/v1/kcis/none/deliveries", as: "RIVAL")
            let again = try await bench.post("/v1/kcis/\(id)/redeliver", "", as: "RIVAL")

            #expect(feed.kcis.isEmpty)
            for answer in [foreign, absent, again] { #expect(answer.status == 404) }
            #expect(foreign.json["messages"] as? [String] == absent.json["messages"] as? [String])
        }
    }

    @Test(arguments: [
        ("after=x", ["/after"]), ("limit=0", ["/limit"]), ("limit=201", ["/limit"]), ("limit=ten", ["/limit"]),
        ("entityId=1", ["/entityType"]), ("entityType=HOUSE", ["/entityType"]),
        (
            "state=lost&entityId=-1",
            ["/entityId", "/entityType", "/state"]
        ),
    ])
    func `what cannot be asked for is named`(query: String, pointers: [String]) async throws {
        try await TenantBench.run { bench in
            let answer = try await bench.get("/v1/kcis?\(query)")

            #expect(answer.status == 422)
            #expect(answer.pointers == pointers)
        }
    }

    @Test func `a feed is narrowed to an entity, a kind and a state`() async throws {
        try await TenantBench.run { bench in
            let (one, other) = (try await bench.committedOrder(), try await bench.committedOrder())
            try await bench.deliver(PlayedLine(statuses: [400]), entity: one)

            let ofOne = try await bench.get("/v1/kcis?entityType=PROVIDE_ORDER&entityId=\(other)")
            let tests = try await bench.get("/v1/kcis?entityType=SERVICE_TEST")
            let ceases = try await bench.get("/v1/kcis?entityType=CEASE_ORDER&entityId=\(other)")
            let parked = try await bench.get("/v1/kcis?state=parked")

            #expect(ofOne.numbers == [1, 2, 3])
            #expect(Set(ofOne.kcis.map { ($0["entity"] as? [String: Any])?["id"] as? Int }) == [other])
            #expect(tests.kcis.isEmpty)
            #expect(ceases.kcis.isEmpty, "it is an order, and of another type")
            #expect(parked.numbers == [1])
            #expect((parked.kcis.first?["entity"] as? [String: Any])?["id"] as? Int == one)
        }
    }

    @Test func `every attempt at an update is told`() async throws {
        try await TenantBench.run { bench in
            _ = try await bench.committedOrder()
            try await bench.deliver(PlayedLine(statuses: [503, 400]))
            bench.clock.move(to: TenantBench.start + 5)
            try await bench.deliver(PlayedLine(statuses: [400]))
            let id = try #require(try await bench.get("/v1/kcis?limit=1").kcis.first?["id"] as? String)

            let answer = try await bench.get("/v1/kcis/\(id)/deliveries")

            let attempts = try #require(answer.json["deliveries"] as? [[String: Any]])
            #expect(attempts.map { $0["status"] as? Int } == [503, 400])
            #expect(
                attempts.map { $0["outcome"] as? String } == [
                    "retry: answered 503 without a reason", "refused: answered 400 without a reason",
                ]
            )
            #expect(answer.json["state"] as? String == "parked")
            #expect(answer.json["sequenceNumber"] as? Int == 1)
        }
    }

    @Test func `after a parked update the next ones say which number is missing, until it was sent once more`()
        async throws
    {
        try await TenantBench.run { bench in
            let order = try await bench.committedOrder()
            let line = PlayedLine(statuses: [400])
            try await bench.deliver(line)
            let id = try #require(try await bench.get("/v1/kcis?state=parked").kcis.first?["id"] as? String)
            let queued = try await bench.post("/v1/kcis/\(id)/redeliver", "")
            try await bench.deliver(line)
            try await bench.complete(order)
            try await bench.deliver(line)

            #expect(queued.status == 202)
            #expect(queued.json["state"] as? String == "queued")
            #expect(line.numbers == [1, 2, 3, 1, 4])
            #expect(line.bodies.map { $0["missedSequenceNumbers"] as? [Int] } == [nil, [1], [1], nil, nil])
            #expect(line.bodies.map { $0["redelivered"] as? Bool } == [nil, nil, nil, true, nil])
            #expect(Set([line.bodies[0], line.bodies[3]].map { $0["id"] as? String }).count == 1)
            #expect(Set([line.bodies[0], line.bodies[3]].map { $0["deliveredOn"] as? String }).count == 1)
            #expect(line.attempts == [1, 1, 1, 2, 1])
        }
    }

    @Test func `an update that is still to be delivered is not sent once more`() async throws {
        try await TenantBench.run { bench in
            _ = try await bench.committedOrder()
            let id = try #require(try await bench.get("/v1/kcis").kcis.first?["id"] as? String)

            #expect(try await bench.post("/v1/kcis/\(id)/redeliver", "").status == 422)
        }
    }

    @Test func `a filter sends what it finds once more, in order, and the same request does it once`() async throws {
        try await TenantBench.run { bench in
            let (one, other) = (try await bench.committedOrder(), try await bench.committedOrder())
            let line = PlayedLine(statuses: [400, 400, 400, 400, 400, 400])
            try await bench.deliver(line)
            let body = #"{"entityType":"PROVIDE_ORDER","entityId":\#(one)}"#

            let first = try await bench.send(.post, "/v1/kcis/redeliver", body, request: "r-1")
            let again = try await bench.send(.post, "/v1/kcis/redeliver", body, request: "r-1")
            try await bench.deliver(line)

            #expect(first.status == 202)
            #expect(first.json["redelivered"] as? Int == 3)
            #expect(first.json["more"] as? Bool == false)
            #expect(again.body == first.body)
            #expect(Array(line.numbers.dropFirst(6)) == [1, 2, 3])
            #expect(Set(line.entities.dropFirst(6)) == [one])
            #expect(try await bench.get("/v1/kcis?state=parked").numbers == [1, 2, 3], "the other's")
            #expect(other != one)
        }
    }

    @Test func `delivered updates of a time are sent once more when they are asked for by that name`() async throws {
        try await TenantBench.run { bench in
            _ = try await bench.committedOrder()
            let line = PlayedLine(statuses: [])
            try await bench.deliver(line)

            let nothing = try await bench.post("/v1/kcis/redeliver", "{}")
            let before = try await bench.post(
                "/v1/kcis/redeliver",
                #"{"state":"delivered","to":"2026-03-02T09:00:00Z"}"#
            )
            let all = try await bench.post(
                "/v1/kcis/redeliver",
                #"{"state":"delivered","from":"2026-03-02T09:00:00Z","to":"2026-03-02T09:00:01Z"}"#
            )

            #expect([nothing, before, all].map { $0.json["redelivered"] as? Int } == [0, 0, 3])
        }
    }

    @Test func `what is wrong with a filter is named, and nothing is sent`() async throws {
        try await TenantBench.run { bench in
            let answer = try await bench.post(
                "/v1/kcis/redeliver",
                #"{"entityId":1,"state":"queued","from":"2026-03-02T09:00:00Z","to":"2026-03-02T09:00:00Z"}"#
            )

            #expect(answer.status == 422)
            #expect(answer.pointers == ["/entityType", "/state", "/to"])
        }
    }

    @Test func `a client that may only read may not have anything sent`() async throws {
        try await TenantBench.run { bench in
            let redelivered = try await bench.post("/v1/kcis/redeliver", "{}", as: "reader")
            let read = try await bench.get("/v1/kcis", as: "reader")

            #expect(redelivered.status == 403)
            #expect(read.status == 200)
        }
    }

    @Test func `a cursor says nothing, and a made-up one is refused`() {
        let cursor = FeedCursor(number: 42)

        #expect(FeedCursor(cursor.text) == cursor)
        #expect(!cursor.text.contains("42"))
        for text in ["", "42", "bjEuLTE", "bjIuNDI", "!!!!", String(repeating: "A", count: 100)] {
            #expect(FeedCursor(text) == nil)
        }
    }
}

/// A tenant's endpoint that answers as it is told, then with 204.
final class PlayedLine: Sendable {
    private struct State {
        var statuses: [Int]
        var bodies: [Data] = []
        var attempts: [Int] = []
    }

    private let state: Mutex<State>

    init(statuses: [Int]) { state = Mutex(State(statuses: statuses)) }

    var bodies: [[String: Any]] {
        state.withLock { $0.bodies }.map { (try? JSONSerialization.jsonObject(with: $0)) as? [String: Any] ?? [:] }
    }
    var numbers: [Int] { bodies.compactMap { $0["sequenceNumber"] as? Int } }
    var entities: [Int] { bodies.compactMap { ($0["entity"] as? [String: Any])?["id"] as? Int } }
    var attempts: [Int] { state.withLock { $0.attempts } }

    /// Takes a request of the real courier's.
    func answer(_ request: OutboundRequest) -> Result<OutboundResponse, OutboundFailure> {
        let status = state.withLock { state in
            state.bodies.append(Data(request.body))
            let attempt = request.headers.first { $0.name == "X-Delivery-Attempt" }?.value
            state.attempts.append(attempt.flatMap { Int($0) } ?? 0)
            return state.statuses.isEmpty ? 204 : state.statuses.removeFirst()
        }
        return .success(OutboundResponse(status: status))
    }
}

extension TenantAnswer {
    private var items: [[String: Any]] { json["kcis"] as? [[String: Any]] ?? [] }
    var kcis: [[String: Any]] { items.compactMap { $0["kci"] as? [String: Any] } }
    var deliveries: [[String: Any]] { items.compactMap { $0["delivery"] as? [String: Any] } }
    var numbers: [Int] { kcis.compactMap { $0["sequenceNumber"] as? Int } }
    var cursor: String { json["next"] as? String ?? "" }
}

extension TenantBench {
    /// An order of which its tenant is told in three updates.
    func committedOrder() async throws -> Int {
        let placed = try await post("/v1/service-orders", TenantSample.order())
        try await exchange.tell(
            .serviceOrder(
                id: ID(Int64(placed.id)),
                input: .supplierAcknowledged(
                    reference: "SUP-\(placed.id)",
                    committedDate: CivilDate("2026-03-09"),
                    targetDate: nil,
                    status: .inProgress
                )
            ),
            Cause("reply", by: "house")
        )
        return placed.id
    }

    /// One update more: the order is complete.
    func complete(_ order: Int) async throws {
        let news = SupplierNews(
            message: MessageID("completed-\(order)"),
            sequence: nil,
            reason: .completed,
            issuedOn: clock.now,
            receivedOn: clock.now
        )
        try await exchange.tell(
            .serviceOrder(id: ID(Int64(order)), input: .supplierUpdated(news)),
            Cause("update", by: "house")
        )
    }

    /// Delivers to the tenant all that is due, by the real courier, over a played line.
    ///
    /// - Parameter elsewhere: what becomes of messages to others.
    func deliver(
        _ line: PlayedLine,
        entity: Int? = nil,
        elsewhere: Outcome = .postponed(for: .seconds(60), reason: "not now")
    ) async throws {
        let terms = try #require(directory.tenant("TENANT1"))
        if terms.updates == nil {
            var reachable = terms
            reachable.updates = Endpoint(url: "https://tenant.invalid/updates")
            try await exchange.register(.tenant(id: "TENANT1", terms: reachable))
        }
        let exchange = exchange
        let courier = TenantCourier(
            directory: directory,
            line: TenantLine(
                secrets: nil,
                time: clock.source,
                plain: { line.answer($0) },
                withCertificate: { line.answer($0) }
            ),
            breaker: CircuitBreaker(time: clock.source),
            houseKey: nil,
            missed: { try await exchange.missed(before: $0) }
        )
        let delivery = Delivery(exchange: exchange, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }) {
            guard case .tenant = $0 else { return Elsewhere(outcome: elsewhere) }
            return TenantOnly(courier: courier, entity: entity)
        }
        while await delivery.step() > 0 {}
    }
}

/// Nobody is there whom this test is about.
private struct Elsewhere: Courier {
    let outcome: Outcome

    func carry(_ parcel: Parcel) async -> Delivered { Delivered(outcome) }
}

/// Carries only what is about one entity; the rest waits a minute.
private struct TenantOnly: Courier {
    let courier: TenantCourier
    let entity: Int?

    func carry(_ parcel: Parcel) async -> Delivered {
        guard let entity, parcel.entity.number != Int64(entity) else { return await courier.carry(parcel) }
        return Delivered(.postponed(for: .seconds(60), reason: "not now"))
    }
}
