import Synchronization

/// Shares out the connections to one supplier: between orders and questions, and between tenants.
///
/// Messages (orders and what belongs to them) always have half of the connections, so that questions that a supplier answers slowly
/// delay none of them. One tenant has a quarter at most, and not all of that for its questions. A connection that becomes free goes to
/// a call of the tenant that has the fewest in use: one that asks rarely does not wait behind one that asks all the time.
///
/// Of this process alone: a limit of traffic, in real time (decision 19).
package final class ConnectionShares: Sendable {
    package enum Use: Sendable { case message, question }

    package struct Limits: Sendable {
        /// As many as ``OutboundCall`` opens to a host.
        package var total = 32
        package var questions = 16
        package var perTenant = 8
        /// What is left is for the tenant's own orders.
        package var questionsPerTenant = 6
        /// Calls of a tenant that wait for a connection: by their number the last would not be answered in time.
        package var waitingPerTenant = 256

        package init() {}
    }

    /// Why a call was not made.
    package enum Busy: Error, Equatable, Sendable {
        /// No connection became free in time.
        case timedOut
        /// As many calls of the tenant wait as may.
        case tooManyWait
    }

    private struct InUse {
        var messages = 0
        var questions = 0
        var count: Int { messages + questions }
    }

    private struct Waiter {
        let number: Int
        let use: Use
        let tenant: String
        let turn: TimedPromise<Void>
    }

    private struct State {
        var all = InUse()
        var tenants: [String: InUse] = [:]
        var waiting: [Waiter] = []
        var waiters = 0

        mutating func add(_ number: Int, _ use: Use, _ tenant: String) {
            var own = tenants[tenant] ?? InUse()
            switch use {
            case .message:
                all.messages += number
                own.messages += number
            case .question:
                all.questions += number
                own.questions += number
            }
            tenants[tenant] = own.count == 0 ? nil : own
        }
    }

    private let limits: Limits
    private let state = Mutex(State())

    package init(_ limits: Limits = Limits()) { self.limits = limits }

    /// Makes a call once it has a connection.
    ///
    /// - Parameter limit: how long it waits for that.
    package func with<Value>(
        _ use: Use,
        of tenant: String,
        within limit: Duration,
        _ call: () async throws -> Value
    ) async throws -> Value {
        try await take(use, tenant, within: limit)
        defer { giveBack(use, tenant) }
        return try await call()
    }

    /// Calls that wait for a connection.
    var waiting: Int { state.withLock { $0.waiting.count } }
    /// No connection is in use, and nothing waits for one.
    var isIdle: Bool { state.withLock { $0.all.count == 0 && $0.tenants.isEmpty && $0.waiting.isEmpty } }

    // MARK: -

    private func take(_ use: Use, _ tenant: String, within limit: Duration) async throws(Busy) {
        let turn = TimedPromise<Void>()
        let number = try state.withLock { state throws(Busy) -> Int? in
            guard !isFree(for: use, tenant, state) else {
                state.add(1, use, tenant)
                return nil
            }
            guard state.waiting.count(where: { $0.tenant == tenant }) < limits.waitingPerTenant else {
                throw .tooManyWait
            }
            state.waiters += 1
            state.waiting.append(Waiter(number: state.waiters, use: use, tenant: tenant, turn: turn))
            return state.waiters
        }
        guard let number, await turn.value(within: limit) == nil else { return }
        state.withLock { state in state.waiting.removeAll { $0.number == number } }
        throw .timedOut
    }

    private func isFree(for use: Use, _ tenant: String, _ state: State) -> Bool {
        let (all, own) = (state.all, state.tenants[tenant] ?? InUse())
        guard all.count < limits.total, own.count < limits.perTenant else { return false }
        return use == .message || (all.questions < limits.questions && own.questions < limits.questionsPerTenant)
    }

    private func giveBack(_ use: Use, _ tenant: String) {
        state.withLock { state in
            state.add(-1, use, tenant)
            while let index = next(state) {
                let waiter = state.waiting.remove(at: index)
                // One that has given up waiting leaves its place to the next.
                if waiter.turn.keep(()) { state.add(1, waiter.use, waiter.tenant) }
            }
        }
    }

    /// Which call goes on: of those for which there is a connection, one of the tenant with the fewest, and of these the first.
    private func next(_ state: State) -> Int? {
        var (best, fewest) = (Int?.none, Int.max)
        for (index, waiter) in state.waiting.enumerated() {
            let count = state.tenants[waiter.tenant]?.count ?? 0
            guard count < fewest, isFree(for: waiter.use, waiter.tenant, state) else { continue }
            (best, fewest) = (index, count)
        }
        return best
    }
}
