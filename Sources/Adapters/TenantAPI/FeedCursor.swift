import FoundationEssentials

/// Where a reader of the feed has got to: opaque to it from the start (decision 15), so that another store may count
/// in another way.
struct FeedCursor: Equatable {
    /// Stands before the number, so that a cursor of another kind of store is known as such.
    private static let mark = "n1."

    let number: Int64

    init(number: Int64) { self.number = number }

    init?(_ text: String) {
        guard text.utf8.count <= 64, let bytes = Base64URL.decode(text),
            let spelt = String(validating: bytes, as: UTF8.self), spelt.hasPrefix(Self.mark),
            let number = Int64(spelt.dropFirst(Self.mark.count)), number >= 0
        else { return nil }
        self.number = number
    }

    var text: String { Base64URL.encode(Array("\(Self.mark)\(number)".utf8)) }
}
