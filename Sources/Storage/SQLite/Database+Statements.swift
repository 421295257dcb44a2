import GRDB
import GRDBSQLite

/// Statements written out, prepared once a connection and bound directly: the writer runs a dozen a change, and is
/// the one thing that all changes queue for.
extension Database {
    /// Runs a statement that answers no rows, and says how many it changed.
    @discardableResult
    func run(_ sql: String, _ values: SQLiteValue...) throws -> Int {
        try stepping(sql, values) { _ in }
        return Int(sqlite3_changes(sqliteConnection))
    }

    /// The first row, made into a value.
    func first<Value>(
        _ sql: String,
        _ values: SQLiteValue...,
        read: (borrowing SQLiteRow) throws -> Value
    ) throws -> Value? {
        var value: Value?
        try stepping(sql, values, while: { value == nil }) { value = try read($0) }
        return value
    }

    /// Every row, made into a value, for as long as more are wanted.
    func all<Value>(
        _ sql: String,
        _ values: SQLiteValue...,
        while more: () -> Bool = { true },
        read: (borrowing SQLiteRow) throws -> Value
    ) throws -> [Value] {
        var found: [Value] = []
        try stepping(sql, values, while: more) { found.append(try read($0)) }
        return found
    }

    private func stepping(
        _ sql: String,
        _ values: [SQLiteValue],
        while more: () -> Bool = { true },
        _ each: (borrowing SQLiteRow) throws -> Void
    ) throws {
        let prepared = try cachedStatement(sql: sql)
        let handle = prepared.sqliteStatement
        defer {
            sqlite3_reset(handle)
            sqlite3_clear_bindings(handle)
        }
        for (index, value) in values.enumerated() {
            let code = value.bind(to: handle, at: Int32(index + 1))
            guard code == SQLITE_OK else { throw failure(code, sql) }
        }
        while more() {
            switch sqlite3_step(handle) {
            case SQLITE_ROW: try each(SQLiteRow(statement: handle))
            case SQLITE_DONE: return
            case let code: throw failure(code, sql)
            }
        }
    }

    private func failure(_ code: Int32, _ sql: String) -> DatabaseError {
        DatabaseError(
            resultCode: ResultCode(rawValue: sqlite3_extended_errcode(sqliteConnection)),
            message: sqlite3_errmsg(sqliteConnection).map { String(cString: $0) } ?? "code \(code)",
            sql: sql
        )
    }
}
