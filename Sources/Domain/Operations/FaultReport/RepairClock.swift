import FoundationEssentials

/// The repair clock (T-018, G-145): it starts when the ticket is accepted, stands still while the ticket is on hold, stops
/// when the fault is resolved, and goes on again if the buyer objects.
package struct RepairClock: Codable, Equatable, Sendable {
    /// A time on hold: what it waited for, and who was called meanwhile.
    package struct Pause: Codable, Equatable, Sendable {
        package let from: Date
        /// `nil` while it lasts.
        package var until: Date?
        /// The desk's words.
        package let reason: String
        /// A ``HoldReason``'s code; absent in rows from before there were any.
        package let code: String?
        /// Absent where nobody was called.
        package internal(set) var contacts: [ContactAttempt]?
    }

    /// A time between a resolution and the buyer's objection to it.
    package struct Stop: Codable, Equatable, Sendable {
        package let from: Date
        package let until: Date
    }

    /// Of each ticket: more would make its closing notification too large to be taken.
    static let pausesMax = 100

    package internal(set) var started: Date?
    package internal(set) var pauses: [Pause] = []
    /// The last resolution; `nil` while the fault is not resolved.
    package internal(set) var resolved: Date?
    /// Absent where no resolution was refused.
    private(set) var stops: [Stop]?

    /// Where the buyer objected to a resolution, oldest first.
    package var refusedResolutions: [Stop] { stops ?? [] }
    /// The hold that lasts.
    package var openPause: Pause? { pauses.last.flatMap { $0.until == nil ? $0 : nil } }

    mutating func pause(at now: Date, for code: HoldReason, because reason: String, contacts: [ContactAttempt] = []) {
        pauses.append(
            Pause(
                from: now,
                until: nil,
                reason: reason,
                code: code.code,
                contacts: contacts.isEmpty ? nil : contacts
            )
        )
    }

    mutating func resume(at now: Date) {
        guard openPause != nil else { return }
        pauses[pauses.count - 1].until = now
    }

    mutating func note(_ contact: ContactAttempt) {
        guard openPause != nil else { return }
        pauses[pauses.count - 1].contacts = (pauses[pauses.count - 1].contacts ?? []) + [contact]
    }

    mutating func reopen(at now: Date) {
        if let resolved { stops = (stops ?? []) + [Stop(from: resolved, until: now)] }
        resolved = nil
    }
}

extension RepairClock {
    /// What the clock does.
    package enum Motion: String, CaseIterable, Sendable { case notStarted = "not-started", running, paused, stopped }

    /// - Parameter ended: when the ticket came to its end, if it has.
    package func motion(ended: Date?) -> Motion {
        guard started != nil else { return .notStarted }
        if resolved != nil || ended != nil { return .stopped }
        return openPause == nil ? .running : .paused
    }

    /// How long it has run, in seconds: holds and refused resolutions aside.
    package func running(until now: Date) -> TimeInterval {
        guard let started else { return 0 }
        let end = resolved ?? now
        return standstills(until: end).reduce(max(0, end.timeIntervalSince(started))) { left, standstill in
            left - standstill.until.timeIntervalSince(standstill.from)
        }
    }

    /// How long the ticket was on hold, in seconds.
    package func paused(until now: Date) -> TimeInterval {
        pauses.reduce(0) { $0 + ($1.until ?? resolved ?? now).timeIntervalSince($1.from) }
    }

    /// A time in which the clock stood still, and for what.
    struct Standstill: Equatable {
        let from: Date
        let until: Date
        let code: String
    }

    /// Holds and refused resolutions, in order: they never overlap.
    func standstills(until end: Date) -> [Standstill] {
        let held = pauses.map {
            Standstill(from: $0.from, until: $0.until ?? max($0.from, end), code: $0.code ?? HoldReason.customer.code)
        }
        // The buyer was looking whether it works: the wait was for the buyer.
        let stopped = refusedResolutions.map {
            Standstill(from: $0.from, until: $0.until, code: HoldReason.customer.code)
        }
        return (held + stopped).sorted { $0.from < $1.from }
    }
}
