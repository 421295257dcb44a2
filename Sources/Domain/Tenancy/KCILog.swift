import FoundationEssentials

/// The updates that a tenant was sent about one entity: numbered without a gap under the entity's lock (decision 11),
/// and kept for a GET (F-011).
package struct KCILog: Codable, Equatable, Sendable {
    package struct Entry: Codable, Equatable, Sendable {
        package let at: Date
        package let kci: KCI
    }

    /// Every list is bounded (§2): the oldest are left out of a GET, the numbers go on.
    package static let entriesMax = 500

    /// The number of the latest; 0 before the first.
    package private(set) var sequence: Int64 = 0
    package var entries: [Entry] { kept.map(\.wrappedValue) }
    private var kept: [EncodedOnce<Entry>] = []

    private enum CodingKeys: String, CodingKey {
        case sequence
        case kept = "entries"
    }

    package init() {}

    mutating func add(
        _ content: KCI.Content,
        at now: Date,
        issuedOn: Date? = nil,
        receivedOn: Date? = nil
    ) -> KCI {
        sequence += 1
        let kci = KCI(sequence: sequence, content: content, issuedOn: issuedOn, receivedOn: receivedOn)
        kept.append(EncodedOnce(wrappedValue: Entry(at: now, kci: kci)))
        if kept.count > Self.entriesMax { kept.removeFirst() }
        return kci
    }
}
