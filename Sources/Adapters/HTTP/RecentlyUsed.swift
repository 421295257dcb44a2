import Synchronization

/// A bounded cache of what was worked out before. Two generations: what is used moves to the young one; when that
/// is full, the old one is dropped. So it never holds more than twice its capacity, and keeps what is in use.
final class RecentlyUsed<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private struct Generations {
        var young: [Key: Value] = [:]
        var old: [Key: Value] = [:]
    }

    private let capacity: Int
    private let generations = Mutex(Generations())

    init(capacity: Int) { self.capacity = capacity }

    subscript(key: Key) -> Value? {
        get {
            generations.withLock { generations in
                if let value = generations.young[key] { return value }
                guard let value = generations.old[key] else { return nil }
                insert(value, for: key, into: &generations)
                return value
            }
        }
        set { generations.withLock { insert(newValue, for: key, into: &$0) } }
    }

    private func insert(_ value: Value?, for key: Key, into generations: inout Generations) {
        if generations.young.count >= capacity {
            generations.old = generations.young
            generations.young = [:]
        }
        generations.old[key] = nil
        generations.young[key] = value
    }
}
