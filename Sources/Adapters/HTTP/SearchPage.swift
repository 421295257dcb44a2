import Domain

/// A page of a search: what passes a filter among things by rising number.
struct SearchPage<Found: Sendable>: Sendable {
    /// Looked at for one page. A search for what is rare must not hold the store's reader for seconds.
    static var scanMax: Int { 5_000 }
    /// Read at once while searching.
    static var batch: Int { 500 }

    private(set) var found: [Found] = []
    /// From where to go on; `nil` at the end.
    private(set) var next: Int64?

    /// The first `limit` of things that are all at hand.
    init(_ all: [Found], limit: Int) where Found: Aggregate {
        found = Array(all.prefix(limit))
        next = all.count > limit ? found.last?.id.number : nil
    }

    /// Reads on until the page is full, at the end, or as far as one request may go: then it is short, and has a `next`.
    ///
    /// - Parameters:
    ///   - size: how many are read at once.
    ///   - read: things by rising number, after the one of that number.
    ///   - pick: what is shown of a thing; `nil` if it does not pass.
    init<Thing: Aggregate>(
        after: Int64,
        limit: Int,
        size: Int = batch,
        read: (_ after: Int64, _ size: Int) throws -> [Thing],
        pick: (Thing) throws -> Found?
    ) rethrows {
        next = after
        var looked = 0
        while looked < Self.scanMax {
            let things = try read(next ?? after, size)
            for thing in things {
                next = thing.id.number
                guard let picked = try pick(thing) else { continue }
                found.append(picked)
                if found.count == limit { return }
            }
            looked += things.count
            guard things.count == size else {
                next = nil
                return
            }
        }
    }
}
