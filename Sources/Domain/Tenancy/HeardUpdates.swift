/// Which of a sender's updates an entity has taken: a repeat is dropped, a gap is noted.
///
/// Numbers decide where there are numbers; else the message ids of the latest updates.
package struct HeardUpdates: Codable, Equatable, Sendable {
    package enum Verdict: Equatable, Sendable {
        case new
        /// Newer than expected: applied all the same, and said.
        case afterGap(missing: ClosedRange<Int64>)
        case duplicate
    }

    /// How many ids are kept: more than a sender can have in flight for one entity, few enough to store each time.
    static let idsMax = 32

    package private(set) var lastSequence: Int64 = 0
    private var ids: [MessageID] = []

    package init() {}

    package mutating func take(_ message: MessageID, sequence: Int64?) -> Verdict {
        guard !ids.contains(message) else { return .duplicate }
        guard let sequence else {
            remember(message)
            return .new
        }
        guard sequence > lastSequence else { return .duplicate }
        let expected = lastSequence + 1
        lastSequence = sequence
        remember(message)
        return sequence == expected ? .new : .afterGap(missing: expected...(sequence - 1))
    }

    private mutating func remember(_ message: MessageID) {
        ids.append(message)
        if ids.count > Self.idsMax { ids.removeFirst() }
    }
}

extension HeardUpdates.Verdict {
    /// What the tenant reads where something is missing.
    var note: String? {
        switch self {
        case .new, .duplicate: nil
        case .afterGap(let missing):
            missing.count == 1
                ? "The supplier's update \(missing.lowerBound) has not arrived."
                : "The supplier's updates \(missing.lowerBound) to \(missing.upperBound) have not arrived."
        }
    }
}
