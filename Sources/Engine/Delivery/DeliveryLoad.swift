import Domain
import Synchronization

/// How many messages are under way, in all and to each recipient.
final class DeliveryLoad: Sendable {
    private let counts = Mutex<[Recipient: Int]>([:])

    var total: Int { counts.withLock { $0.values.reduce(0, +) } }

    func recipients(atLeast limit: Int) -> Set<Recipient> {
        counts.withLock { counts in Set(counts.filter { $0.value >= limit }.keys) }
    }

    func began(_ recipient: Recipient) {
        counts.withLock { $0[recipient, default: 0] += 1 }
    }

    func ended(_ recipient: Recipient) {
        counts.withLock { counts in
            let left = counts[recipient, default: 0] - 1
            counts[recipient] = left > 0 ? left : nil
        }
    }
}
