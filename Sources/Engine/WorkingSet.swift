import Domain
import Storage

/// The aggregates of one change: each is read once and written once, however often it decides.
final class WorkingSet {
    private let transaction: any Transaction
    private var known: [EntityRef: any Aggregate] = [:]
    /// What is decided and not yet written, by its first decision.
    private var unwritten: [EntityRef] = []

    init(_ transaction: any Transaction) { self.transaction = transaction }

    func find<A: Aggregate>(_ id: ID<A>) throws -> A? {
        let ref = EntityRef(kind: A.kind, number: id.number)
        if let aggregate = known[ref] as? A { return aggregate }
        let found = try transaction.find(id)
        if let found { known[ref] = found }
        return found
    }

    func keep(_ aggregate: some Aggregate) {
        let ref = aggregate.ref
        known[ref] = aggregate
        if !unwritten.contains(ref) { unwritten.append(ref) }
    }

    /// Writes what was decided: at the end, before a search of the store, and before something that may be undone.
    func write() throws {
        for ref in unwritten {
            guard let aggregate = known[ref] else { continue }
            try transaction.save(aggregate)
        }
        unwritten = []
    }

    /// Drops what it knows: part of it was undone.
    func forget() {
        known = [:]
        unwritten = []
    }
}
