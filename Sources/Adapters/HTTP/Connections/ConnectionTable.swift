/// Which connections a listener keeps: a plain value without clock or I/O.
///
///     admit ─▶ kept                 there is room
///           ─▶ kept, one to close   its source, or the listener, is full: the quietest goes
///           ─▶ refused              full, and none is quiet
///
/// *Quiet* is a connection that waits for its peer: for a request, or for the peer to take an answer. One whose request the
/// server works on is never closed for another.
struct ConnectionTable {
    enum Verdict {
        case kept(closing: ConnectionStanding?)
        case refused
    }

    /// A source that is full loses a connection only if it has been quiet for this long. So a flood from one address is
    /// refused before a byte of TLS, and a client that forgot its idle connections still gets in.
    static let quietMin: UInt64 = 1_000_000_000
    /// How many of the quietest are remembered by one look at all.
    private static let candidatesMax = 64

    private let limits: ConnectionLimits
    private var sources: [ConnectionSource?: [ObjectIdentifier: ConnectionStanding]] = [:]
    private(set) var count = 0
    /// The quietest when all were looked at last, the quietest of them at the end.
    private var candidates: [(connection: ConnectionStanding, since: UInt64)] = []

    init(_ limits: ConnectionLimits) { self.limits = limits }

    mutating func admit(_ connection: ConnectionStanding, now: UInt64) -> Verdict {
        var closed: ConnectionStanding?
        if connection.source != nil, let own = sources[connection.source], own.count >= limits.perSourceMax {
            let since = now > Self.quietMin ? now - Self.quietMin : 0
            guard let quietest = Self.quietest(of: own.values), quietest.quietSince <= since else { return .refused }
            closed = quietest
        } else if count >= limits.connectionsMax {
            guard let quietest = quietestOfAll() else { return .refused }
            closed = quietest
        }
        if let closed { remove(closed) }
        sources[connection.source, default: [:]][ObjectIdentifier(connection)] = connection
        count += 1
        return .kept(closing: closed)
    }

    /// Nothing, if it is gone already.
    mutating func remove(_ connection: ConnectionStanding) {
        guard sources[connection.source]?.removeValue(forKey: ObjectIdentifier(connection)) != nil else { return }
        count -= 1
        if sources[connection.source]?.isEmpty == true { sources[connection.source] = nil }
    }

    /// Takes out the quietest connection, if there is a quiet one.
    mutating func removeQuietest() -> ConnectionStanding? {
        let quietest = quietestOfAll()
        if let quietest { remove(quietest) }
        return quietest
    }

    /// Takes out the connection that has not taken its answer for longest.
    mutating func removeQuietestUnsent() -> ConnectionStanding? {
        let unsent = sources.values.lazy.flatMap(\.values).filter { $0.unsentBytes > 0 }
        guard let quietest = Self.quietest(of: unsent) else { return nil }
        remove(quietest)
        return quietest
    }

    private func holds(_ connection: ConnectionStanding) -> Bool {
        sources[connection.source]?[ObjectIdentifier(connection)] != nil
    }

    /// One look at all finds many: a candidate that is quiet since the same moment as then is still the quietest, because
    /// all others were quiet for a shorter time, and that moment only moves on.
    private mutating func quietestOfAll() -> ConnectionStanding? {
        if let known = nextCandidate() { return known }
        let quiet = sources.values.lazy.flatMap(\.values).map { (connection: $0, since: $0.quietSince) }
            .filter { $0.since != ConnectionStanding.working }
        candidates = Array(quiet.sorted { $0.since < $1.since }.prefix(Self.candidatesMax).reversed())
        return nextCandidate()
    }

    private mutating func nextCandidate() -> ConnectionStanding? {
        while let candidate = candidates.popLast() {
            if candidate.connection.quietSince == candidate.since, holds(candidate.connection) {
                return candidate.connection
            }
        }
        return nil
    }

    private static func quietest(of connections: some Sequence<ConnectionStanding>) -> ConnectionStanding? {
        var found: (connection: ConnectionStanding, since: UInt64)?
        for connection in connections {
            let since = connection.quietSince
            guard since != ConnectionStanding.working, since < found?.since ?? .max else { continue }
            found = (connection, since)
        }
        return found?.connection
    }
}
