import FoundationEssentials
import Synchronization

/// Leaves an endpoint alone that does not answer: after a few failures in a row nothing is sent to it for a while, twice
/// as long each time, and then one message alone finds out whether it is back.
///
///     closed ──failures──▶ open ──its rest is over──▶ half open ──answered──▶ closed
///                            ▲                             │
///                            └──────────failed─────────────┘
///
/// The rest is real time (decision 19); a clock that is turned past it ends it as well, so that what a sandbox skips is
/// over for this too. Of this process alone: losing it costs a few attempts.
package final class CircuitBreaker: Sendable {
    package enum Admission: Equatable, Sendable {
        case open
        /// The one that finds out.
        case probe
        case refused(for: Duration)
    }

    /// As many could be a restart's; more in a row is an outage.
    static let failuresMax = 5
    static let restMin: Duration = .seconds(10)
    static let restMax: Duration = .seconds(320)
    /// Whoever comes while one finds out comes again after this.
    static let probeWait: Duration = .seconds(1)
    /// A probe of which nothing was heard by then is lost: longer than any call may take.
    static let probeMax: Duration = .seconds(60)

    private struct Circuit {
        var failures = 0
        var rest: Duration = .zero
        var until: ContinuousClock.Instant?
        var businessUntil: Date?
        var probing: ContinuousClock.Instant?
    }

    private let circuits = Mutex<[String: Circuit]>([:])
    private let time: TimeSource
    private let now: @Sendable () -> ContinuousClock.Instant

    package init(time: TimeSource, now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }) {
        self.time = time
        self.now = now
    }

    /// Whether a call may be made. Who makes it says what came of it, by ``answered(_:)`` or ``failed(_:restingFor:)``.
    package func admit(_ endpoint: String) -> Admission {
        let (now, business) = (now(), time.now())
        return circuits.withLock { circuits in
            guard var circuit = circuits[endpoint], let until = circuit.until else { return .open }
            let isOver = now >= until || (circuit.businessUntil.map { time.isVirtual && business >= $0 } ?? false)
            guard isOver else { return .refused(for: until - now) }
            if let probing = circuit.probing, now - probing < Self.probeMax { return .refused(for: Self.probeWait) }
            circuit.probing = now
            circuits[endpoint] = circuit
            return .probe
        }
    }

    /// - Returns: the change, if it did not answer until now.
    @discardableResult
    package func answered(_ endpoint: String) -> EndpointChange? {
        let known = circuits.withLock { $0.removeValue(forKey: endpoint) }
        return known?.until == nil ? nil : EndpointChange(endpoint: endpoint, rest: nil)
    }

    /// - Parameter wanted: how long the endpoint itself asked to be left alone (`Retry-After`).
    /// - Returns: the change, if it answered until now and is left alone from now on.
    @discardableResult
    package func failed(_ endpoint: String, restingFor wanted: Duration? = nil) -> EndpointChange? {
        let (now, business) = (now(), time.now())
        return circuits.withLock { circuits in
            var circuit = circuits[endpoint] ?? Circuit()
            let wasClosed = circuit.until == nil
            circuit.failures += 1
            let wasHalfOpen = circuit.probing != nil
            circuit.probing = nil
            var change: EndpointChange?
            if wasHalfOpen || circuit.failures >= Self.failuresMax || wanted != nil {
                // Those that were under way when it opened say nothing new, unless they name a time.
                let isResting = circuit.until.map { now < $0 } ?? false
                if !isResting { circuit.rest = min(max(circuit.rest * 2, Self.restMin), Self.restMax) }
                let rest = max(isResting ? .zero : circuit.rest, min(wanted ?? .zero, Self.restMax))
                circuit.until = max(circuit.until ?? now, now + rest)
                circuit.businessUntil = max(circuit.businessUntil ?? business, business + rest)
                if wasClosed { change = EndpointChange(endpoint: endpoint, rest: rest) }
            }
            circuits[endpoint] = circuit
            return change
        }
    }
}
