import Synchronization

/// What is going on at this moment: open requests and deliveries under way. "Settled" is read from it (decision 20).
package final class Activity: Sendable {
    private struct Counts {
        var requests = 0
        var deliveries = 0
        var actions = 0
        var begun = 0
        var timersFired = 0
    }

    package enum Kind: Sendable { case request, delivery, action }

    private let counts = Mutex(Counts())

    package init() {}

    package func began(_ kind: Kind) { add(1, to: kind) }
    package func ended(_ kind: Kind) { add(-1, to: kind) }

    /// A timer came due and was turned into an input.
    package func firedTimers(_ number: Int) { counts.withLock { $0.timersFired += number } }
    package var timersFired: Int { counts.withLock { $0.timersFired } }

    /// Everything under way, and how much was ever begun: two readings with the same `begun` and nothing open have
    /// nothing between them.
    package var reading: (open: Int, begun: Int) {
        counts.withLock { ($0.requests + $0.deliveries + $0.actions, $0.begun) }
    }

    package var requests: Int { counts.withLock { $0.requests } }
    package var deliveries: Int { counts.withLock { $0.deliveries } }
    package var actions: Int { counts.withLock { $0.actions } }

    private func add(_ number: Int, to kind: Kind) {
        counts.withLock { counts in
            if number > 0 { counts.begun += number }
            switch kind {
            case .request: counts.requests += number
            case .delivery: counts.deliveries += number
            case .action: counts.actions += number
            }
        }
    }
}
