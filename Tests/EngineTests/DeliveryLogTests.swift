import Domain
import FoundationEssentials
import Logging
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Engine

/// What a person may have to look at is one line of the log, and in the message log.
@Suite struct DeliveryLogTests {
    private static func lines(_ delivered: (Parcel) -> Delivered) async throws -> [String] {
        let lines = Lines()
        try await TestDatabase.sqlite.withStore { store in
            let exchange = DeliveryBench(store: store).exchange
            let delivery = Delivery(exchange: exchange, logger: lines.logger) { _ in nil }
            delivery.report(delivered(parcel), of: parcel.row)
        }
        return lines.all
    }

    private static var parcel: Parcel {
        let job = EntityRef(kind: .installationJob, number: 7)
        let content = NewOutboxRow(
            recipient: .partner(id: "P"),
            root: job,
            entity: job,
            messageID: "message-1",
            message: .jobCreated(placing: 1),
            contentType: "application/json",
            body: [],
            conversation: "c",
            created: Date(timeIntervalSince1970: 0)
        )
        let row = OutboxRow(number: 1, content: content, state: .queued, attempts: 0, firstAttempt: nil, lastError: nil)
        return Parcel(row: row, attempt: 1, firstAttempt: content.created, now: content.created)
    }

    private static var exchanged: LoggedMessage {
        LoggedMessage(
            at: Date(timeIntervalSince1970: 0),
            direction: .outbound,
            from: "operator",
            to: "partner/P",
            contract: "installation",
            operation: "createJob",
            method: "POST",
            path: "/createJob"
        )
    }

    @Test func `a refusal is one line with its words, and the verdict of the raw copy`() async throws {
        let delivered = Delivered(.refused(reason: "no capacity"), status: 200, exchanged: Self.exchanged)

        let lines = try await Self.lines { _ in delivered }

        #expect(lines.count == 1)
        #expect(lines.first?.contains("a message was refused") == true)
        #expect(lines.first?.contains("refused: no capacity") == true)
        #expect(lines.first?.contains("message-1") == true)
        #expect(delivered.exchanged?.verdict == "refused: no capacity")
    }

    @Test func `an answer that says nothing is one line, and the verdict of the raw copy`() async throws {
        let delivered = Delivered(.retry(reason: "the answer is an HTML page"), status: 200, exchanged: Self.exchanged)

        let lines = try await Self.lines { _ in delivered }

        #expect(lines.count == 1)
        #expect(lines.first?.contains("retry: the answer is an HTML page") == true)
        #expect(delivered.exchanged?.verdict == "retry: the answer is an HTML page")
    }

    @Test func `what was delivered is no line`() async throws {
        #expect(try await Self.lines { _ in Delivered(.delivered(), status: 204, exchanged: Self.exchanged) } == [])
    }

    @Test func `a change of an endpoint's health is one line, and a warning of the raw copy`() async throws {
        let health = EndpointHealth()
        let change = try #require(health.failed("https://p.invalid"))
        let delivered = Delivered(.delivered(), status: 200, exchanged: Self.exchanged, changes: [change])

        let lines = try await Self.lines { _ in delivered }

        #expect(lines.count == 1)
        #expect(lines.first?.contains("an endpoint's health changed") == true)
        #expect(delivered.exchanged?.warnings == ["https://p.invalid does not answer: left alone for 10 s"])
    }

    @Test func `an internal error is an id for people, and its words are in the log alone`() async throws {
        struct Secret: Error {}
        let delivered = Delivered(internal: Secret(), of: Self.parcel)

        let lines = try await Self.lines { _ in delivered }

        #expect(delivered.outcome.words == "retry: an internal error, logged as message message-1")
        #expect(lines.contains { $0.contains("Secret") && $0.contains("message-1") })
    }

    @Test func `only a change is one`() {
        let health = EndpointHealth()
        #expect(health.answered("a") == nil)
        #expect(health.failed("a") == EndpointChange(endpoint: "a", rest: .seconds(10)))
        #expect(health.failed("a") == nil)
        #expect(health.answered("a") == EndpointChange(endpoint: "a", rest: nil))

        let breaker = CircuitBreaker(time: .real)
        for _ in 0..<4 { #expect(breaker.failed("a") == nil) }
        #expect(breaker.answered("a") == nil)
        for _ in 0..<4 { #expect(breaker.failed("a") == nil) }
        #expect(breaker.failed("a") == EndpointChange(endpoint: "a", rest: .seconds(10)))
        #expect(breaker.failed("a") == nil)
        #expect(breaker.answered("a") == EndpointChange(endpoint: "a", rest: nil))
    }
}

/// Everything that was logged, a string each.
private final class Lines: Sendable {
    private let lines = Mutex<[String]>([])

    var all: [String] { lines.withLock { $0 } }
    var logger: Logger { Logger(label: "test") { _ in Handler(lines: self) } }

    private struct Handler: LogHandler {
        let lines: Lines
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.info

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            lines.lines.withLock { $0.append("\(event.message) \(event.metadata ?? [:])") }
        }
    }
}
