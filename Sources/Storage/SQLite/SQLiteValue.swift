import Domain
import FoundationEssentials
import GRDBSQLite

/// A value bound to a statement. Bodies are bound as the bytes they are, without a detour through `String` or `Data`.
enum SQLiteValue {
    case null
    case int(Int64)
    case text(String)
    /// JSON that our own encoder wrote.
    case json([UInt8])
    case blob([UInt8])

    static func date(_ date: Date) -> SQLiteValue { .int(date.storedMilliseconds) }
    static func date(_ date: Date?) -> SQLiteValue { date.map { .int($0.storedMilliseconds) } ?? .null }
    static func int(_ value: Int?) -> SQLiteValue { value.map { .int(Int64($0)) } ?? .null }
    static func text(_ text: String?) -> SQLiteValue { text.map { .text($0) } ?? .null }
    static func kind(_ kind: Kind) -> SQLiteValue { .text(kind.rawValue) }

    func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
        switch self {
        case .null: sqlite3_bind_null(statement, index)
        case .int(let value): sqlite3_bind_int64(statement, index, value)
        case .text(var text): text.withUTF8 { Self.bindText($0, to: statement, at: index) }
        case .json(let bytes): bytes.withUnsafeBufferPointer { Self.bindText($0, to: statement, at: index) }
        case .blob(let bytes):
            bytes.isEmpty
                ? sqlite3_bind_zeroblob(statement, index, 0)
                : bytes.withUnsafeBytes {
                    sqlite3_bind_blob64(statement, index, $0.baseAddress, UInt64($0.count), Self.copied)
                }
        }
    }

    private static func bindText(
        _ bytes: UnsafeBufferPointer<UInt8>,
        to statement: OpaquePointer,
        at index: Int32
    ) -> Int32 {
        guard let base = bytes.baseAddress, !bytes.isEmpty else {
            return sqlite3_bind_text(statement, index, "", 0, copied)
        }
        return base.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
            sqlite3_bind_text64(statement, index, $0, UInt64(bytes.count), copied, UInt8(SQLITE_UTF8))
        }
    }

    /// `SQLITE_TRANSIENT`, which C spells as a cast: SQLite copies what it is given.
    private static var copied: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }
}

extension Date {
    var storedMilliseconds: Int64 { Int64((timeIntervalSince1970 * 1000).rounded()) }

    init(storedMilliseconds: Int64) {
        self.init(timeIntervalSince1970: Double(storedMilliseconds) / 1000)
    }
}
