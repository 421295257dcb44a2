/// A step of the schema. Steps only add, so that the program before can go on reading (decision 13).
struct Migration: Sendable {
    /// The schema's version after it.
    let version: Int
    /// The oldest program, by the schema version it knows, that reads what this leaves.
    let readableFrom: Int
    let statements: String

    /// In order, never changed once released.
    static let all: [Migration] = [.first, .redelivery, .shares, .durability]

    /// What this program knows.
    static var newest: Int { all.map(\.version).max() ?? 0 }
}
