import Metrics

/// Hears of each commit that changed something.
package struct CommitObserver: Sendable {
    package var committed: @Sendable (_ bodies: Int, _ duration: Duration) -> Void

    package init(committed: @escaping @Sendable (_ bodies: Int, _ duration: Duration) -> Void) {
        self.committed = committed
    }

    /// `pb_commit_bodies`: how many changes shared a flush; `pb_commit_seconds`: how long it took, bodies included.
    package static func metrics() -> CommitObserver {
        let sizes = Recorder(label: "pb_commit_bodies")
        let times = Timer(label: "pb_commit_seconds")
        return CommitObserver { bodies, duration in
            sizes.record(bodies)
            times.recordNanoseconds(
                duration.components.seconds * 1_000_000_000 + duration.components.attoseconds / 1_000_000_000
            )
        }
    }
}
