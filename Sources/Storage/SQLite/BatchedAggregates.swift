import Domain

/// The aggregates of one batch: what its bodies wrote, which is not committed yet, before what is.
final class BatchedAggregates {
    private let cache: AggregateCache
    /// `nil` for what was written and undone: what counts then is in the file.
    private var written: [EntityRef: AggregateCache.Entry?] = [:]
    private var isWiped = false

    init(_ cache: AggregateCache) { self.cache = cache }

    /// - Parameter read: reads it from the file.
    func find<A: Aggregate>(_ id: ID<A>, read: () throws -> AggregateCache.Entry) throws -> A? {
        let ref = EntityRef(kind: A.kind, number: id.number)
        if let own = written[ref] { return try (own ?? read()).aggregate as? A }
        guard !isWiped else { return try read().aggregate as? A }
        if let cached = cache.entry(ref) { return cached.aggregate as? A }
        let entry = try read()
        // Nobody else commits meanwhile.
        cache.offer(entry, since: cache.drops)
        return entry.aggregate as? A
    }

    /// Whether what was found there is still what a body would find here.
    func isCurrent(_ entry: AggregateCache.Entry) -> Bool {
        !isWiped && written[entry.ref] == nil && cache.holds(entry)
    }

    func note(_ aggregate: some Aggregate, bytes: Int) {
        written[aggregate.ref] = AggregateCache.Entry(aggregate, bytes: bytes)
    }

    func noteWipe() {
        written = [:]
        isWiped = true
    }

    /// A part of the batch was undone, who knows which.
    func undo() { written = written.mapValues { _ in nil } }

    func committed() { cache.committed(written, isWiped: isWiped) }
}
