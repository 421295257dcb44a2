import Synchronization

/// What is going on at this moment: open requests and deliveries under way. "Settled" is read from it (decision 20).
package final class Activity: Sendable {
    private struct Counts {
        var requests = 0
        var deliveries = 0
        var actions = 0
    }

    package enum Kind: Sendable { case request, delivery, action }

    private let counts = Mutex(Counts())

    package init() {}

    package func began(_ kind: Kind) { add(1, to: kind) }
    package func ended(_ kind: Kind) { add(-1, to: kind) }

    package var requests: Int { counts.withLock { $0.requests } }
    package var deliveries: Int { counts.withLock { $0.deliveries } }
    package var actions: Int { counts.withLock { $0.actions } }

    private func add(_ number: Int, to kind: Kind) {
        counts.withLock { counts in
            switch kind {
            case .request: counts.requests += number
            case .delivery: counts.deliveries += number
            case .action: counts.actions += number
            }
        }
    }
}
