import Engine
import FoundationEssentials
import Storage

/// Whether everything that is due has been done, in one reading (decision 20).
///
/// Open requests, deliveries in flight, rows and timers due now in both stores, and counterparts acting: all none, and
/// nothing begun while they were counted. That is sound because effects are committed before an answer is given, and a
/// sender stays in flight until it has committed the outcome.
package struct Settling: Sendable {
    let activity: Activity
    let time: TimeSource
    let stores: [any Store]

    /// What is still going on, in words; empty means settled.
    package func waitingFor() async throws -> [String] {
        let before = activity.reading
        var waiting: [String] = []
        if activity.requests > 0 { waiting.append("\(activity.requests) open requests") }
        if activity.deliveries > 0 { waiting.append("\(activity.deliveries) deliveries in flight") }
        if activity.actions > 0 { waiting.append("\(activity.actions) actions under way") }
        // The stores are asked only when it could be over: they have enough to do.
        guard waiting.isEmpty else { return waiting }
        let now = time.now()
        for store in stores {
            let due = try await store.read { try $0.dueCount(at: now) }
            if due.lanes > 0 { waiting.append("\(due.lanes) lanes due") }
            if due.timers > 0 { waiting.append("\(due.timers) timers due") }
        }
        let after = activity.reading
        if waiting.isEmpty, after.open > 0 || after.begun != before.begun { waiting.append("work that just began") }
        return waiting
    }

    /// When the next lane or timer is due, in either store.
    package func nextDue() async throws -> Date? {
        var next: Date?
        for store in stores {
            guard let due = try await store.read({ try $0.nextDue() }) else { continue }
            next = min(next ?? due, due)
        }
        return next
    }

    /// Waits until settled, no longer than `timeout` of real time.
    ///
    /// - Returns: what it still waits for; empty if it settled.
    package func settle(within timeout: Duration) async throws -> [String] {
        let deadline = ContinuousClock.now + timeout
        while true {
            let waiting = try await waitingFor()
            if waiting.isEmpty || ContinuousClock.now >= deadline { return waiting }
            try await Task.sleep(for: .milliseconds(1))
        }
    }
}
