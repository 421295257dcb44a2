import Domain
import Engine
import FoundationEssentials
import Logging
import Storage

/// Where the simulated people act: turns the due timers of the counterparts' store into messages of theirs.
package struct Stage: Sendable {
    /// Timers looked at in one round, those under way aside.
    static let batchMax = 256

    let store: any Store
    let time: TimeSource
    let activity: Activity
    let bell: Bell
    let hands: Hands
    let logger: Logger
    let clock: ClockWatch
    /// Carries out what a timer stands for, to its end.
    let act: @Sendable (TimerKey) async throws -> Void

    /// Acts until the task is cancelled.
    package func run() async {
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled {
                await followClock()
                let due = await claim()
                for timer in due {
                    group.addTask { await play(timer) }
                }
                if due.isEmpty { await pause() }
            }
        }
    }

    /// Plays what is due now to its end, once. For tests, which have no loop.
    ///
    /// - Returns: how many.
    package func step() async -> Int {
        let due = await claim()
        await withDiscardingTaskGroup { group in
            for timer in due { group.addTask { await play(timer) } }
        }
        return due.count
    }

    /// When the wall clock is set, what the simulated people wait for takes no longer.
    private func followClock() async {
        guard let step = clock.look() else { return }
        do {
            try await store.write { try $0.moveWaits(Self.waits, by: step.by, dueAfter: step.from) }
        } catch {
            clock.forget(step)
            logger.error("the counterparts' waits could not be armed anew", metadata: ["pb-error": "\(error)"])
        }
    }

    private static let waits: [WaitKey] =
        waits(of: PlayedVisit.self) + waits(of: PlayedTicket.self) + waits(of: PlayedObjection.self)

    private static func waits<A: Aggregate>(of type: A.Type) -> [WaitKey] {
        A.Alarm.allCases.map { WaitKey(kind: A.kind, alarm: $0.rawValue) }
    }

    /// What is due now, each taken so that nobody else plays it.
    private func claim() async -> [TimerKey] {
        activity.began(.action)
        defer { activity.ended(.action) }
        let now = time.now()
        let limit = Self.batchMax + hands.count
        do {
            let due = try await store.read { try $0.dueTimers(at: now, limit: limit) }
            let claimed = due.map(\.key).filter { hands.take($0.entity) }
            for _ in claimed { activity.began(.action) }
            return claimed
        } catch {
            logger.error("reading due timers of the counterparts failed", metadata: ["pb-error": "\(error)"])
            return []
        }
    }

    private func play(_ timer: TimerKey) async {
        defer {
            hands.release(timer.entity)
            activity.ended(.action)
            bell.ring()
        }
        do {
            try await act(timer)
        } catch {
            logger.error("a counterpart failed", metadata: ["pb-timer": "\(timer)", "pb-error": "\(error)"])
            // Not in a tight loop; what it was about is in its book.
            let later = time.now() + .seconds(1)
            try? await store.write { try $0.arm(timer, at: later) }
        }
    }

    private func pause() async {
        guard !time.isVirtual else { return await bell.wait() }
        let due = try? await store.read { try $0.nextDue() }
        let wait = due?.timeIntervalSince(time.now()) ?? 1
        // What is due and under way rings when it ends.
        await bell.wait(atMost: .milliseconds(Int((wait > 0 ? min(1, wait) : 1) * 1_000) + 1))
    }
}
