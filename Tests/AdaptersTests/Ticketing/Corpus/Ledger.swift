import Foundation
import GRDB

/// Everything that a database holds but the message log: what a refused request must leave as it was.
///
/// Number counters are left out as well: a number is drawn before it is known whether it is needed, and an unused one
/// is lost.
struct Ledger: Equatable {
    let rows: [String: [String]]
    let logged: Int

    init(_ path: String) throws {
        var configuration = Configuration()
        configuration.readonly = true
        let database = try DatabaseQueue(path: path, configuration: configuration)
        (rows, logged) = try database.read { db in
            var rows: [String: [String]] = [:]
            for table in try String.fetchAll(db, sql: "SELECT name FROM sqlite_schema WHERE type = 'table'")
            where !Self.leftOut.contains(table) {
                rows[table] = try Row.fetchAll(db, sql: "SELECT * FROM \(table)").map(\.debugDescription)
            }
            return (rows, try Int.fetchOne(db, sql: "SELECT count(*) FROM messageLog") ?? 0)
        }
        try database.close()
    }

    private static let leftOut: Set<String> = ["messageLog", "counter", "sqlite_sequence"]

    /// The tables that are not as they were.
    func changes(since earlier: Ledger) -> [String] {
        rows.keys.filter { rows[$0] != earlier.rows[$0] }.sorted()
    }
}
