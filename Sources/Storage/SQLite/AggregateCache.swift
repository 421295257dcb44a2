import Domain
import Synchronization

/// Aggregates that were read or changed lately, as they were committed last: what is asked for again and again is
/// neither fetched nor decoded again.
///
/// This process is the only writer (``FileLock``), so what it committed is what is there, and all of that comes here. A
/// reader that found an aggregate in the file offers it. What is here already is at least as new; and what is not here was
/// not committed since the reader began, unless it came and was dropped again: then the offer is too late.
final class AggregateCache: Sendable {
    /// Of encoded bodies, about six thousand orders; in memory they take a few times as much.
    static let bytesMax = 8 << 20

    /// An aggregate as of one commit, or that there was none, and the length of its body.
    final class Entry: Sendable {
        let ref: EntityRef
        let aggregate: (any Aggregate)?
        let bytes: Int

        init(_ aggregate: some Aggregate, bytes: Int) {
            ref = aggregate.ref
            self.aggregate = aggregate
            self.bytes = bytes
        }

        init(absent ref: EntityRef) {
            self.ref = ref
            aggregate = nil
            bytes = 64
        }
    }

    /// Two generations: what is used moves to the young one, and the old one is dropped whole.
    private struct State {
        var young: [EntityRef: Entry] = [:]
        var old: [EntityRef: Entry] = [:]
        var youngBytes = 0
        /// Drops of a generation, ever.
        var drops: UInt64 = 0
    }

    private let generationMax: Int
    private let state = Mutex(State())

    init(bytesMax: Int = AggregateCache.bytesMax) { generationMax = bytesMax / 2 }

    /// `nil` if nothing is known.
    func entry(_ ref: EntityRef) -> Entry? {
        state.withLock { state in
            if let entry = state.young[ref] { return entry }
            guard let entry = state.old[ref] else { return nil }
            keep(entry, as: ref, in: &state)
            return entry
        }
    }

    /// Whether it is still here: neither changed nor dropped since it was found.
    func holds(_ entry: Entry) -> Bool {
        state.withLock { state in (state.young[entry.ref] ?? state.old[entry.ref]) === entry }
    }

    /// How often something was dropped: for a reader, before it begins.
    var drops: UInt64 { state.withLock { $0.drops } }

    /// What a reader found that began after so many drops.
    func offer(_ entry: Entry, since drops: UInt64) {
        let ref = entry.ref
        state.withLock { state in
            // What a reader's time saw committed is young or old for two drops.
            guard state.drops < drops + 2, state.young[ref] == nil, state.old[ref] == nil else { return }
            keep(entry, as: ref, in: &state)
        }
    }

    /// What one commit left behind, before anybody is told of it; `nil` for what must be read again.
    func committed(_ written: [EntityRef: Entry?], isWiped: Bool) {
        state.withLock { state in
            if isWiped { (state.young, state.old, state.youngBytes) = ([:], [:], 0) }
            if isWiped || written.contains(where: { $0.value == nil }) { state.drops += 2 }
            for (ref, entry) in written {
                state.old[ref] = nil
                if let entry {
                    keep(entry, as: ref, in: &state)
                } else if let gone = state.young.removeValue(forKey: ref) {
                    state.youngBytes -= gone.bytes
                }
            }
        }
    }

    private func keep(_ entry: Entry, as ref: EntityRef, in state: inout State) {
        state.youngBytes += entry.bytes
        if let before = state.young.updateValue(entry, forKey: ref) { state.youngBytes -= before.bytes }
        guard state.youngBytes > generationMax else { return }
        state.old = state.young
        (state.young, state.youngBytes) = ([:], 0)
        state.drops += 1
    }
}
