import Adapters
import Domain
import Engine
import Foundation
import GRDB
import Storage

/// A database with many orders of the tenant that the accepts are made by: aggregates and lookups, multiplied from one
/// order that the product placed and its supplier acknowledged. Their journal, messages and answers are not there: what
/// an accept has to find its way among are the orders.
struct BulkStore: Sendable {
    let file: BenchFile
    let orders: Int

    static func loaded(with orders: Int) async throws -> BulkStore {
        let file = BenchFile()
        try await plant(in: file)
        var configuration = Configuration()
        // Nobody waits for this, and it is thrown away if it fails.
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA synchronous = OFF; PRAGMA cache_size = -262144") }
        let queue = try DatabaseQueue(path: file.path, configuration: configuration)
        // No index leads from a number to its lookups: they are looked for once, not for each order.
        try queue.inDatabase { db in
            try db.execute(
                sql: "CREATE TEMP TABLE sample AS SELECT * FROM lookup WHERE kind = 'serviceOrder' AND number = 1"
            )
        }
        for first in stride(from: 2, through: orders, by: 100_000) {
            try queue.inDatabase { db in
                let last = min(first + 99_999, orders)
                try db.execute(sql: aggregates, arguments: [first, last])
                try db.execute(sql: lookups, arguments: [first, last])
                try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
            }
        }
        try queue.inDatabase { db in
            try db.execute(
                sql: """
                    INSERT INTO counter (name, next) VALUES ('serviceOrder', ?1)
                    ON CONFLICT (name) DO UPDATE SET next = ?1
                    """,
                arguments: [orders + 1]
            )
        }
        try queue.close()
        return BulkStore(file: file, orders: orders)
    }

    /// Order 1, as the product leaves it.
    private static func plant(in file: BenchFile) async throws {
        let accept = try await AcceptSample.taken()
        let store = try SQLiteStore(.file(path: file.path))
        let exchange = Exchange(
            store: store,
            time: .real,
            ids: .system,
            directory: Directory(),
            spell: KCIBench.speller
        )
        try await exchange.change(Cause("bench", by: "bench")) { change in
            var (order, _) = try ServiceOrder.place(
                ID(1),
                accept.request,
                visit: nil,
                for: "TENANT1",
                in: "bench-1",
                at: change.now
            )
            for input in KCIBench.story(of: 1, at: change.now) { _ = try order.hear(input, at: change.now) }
            try change.found(order, [])
        }
        try await store.close()
    }

    private static let numbers = "WITH RECURSIVE n(i) AS (SELECT ?1 UNION ALL SELECT i + 1 FROM n WHERE i < ?2)"

    private static let aggregates = """
        \(numbers)
        INSERT INTO aggregate (kind, number, owner, state, version, created, updated, lookups, body)
        SELECT kind, i, owner, state, version, created, updated, replace(lookups, 'S-1', 'S-' || i),
            json_set(body, '$.id', i, '$.supplierOrderNumber', 'S-' || i)
        FROM n, aggregate WHERE kind = 'serviceOrder' AND number = 1
        """

    private static let lookups = """
        \(numbers)
        INSERT INTO lookup (kind, key, value, number, isUnique)
        SELECT kind, key, replace(value, 'S-1', 'S-' || i), i, isUnique
        FROM n, sample
        """
}
