import Synchronization
import Testing

@testable import Engine

/// Slow questions of one tenant delay neither orders nor another tenant.
@Suite struct ConnectionSharesTests {
    /// Eight connections: four for questions, a tenant two and one question.
    private static var small: ConnectionShares.Limits {
        var limits = ConnectionShares.Limits()
        (limits.total, limits.questions, limits.perTenant, limits.questionsPerTenant) = (8, 4, 2, 1)
        limits.waitingPerTenant = 3
        return limits
    }

    @Test func `by default orders have half of the connections, and a tenant has a quarter at most`() {
        let limits = ConnectionShares.Limits()
        #expect(limits.questions * 2 == limits.total)
        #expect(limits.perTenant * 4 == limits.total)
        #expect(limits.questionsPerTenant < limits.perTenant)
    }

    @Test(.timeLimit(.minutes(1)))
    func `sixty slow questions of a tenant take no connection from another's, nor from orders`() async throws {
        let shares = ConnectionShares()
        let supplier = SlowSupplier()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 1...60 {
                group.addTask {
                    try await shares.with(.question, of: "A", within: .seconds(60)) { await supplier.answer() }
                }
            }
            await supplier.hasUnderWay(ConnectionShares.Limits().questionsPerTenant)

            // At once: a wait would fail.
            for tenant in ["A", "B", "C"] {
                try await shares.with(.message, of: tenant, within: .zero) {}
            }
            try await shares.with(.question, of: "B", within: .zero) {}

            supplier.answerAll()
            try await group.waitForAll()
        }
        #expect(supplier.most == ConnectionShares.Limits().questionsPerTenant)
        #expect(supplier.answered == 60, "each in its turn")
    }

    @Test(.timeLimit(.minutes(1)))
    func `questions of all tenants together leave half of the connections to messages`() async throws {
        let shares = ConnectionShares(Self.small)
        let supplier = SlowSupplier()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for tenant in 1...10 {
                group.addTask {
                    try await shares.with(.question, of: "T\(tenant)", within: .seconds(60)) { await supplier.answer() }
                }
            }
            await supplier.hasUnderWay(4)
            for tenant in 1...4 {
                group.addTask {
                    try await shares.with(.message, of: "T\(tenant)", within: .zero) { await supplier.answer() }
                }
            }
            await supplier.hasUnderWay(8)

            await #expect(throws: ConnectionShares.Busy.timedOut) {
                try await shares.with(.message, of: "T20", within: .milliseconds(5)) {}
            }
            supplier.answerAll()
            try await group.waitForAll()
        }
        #expect(supplier.most == 8)
    }

    @Test(.timeLimit(.minutes(1)))
    func `a connection that becomes free goes to whoever waits longest and may have it`() async throws {
        let shares = ConnectionShares(Self.small)
        let supplier = SlowSupplier()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await shares.with(.question, of: "A", within: .zero) { await supplier.answer() } }
            await supplier.hasUnderWay(1)
            for name in ["first", "second"] {
                group.addTask {
                    try await shares.with(.question, of: "A", within: .seconds(60)) { supplier.note(name) }
                }
                while shares.waiting < (name == "first" ? 1 : 2) { await Task.yield() }
            }
            #expect(supplier.noted == [])
            supplier.answerAll()
            try await group.waitForAll()
        }
        #expect(supplier.noted == ["first", "second"])
        #expect(shares.isIdle)
    }

    @Test(.timeLimit(.minutes(1)))
    func `a tenant that asks rarely does not wait behind one that asks all the time`() async throws {
        var limits = ConnectionShares.Limits()
        (limits.total, limits.perTenant) = (2, 2)
        let shares = ConnectionShares(limits)
        let supplier = SlowSupplier()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 1...2 {
                group.addTask { try await shares.with(.message, of: "A", within: .zero) { await supplier.answer() } }
            }
            await supplier.hasUnderWay(2)
            for (index, tenant) in ["A", "A", "B"].enumerated() {
                group.addTask {
                    try await shares.with(.message, of: tenant, within: .seconds(60)) { supplier.note(tenant) }
                }
                while shares.waiting < index + 1 { await Task.yield() }
            }
            supplier.answerOne()
            while supplier.noted.count < 3 { await Task.yield() }
            supplier.answerAll()
            try await group.waitForAll()
        }
        #expect(supplier.noted == ["B", "A", "A"])
    }

    @Test(.timeLimit(.minutes(1)))
    func `a call that waited too long, or was cancelled, holds nothing`() async throws {
        let shares = ConnectionShares(Self.small)
        let supplier = SlowSupplier()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await shares.with(.question, of: "A", within: .zero) { await supplier.answer() } }
            await supplier.hasUnderWay(1)
            await #expect(throws: ConnectionShares.Busy.timedOut) {
                try await shares.with(.question, of: "A", within: .milliseconds(5)) {}
            }
            let cancelled = Task { try await shares.with(.question, of: "A", within: .seconds(60)) {} }
            while shares.waiting < 1 { await Task.yield() }
            cancelled.cancel()
            await #expect(throws: ConnectionShares.Busy.timedOut) { try await cancelled.value }
            supplier.answerAll()
            try await group.waitForAll()
        }
        #expect(shares.isIdle)
    }

    @Test(.timeLimit(.minutes(1)))
    func `more than so many calls of a tenant do not even wait`() async throws {
        let shares = ConnectionShares(Self.small)
        let supplier = SlowSupplier()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 1...4 {
                group.addTask {
                    try await shares.with(.question, of: "A", within: .seconds(60)) { await supplier.answer() }
                }
            }
            await supplier.hasUnderWay(1)
            while shares.waiting < 3 { await Task.yield() }

            await #expect(throws: ConnectionShares.Busy.tooManyWait) {
                try await shares.with(.question, of: "A", within: .seconds(60)) {}
            }
            try await shares.with(.question, of: "B", within: .zero) {}
            supplier.answerAll()
            try await group.waitForAll()
        }
    }
}

/// Answers when it is told to.
private final class SlowSupplier: Sendable {
    private struct State {
        var underWay = 0
        var most = 0
        var answered = 0
        var noted: [String] = []
        var held: [CheckedContinuation<Void, Never>] = []
        var isHolding = true
    }

    private let state = Mutex(State())

    var most: Int { state.withLock { $0.most } }
    var answered: Int { state.withLock { $0.answered } }

    var noted: [String] { state.withLock { $0.noted } }
    func note(_ name: String) { state.withLock { $0.noted.append(name) } }

    func answer() async {
        state.withLock { $0.underWay += 1 }
        state.withLock { $0.most = max($0.most, $0.underWay) }
        await withCheckedContinuation { continuation in
            let holds = state.withLock { state in
                if state.isHolding { state.held.append(continuation) }
                return state.isHolding
            }
            if !holds { continuation.resume() }
        }
        state.withLock { state in
            state.underWay -= 1
            state.answered += 1
        }
    }

    func hasUnderWay(_ count: Int) async {
        while state.withLock({ $0.held.count }) < count { await Task.yield() }
    }

    func answerOne() {
        let first = state.withLock { $0.held.removeFirst() }
        first.resume()
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
