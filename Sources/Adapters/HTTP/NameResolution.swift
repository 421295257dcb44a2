import Engine
import Storage
import Synchronization

/// Host names' addresses: looked up on threads of their own, and kept for a moment.
///
/// A name server that does not answer holds a thread for half a minute. So a caller waits no longer than its own deadline, callers
/// of the same name share one look-up, a party has only so many under way, and all of them together take no thread that anything
/// else needs.
final class NameResolution: Sendable {
    /// A change of a name is noticed so soon.
    static let keptFor: Duration = .seconds(10)
    /// A name without an address, or without an answer, is not asked for in a tight loop.
    static let failureKeptFor: Duration = .seconds(1)
    /// While the name server does not answer, what it said last still counts for so long.
    static let reusedFor: Duration = .seconds(600)
    /// A caller that could use the last answer waits so long for a new one.
    static let patience: Duration = .seconds(1)
    /// Look-ups under way: each has a thread. A party has a name or two.
    static let underWayMax = 64
    static let underWayPerPartyMax = 4
    /// More would only make a call to a host that is down take longer.
    private static let addressesMax = 4

    /// Why a name's addresses are not to be had.
    enum Failure: Error, Equatable {
        case noAddress
        case noAnswer
        /// The party has, or all have, as many look-ups under way as they may.
        case tooMany
    }

    /// No address is an empty answer; an error says that there is no answer.
    typealias LookUp = @Sendable (_ host: String) async throws -> [String]
    private typealias Answer = Result<[String], Failure>

    private struct Entry {
        let answer: Answer
        let until: ContinuousClock.Instant
        /// The last addresses that the name server gave, and since when nothing newer is known.
        var last: [String] = []
        var lastAt: ContinuousClock.Instant

        /// The last addresses, if they are not too old to be used once more.
        func reusable(at now: ContinuousClock.Instant) -> Answer? {
            last.isEmpty || now - lastAt > NameResolution.reusedFor ? nil : .success(last)
        }
    }

    private struct UnderWay {
        let party: String
        let began: ContinuousClock.Instant
        var callers: [TimedPromise<Answer>]
    }

    private let known = RecentlyUsed<String, Entry>(capacity: 1_000)
    private let underWay = Mutex<[String: UnderWay]>([:])
    private let lookUp: LookUp
    private let now: @Sendable () -> ContinuousClock.Instant

    init(
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now },
        lookUp: @escaping LookUp = NameResolution.system()
    ) {
        self.now = now
        self.lookUp = lookUp
    }

    /// The system's own, on threads that do nothing else.
    ///
    /// - Parameter resolve: blocks its thread.
    static func system(
        _ resolve: @escaping @Sendable (_ host: String) throws -> [String] = { try SystemResolver.addresses(of: $0) }
    ) -> LookUp {
        let threads = BlockingPool(threadsMax: underWayMax)
        return { host in try await threads.run { try resolve(host) } }
    }

    /// As numbers, in the order in which they are to be tried.
    ///
    /// - Parameters:
    ///   - party: for which the name is looked up; `nil` for the host's own look-ups.
    ///   - limit: how long the caller can wait, in real time.
    func addresses(
        of host: String,
        for party: String? = nil,
        within limit: Duration = .seconds(10)
    ) async throws -> [String] {
        do {
            return try await answer(of: host, for: party ?? host, within: limit).get()
        } catch {
            throw OutboundFailure(error)
        }
    }

    /// This one answers: it is tried first from now on.
    func prefer(_ address: String, of host: String) {
        guard let entry = known[host], case .success(let addresses) = entry.answer, addresses.contains(address) else {
            return
        }
        let ordered = [address] + addresses.filter { $0 != address }
        known[host] = Entry(answer: .success(ordered), until: entry.until, last: ordered, lastAt: entry.lastAt)
    }

    // MARK: -

    private func answer(of host: String, for party: String, within limit: Duration) async -> Answer {
        let now = now()
        let entry = known[host]
        if let entry, entry.until > now { return entry.answer }
        let reusable = entry.flatMap { $0.reusable(at: now) }
        let promise = TimedPromise<Answer>()
        var waited = Duration.zero
        switch begin(host, for: party, promise, at: now) {
        case .starts: Task { await conclude(host, found(host)) }
        case .joins(let began): waited = now - began
        case .isTooMany: return reusable ?? .failure(.tooMany)
        }
        let wait = reusable == nil ? limit : min(limit, Self.patience - waited)
        return await promise.value(within: wait) ?? reusable ?? .failure(.noAnswer)
    }

    private enum Beginning {
        case starts
        case joins(since: ContinuousClock.Instant)
        case isTooMany
    }

    private func begin(
        _ host: String,
        for party: String,
        _ caller: TimedPromise<Answer>,
        at now: ContinuousClock.Instant
    ) -> Beginning {
        underWay.withLock { underWay in
            if let began = underWay[host]?.began {
                underWay[host]?.callers.append(caller)
                return .joins(since: began)
            }
            guard underWay.count < Self.underWayMax,
                underWay.values.count(where: { $0.party == party }) < Self.underWayPerPartyMax
            else { return .isTooMany }
            underWay[host] = UnderWay(party: party, began: now, callers: [caller])
            return .starts
        }
    }

    private func found(_ host: String) async -> Answer {
        guard let found = try? await lookUp(host).prefix(Self.addressesMax) else { return .failure(.noAnswer) }
        return found.isEmpty ? .failure(.noAddress) : .success(Array(found))
    }

    /// Keeps what a look-up came to, and tells all who wait for it.
    private func conclude(_ host: String, _ found: Answer) {
        let now = now()
        let before = known[host]
        let entry: Entry
        switch found {
        case .success(let found):
            // The address that answered last is tried first, for as long as it is the name's.
            let first = before?.last.first
            let addresses = found.filter { $0 == first } + found.filter { $0 != first }
            entry = Entry(answer: .success(addresses), until: now + Self.keptFor, last: addresses, lastAt: now)
        case .failure(.noAnswer):
            let answer = before?.reusable(at: now) ?? found
            let (last, lastAt) = (before?.last ?? [], before?.lastAt ?? now)
            entry = Entry(answer: answer, until: now + Self.failureKeptFor, last: last, lastAt: lastAt)
        case .failure:
            entry = Entry(answer: found, until: now + Self.failureKeptFor, lastAt: now)
        }
        known[host] = entry
        let callers = underWay.withLock { $0.removeValue(forKey: host)?.callers ?? [] }
        for caller in callers { caller.keep(entry.answer) }
    }
}

extension OutboundFailure {
    init(_ failure: NameResolution.Failure) {
        switch failure {
        case .noAddress: self.init(.dns, "the host has no address")
        case .noAnswer: self.init(.dns, "the name server gave no answer")
        case .tooMany: self.init(.dns, "too many names are being looked up")
        }
    }
}
