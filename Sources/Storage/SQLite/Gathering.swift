/// Whether the writer waits for more before it flushes: only while many come at the same time, and never for long.
///
/// With one caller after another nobody is waited for. With many, those who were just answered are on their way with their next
/// change: to flush for the first of them alone would be twice the flushes, and each costs as much as the deciding of five
/// changes.
struct Gathering {
    /// As long as a flush takes.
    static let patience: Duration = .microseconds(500)
    /// Below so many at a time there is nothing to gather.
    static let crowd = 4

    /// So many share a flush at next to no cost for each.
    static let enough = 24

    /// How many came together lately.
    private var expected = 0
    /// How many must wait for the writer to go on; 0: it waits for nobody.
    private var wanted = 0

    /// - Returns: whether the writer waits for more than those who wait already.
    mutating func begin(with waiting: Int) -> Bool {
        let hoped = min(expected / 2, Self.enough)
        guard expected >= Self.crowd, waiting < hoped else { return false }
        wanted = hoped
        return true
    }

    mutating func end() { wanted = 0 }

    /// Whether the last one has come whom the writer waits for.
    mutating func isEnough(_ waiting: Int) -> Bool {
        guard wanted > 0, waiting >= wanted else { return false }
        wanted = 0
        return true
    }

    /// A batch was taken. A small one after larger ones may be chance, so what is expected falls slowly.
    mutating func note(_ count: Int) { expected = max(count, expected * 3 / 4) }
}
