import FoundationEssentials

/// A supplier's updates that came before others with lower numbers: they wait for those, but not for long (G-079).
package struct EarlyUpdates: Codable, Equatable, Sendable {
    /// How long the latest waits for what is missing before it.
    static let window: TimeInterval = 5
    /// How long the first waits, whatever still arrives: a tenant must not be left without news for longer.
    static let windowMax: TimeInterval = 60
    /// How many wait at most. A supplier that is so far ahead of itself is taken as it comes: each is stored with the order.
    static let countMax = 32

    private let since: Date
    private(set) var updates: [SupplierNews] = []

    init(since: Date) { self.since = since }

    mutating func add(_ news: SupplierNews) { updates.append(news) }

    func contains(_ news: SupplierNews) -> Bool {
        updates.contains { $0.message == news.message || $0.sequence == news.sequence }
    }

    mutating func take(_ sequence: Int64) -> SupplierNews? {
        guard let index = updates.firstIndex(where: { $0.sequence == sequence }) else { return nil }
        return updates.remove(at: index)
    }

    /// When all are released, if nothing else arrives.
    func due(at now: Date) -> Date { min(since + Self.windowMax, now + Self.window) }

    /// In the order in which the supplier wrote them.
    var inOrder: [SupplierNews] {
        updates.sorted { ($0.issuedOn, $0.sequence ?? 0) < ($1.issuedOn, $1.sequence ?? 0) }
    }
}
