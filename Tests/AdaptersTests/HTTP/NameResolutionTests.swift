import Synchronization
import TestSupport
import Testing

@testable import Adapters

/// A name server that does not answer costs each caller its own deadline, and others nothing.
@Suite struct NameResolutionTests {
    private static let noAnswer = OutboundFailure(.dns, "the name server gave no answer")

    @Test(.timeLimit(.minutes(1)))
    func `a caller waits for a name server no longer than its own deadline`() async {
        let server = PlayedNameServer()
        let names = NameResolution(lookUp: { try await server.addresses(of: $0) })

        let failure = await #expect(throws: OutboundFailure.self) {
            try await names.addresses(of: "silent.invalid", within: .milliseconds(20))
        }

        #expect(failure == Self.noAnswer)
        server.answerAll()
    }

    @Test(.timeLimit(.minutes(1)))
    func `a name that is not answered holds up no other name`() async throws {
        let server = PlayedNameServer(known: ["lively.invalid": ["127.0.0.1"]])
        let names = NameResolution(lookUp: { try await server.addresses(of: $0) })
        async let hung = names.addresses(of: "silent.invalid")
        await server.isAsked(for: "silent.invalid")

        #expect(try await names.addresses(of: "lively.invalid") == ["127.0.0.1"])

        server.answerAll()
        let late = try await hung
        #expect(late == ["127.0.0.9"])
    }

    @Test(.timeLimit(.minutes(1)))
    func `callers of the same name share one look-up`() async throws {
        let server = PlayedNameServer()
        let names = NameResolution(lookUp: { try await server.addresses(of: $0) })
        async let first = names.addresses(of: "silent.invalid", for: "tenant/A")
        await server.isAsked(for: "silent.invalid")
        async let second = names.addresses(of: "silent.invalid", for: "tenant/B")
        let given = await #expect(throws: OutboundFailure.self) {
            try await names.addresses(of: "silent.invalid", for: "tenant/C", within: .milliseconds(20))
        }

        server.answerAll()

        #expect(given == Self.noAnswer)
        let both = try await [first, second]
        #expect(both == [["127.0.0.9"], ["127.0.0.9"]])
        #expect(server.asked == ["silent.invalid"])
    }

    @Test(.timeLimit(.minutes(1)))
    func `a party has only so many look-ups under way, and another party its own`() async throws {
        let server = PlayedNameServer(known: ["lively.invalid": ["127.0.0.1"]])
        let names = NameResolution(lookUp: { try await server.addresses(of: $0) })
        let hung = Task {
            await withDiscardingTaskGroup { group in
                for number in 1...NameResolution.underWayPerPartyMax {
                    group.addTask { _ = try? await names.addresses(of: "silent\(number).invalid", for: "tenant/A") }
                }
            }
        }
        for number in 1...NameResolution.underWayPerPartyMax { await server.isAsked(for: "silent\(number).invalid") }

        let refusal = await #expect(throws: OutboundFailure.self) {
            try await names.addresses(of: "lively.invalid", for: "tenant/A")
        }
        let others = try await names.addresses(of: "lively.invalid", for: "tenant/B")

        #expect(refusal == OutboundFailure(.dns, "too many names are being looked up"))
        #expect(others == ["127.0.0.1"])
        server.answerAll()
        await hung.value
    }

    @Test(.timeLimit(.minutes(1)))
    func `all parties together take no more threads than there are`() async {
        let server = PlayedNameServer()
        let names = NameResolution(lookUp: { try await server.addresses(of: $0) })
        let hung = Task {
            await withDiscardingTaskGroup { group in
                for number in 1...NameResolution.underWayMax {
                    group.addTask { _ = try? await names.addresses(of: "silent\(number).invalid") }
                }
            }
        }
        for number in 1...NameResolution.underWayMax { await server.isAsked(for: "silent\(number).invalid") }

        await #expect(throws: OutboundFailure(.dns, "too many names are being looked up")) {
            try await names.addresses(of: "one.more.invalid")
        }

        server.answerAll()
        await hung.value
        #expect(server.asked.count == NameResolution.underWayMax)
    }

    @Test(.timeLimit(.minutes(1)))
    func `while the name server is silent what it said last counts, and not for ever`() async throws {
        let server = PlayedNameServer(known: ["tenant.invalid": ["127.0.0.1"]])
        let clock = SteppedClock()
        let names = NameResolution(now: { clock.now }) { try await server.addresses(of: $0) }
        _ = try await names.addresses(of: "tenant.invalid")
        server.silence("tenant.invalid")

        clock.advance(by: NameResolution.keptFor)
        async let first = names.addresses(of: "tenant.invalid")
        await server.isAsked(for: "tenant.invalid", times: 2)
        clock.advance(by: NameResolution.patience)
        let joined = try await names.addresses(of: "tenant.invalid")
        clock.advance(by: NameResolution.reusedFor)
        await #expect(throws: Self.noAnswer) {
            try await names.addresses(of: "tenant.invalid", within: .milliseconds(20))
        }

        #expect(joined == ["127.0.0.1"])
        server.answerAll()
        _ = try? await first
    }

    @Test func `a name without an address is not asked for in a tight loop, and is asked for again`() async throws {
        let server = PlayedNameServer(known: ["gone.invalid": []])
        let clock = SteppedClock()
        let names = NameResolution(now: { clock.now }) { try await server.addresses(of: $0) }

        for _ in 1...3 {
            await #expect(throws: OutboundFailure(.dns, "the host has no address")) {
                try await names.addresses(of: "gone.invalid")
            }
        }
        #expect(server.asked.count == 1)
        clock.advance(by: NameResolution.failureKeptFor)
        _ = try? await names.addresses(of: "gone.invalid")

        #expect(server.asked.count == 2)
    }

    @Test func `the system's resolver knows the difference between no such name and an address`() async throws {
        let names = NameResolution()

        #expect(try await names.addresses(of: "localhost").contains("127.0.0.1"))
    }
}

/// Answers the names that it knows at once, and the others when it is told to.
private final class PlayedNameServer: Sendable {
    private struct State {
        var known: [String: [String]]
        var asked: [String] = []
        var held: [CheckedContinuation<Void, Never>] = []
        var isHolding = true
    }

    private let state: Mutex<State>

    init(known: [String: [String]] = [:]) { state = Mutex(State(known: known)) }

    var asked: [String] { state.withLock { $0.asked } }

    func silence(_ host: String) { state.withLock { $0.known[host] = nil } }

    func addresses(of host: String) async throws -> [String] {
        let known = state.withLock { state in
            state.asked.append(host)
            return state.known[host]
        }
        if let known { return known }
        await withCheckedContinuation { continuation in
            let holds = state.withLock { state in
                if state.isHolding { state.held.append(continuation) }
                return state.isHolding
            }
            if !holds { continuation.resume() }
        }
        return ["127.0.0.9"]
    }

    /// Waits until it has been asked; the test's own time limit ends what never comes.
    func isAsked(for host: String, times: Int = 1) async {
        while state.withLock({ state in state.asked.count { $0 == host } }) < times { await Task.yield() }
    }

    func answerAll() {
        let held = state.withLock { state in
            defer { state.held = [] }
            state.isHolding = false
            return state.held
        }
        for continuation in held { continuation.resume() }
    }
}
