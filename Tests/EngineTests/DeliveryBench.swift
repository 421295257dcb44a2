import Domain
import FoundationEssentials
import Logging
import Storage
import Synchronization
import TestSupport

@testable import Engine

/// A house with nothing but an exchange and Delivery, a clock that the test turns, and a courier that the test plays.
struct DeliveryBench {
    let store: any Store
    let clock: VirtualClock
    let exchange: Exchange
    let courier: PlayedCourier
    let delivery: Delivery

    /// - Parameters:
    ///   - isReal: whether the clock counts as a real one, though the test turns it.
    ///   - monotonic: real time, for the first seconds of a start.
    init(
        store: any Store,
        clock: VirtualClock = TestTime.clock(),
        limits: Dispatch.Limits = Dispatch.Limits(),
        courier: PlayedCourier = PlayedCourier(),
        time: TimeSource? = nil,
        clockWatch: ClockWatch? = nil,
        waitsForListeners: Bool = false,
        isReal: Bool = false,
        monotonic: SteppedClock? = nil
    ) {
        self.store = store
        self.clock = clock
        self.courier = courier
        exchange = Exchange(
            store: store,
            time: time ?? (isReal ? TimeSource(isVirtual: false) { clock.now } : clock.source),
            ids: .seeded(7),
            directory: Directory(),
            limits: limits,
            clockWatch: clockWatch
        ) { message, _, _, _ in
            guard message != .resolutionAnswered(accepted: false, reason: "unspeakable") else { throw Unspeakable() }
            return Spelling(contentType: "text/plain", body: Array(message.operation.utf8))
        }
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        delivery = Delivery(
            exchange: exchange,
            logger: logger,
            waitsForListeners: waitsForListeners,
            realNow: { monotonic?.now ?? .now }
        ) { _ in courier }
    }

    struct Unspeakable: Error, Equatable {}

    /// Runs Delivery for as long as `body` does.
    func delivering(_ body: () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await delivery.run() }
            while !exchange.dispatch.isOpen { try await Task.sleep(for: .milliseconds(1)) }
            defer { exchange.dispatch.close() }
            do {
                try await body()
            } catch {
                courier.answerAll()
                throw error
            }
            courier.answerAll()
        }
    }

    /// Lets entity `number` say `words`, in one commit.
    func send(
        _ number: Int64,
        _ words: [String],
        to recipient: Recipient = .desk,
        of owner: Owner = "tenant/A"
    ) async throws {
        var sender = Sender(number)
        sender.owner = owner
        try await exchange.change(Cause("test", by: "test")) { [sender] change in
            _ = try change.found(sender, words.map { .send(Message.saying($0), to: recipient) })
        }
    }

    /// Waits until `condition` holds; the test's own time limit ends what never does.
    func until(_ condition: () async throws -> Bool) async throws {
        while try await !condition() { try await Task.sleep(for: .milliseconds(1)) }
    }

    func rows(of number: Int64) async throws -> [OutboxRow] {
        try await store.read { try $0.parcels(of: Sender(number).ref, limit: 1_000) }
    }

    var isQuiet: Bool { exchange.activity.reading.open == 0 }
}

/// An aggregate that only sends.
struct Sender: Aggregate {
    enum Input: Codable, Equatable, Sendable { case poked }
    enum Alarm: String, CaseIterable, Sendable { case bell }

    static let kind = Kind.serviceTest
    let id: ID<Sender>
    var owner = Owner("tenant/A")
    var conversation = ConversationID("c-1")
    var created = TestTime.start
    var updated = TestTime.start
    var stateName = "new"
    var lookups: [Lookup] = []

    init(_ number: Int64) { id = ID(number) }

    mutating func hear(_ input: Input, at now: Date) throws(Rejection) -> [Effect] { [] }
    mutating func wake(_ alarm: Alarm, at now: Date) throws(Rejection) -> [Effect] { [] }
}

extension Message {
    /// Any message that carries a word of the test's.
    static func saying(_ word: String) -> Message { .resolutionAnswered(accepted: false, reason: word) }

    var said: String {
        guard case .resolutionAnswered(_, let word?, _) = self else { return "" }
        return word
    }
}

/// Writes down what it is given, and answers as it is told, or when it is told.
final class PlayedCourier: Courier {
    private struct State {
        var carried: [String] = []
        var attempts: [Int] = []
        var underWay = 0
        var mostUnderWay = 0
        var isHolding: Bool
        /// The one message that waits; `nil`: all do.
        var stuck: String?
        var held: [CheckedContinuation<Void, Never>] = []
        var outcomes: [String: [Outcome]] = [:]
    }

    private let state: Mutex<State>

    /// - Parameter holding: whether each message waits for ``answerAll()``.
    init(holding: Bool = false) { state = Mutex(State(isHolding: holding)) }

    /// - Parameter stuck: the one message that waits for ``answerAll()``.
    init(stuck: String) { state = Mutex(State(isHolding: true, stuck: stuck)) }

    var carried: [String] { state.withLock { $0.carried } }
    var attempts: [Int] { state.withLock { $0.attempts } }
    var underWay: Int { state.withLock { $0.underWay } }
    var mostUnderWay: Int { state.withLock { $0.mostUnderWay } }

    /// How the attempts at a message end, one after another; then it is taken.
    func answer(_ word: String, _ outcomes: Outcome...) {
        state.withLock { $0.outcomes[word] = outcomes }
    }

    func answerAll() {
        let held = state.withLock { state in
            defer { state.held = [] }
            state.isHolding = false
            return state.held
        }
        for continuation in held { continuation.resume() }
    }

    func carry(_ parcel: Parcel) async -> Delivered {
        let word = parcel.message.said
        state.withLock { state in
            state.carried.append(word)
            state.attempts.append(parcel.attempt)
            state.underWay += 1
            state.mostUnderWay = max(state.mostUnderWay, state.underWay)
        }
        await withCheckedContinuation { continuation in
            let holds = state.withLock { state in
                let holds = state.isHolding && (state.stuck ?? word) == word
                if holds { state.held.append(continuation) }
                return holds
            }
            if !holds { continuation.resume() }
        }
        let outcome = state.withLock { state -> Outcome in
            state.underWay -= 1
            guard let left = state.outcomes[word], !left.isEmpty else { return .delivered() }
            return state.outcomes[word]?.removeFirst() ?? .delivered()
        }
        return Delivered(outcome, status: 200)
    }
}
