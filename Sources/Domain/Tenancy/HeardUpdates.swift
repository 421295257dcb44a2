/// Which of a sender's updates an entity has taken: a repeat is dropped, a gap is noted or waited for (G-079).
///
/// Numbers decide where there are numbers; else the message ids of the latest updates.
package struct HeardUpdates: Codable, Equatable, Sendable {
    /// How many ids are kept: more than a sender can have in flight for one entity, few enough to store each time.
    static let idsMax = 32

    package private(set) var lastSequence: Int64 = 0
    private var ids: [MessageID] = []
    private var missed: [Int64]?

    package init() {}

    /// Where a numbered update stands among those that were taken; taking it is ``record(_:sequence:)``.
    package enum Place: Equatable, Sendable {
        case next
        /// Others are missing before it.
        case early
        /// It was missing when those behind it were taken.
        case late
        case duplicate
    }

    /// Numbers that were skipped and may still come: as many as are told apart from repeats.
    static let missedMax = 64

    package func place(of message: MessageID, sequence: Int64?) -> Place {
        guard !ids.contains(message) else { return .duplicate }
        guard let sequence else { return .next }
        guard sequence <= lastSequence else { return sequence == lastSequence + 1 ? .next : .early }
        return missed?.contains(sequence) == true ? .late : .duplicate
    }

    /// Takes an update; numbers that it leaves behind are missed.
    package mutating func record(_ message: MessageID, sequence: Int64?) {
        remember(message)
        guard let sequence else { return }
        missed?.removeAll { $0 == sequence }
        guard sequence > lastSequence else { return }
        if let skipped = skipped(before: sequence) {
            let newest = max(skipped.lowerBound, skipped.upperBound - Int64(Self.missedMax) + 1)...skipped.upperBound
            missed = Array(((missed ?? []) + newest).suffix(Self.missedMax))
        }
        lastSequence = sequence
    }

    /// The numbers between the last and this one.
    func skipped(before sequence: Int64) -> ClosedRange<Int64>? {
        sequence > lastSequence + 1 ? (lastSequence + 1)...(sequence - 1) : nil
    }

    /// What the tenant reads where something is missing.
    static func note(of missing: ClosedRange<Int64>) -> String {
        missing.count == 1
            ? "The supplier's update \(missing.lowerBound) has not arrived."
            : "The supplier's updates \(missing.lowerBound) to \(missing.upperBound) have not arrived."
    }

    private mutating func remember(_ message: MessageID) {
        ids.append(message)
        if ids.count > Self.idsMax { ids.removeFirst() }
    }
}
