import Synchronization

/// Whether the store can be written and read, as its latest use showed.
///
///     works ──a commit or a read fails──▶ troubled ──a commit is flushed──▶ works
///       └──────────── a flush fails ────────┴──▶ ended: nothing is accepted any more
final class StoreHealth: Sendable {
    private struct State {
        var trouble: StoreUnavailable?
        var hasEnded = false
        var flushed: ContinuousClock.Instant?
    }

    private let state = Mutex(State())
    private let changed: @Sendable (StoreUnavailable?) -> Void

    /// - Parameter changed: hears of each new trouble, and with nil that it is over.
    init(changed: @escaping @Sendable (StoreUnavailable?) -> Void) { self.changed = changed }

    /// Why nothing is accepted any more; nil while commits may be tried.
    var end: StoreUnavailable? { state.withLock { $0.hasEnded ? $0.trouble : nil } }

    /// Whether a commit was flushed so shortly ago, and nothing failed since.
    func isProven(within age: Duration, at now: ContinuousClock.Instant) -> Bool {
        state.withLock { state in
            guard state.trouble == nil, let flushed = state.flushed else { return false }
            return now - flushed < age
        }
    }

    func flushed(at now: ContinuousClock.Instant) {
        let isOver = state.withLock { state in
            state.flushed = now
            guard state.trouble != nil, !state.hasEnded else { return false }
            state.trouble = nil
            return true
        }
        if isOver { changed(nil) }
    }

    func failed(_ trouble: StoreUnavailable) {
        guard trouble.isTrouble else { return }
        let isNews = state.withLock { state in
            guard !state.hasEnded else { return false }
            defer { state.trouble = trouble }
            if case .flushFailed = trouble { state.hasEnded = true }
            return state.trouble != trouble
        }
        if isNews { changed(trouble) }
    }

    /// The error for the caller: trouble with the disk is noted, and said as such.
    func noting(_ error: any Error) -> any Error {
        guard !(error is StoreError), let trouble = StoreUnavailable(error) else { return error }
        failed(trouble)
        return trouble
    }
}
