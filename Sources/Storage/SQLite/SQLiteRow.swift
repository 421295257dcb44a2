import Domain
import FoundationEssentials
import GRDBSQLite

/// The row that a statement stands on; columns from 0, as the statement names them.
struct SQLiteRow: ~Copyable {
    let statement: OpaquePointer

    func int(_ column: Int32) -> Int64 { sqlite3_column_int64(statement, column) }
    func date(_ column: Int32) -> Date { Date(storedMilliseconds: int(column)) }
    func isNull(_ column: Int32) -> Bool { sqlite3_column_type(statement, column) == SQLITE_NULL }
    func optionalInt(_ column: Int32) -> Int64? { isNull(column) ? nil : int(column) }
    func optionalDate(_ column: Int32) -> Date? { isNull(column) ? nil : date(column) }
    func optionalText(_ column: Int32) -> String? { isNull(column) ? nil : text(column) }
    func text(_ column: Int32) -> String { withBytes(column) { String(decoding: $0, as: UTF8.self) } }
    func blob(_ column: Int32) -> [UInt8] { withBytes(column) { Array($0) } }

    /// The bytes in place: gone at the next step.
    func withBytes<Value>(_ column: Int32, _ body: (UnsafeRawBufferPointer) throws -> Value) rethrows -> Value {
        let bytes = sqlite3_column_blob(statement, column)
        return try body(UnsafeRawBufferPointer(start: bytes, count: Int(sqlite3_column_bytes(statement, column))))
    }

    func kind(_ column: Int32, of name: String) throws -> Kind {
        let text = text(column)
        guard let kind = Kind(rawValue: text) else {
            throw StoreError.undecodable(
                name: name,
                path: "/kind",
                reason: "\(text) is no kind that this program knows"
            )
        }
        return kind
    }
}
