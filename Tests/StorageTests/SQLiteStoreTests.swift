import Domain
import FoundationEssentials
import GRDB
import TestSupport
import Testing

@testable import Storage

/// Opening: durable, ours alone, of a schema that we can read.
@Suite struct SQLiteStoreTests {
    @Test func `what was written is there after closing and opening again`() async throws {
        try await TestDatabase.sqlite.withPlace { place in
            let store = try place.open()
            try await store.save(Probe(1, unique: "K1"))
            try await store.enqueue(.probe("m-1"))
            try await store.write { try $0.arm(Probe(1).timer(.bell), at: TestTime.seconds(9)) }
            _ = try await store.write { try $0.takeNumbers(of: "order", count: 7) }
            try await store.close()

            let reopened = try place.open()
            #expect(try await reopened.find(1) == Probe(1, unique: "K1"))
            #expect(try await reopened.claim().ids == ["m-1"])
            #expect(try await reopened.write { try $0.isArmed(Probe(1).timer(.bell), dueBy: TestTime.seconds(9)) })
            #expect(try await reopened.write { try $0.takeNumbers(of: "order", count: 1) } == 8..<9)
            await #expect(throws: Rejection.self) { try await reopened.save(Probe(2, unique: "K1")) }
            try await reopened.close()
        }
    }

    @Test func `its files are its owner's alone, also those that an earlier build left open to others`() async throws {
        let path = "/tmp/patchbay-modes-\(UInt64.random(in: .min ... .max)).sqlite"
        let files = ["", "-wal", "-shm", ".lock"].map { path + $0 }
        defer { for file in files { try? FileManager.default.removeItem(atPath: file) } }
        func modes() throws -> Set<Int?> {
            Set(try files.map { try FileManager.default.attributesOfItem(atPath: $0)[.posixPermissions] as? Int })
        }

        let store = try SQLiteStore(.file(path: path))
        try await store.save(Probe(1))
        #expect(try modes() == [0o600])
        try await store.close()
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
        let reopened = try SQLiteStore(.file(path: path))
        try await reopened.save(Probe(2))
        #expect(try modes() == [0o600])
        try await reopened.close()
    }

    @Test func `the writer flushes fully, as SQLite itself says`() async throws {
        let store = try SQLiteStore(.temporary)

        #expect(try await store.durability() == SQLiteStore.Durability(journalMode: "wal", synchronous: 2))
        try await store.close()
    }

    @Test func `a connection that would lose a commit is refused`() throws {
        let memory = try DatabaseQueue()
        try memory.writeWithoutTransaction { db throws -> Void in
            _ = #expect(throws: StoreError.notDurable(setting: "journal_mode", value: "memory")) {
                try SQLiteStore.assertDurable(db)
            }
        }
    }

    @Test func `GRDB's own setting for a pool is refused`() throws {
        let place = try TestPlace(database: .sqlite)
        defer { place.clear() }
        let pool = try DatabasePool(path: place.path)
        try pool.writeWithoutTransaction { db throws -> Void in
            _ = #expect(throws: StoreError.notDurable(setting: "synchronous", value: "1")) {
                try SQLiteStore.assertDurable(db)
            }
        }
        try pool.close()
    }

    @Test func `a file is one store's alone until it is closed`() async throws {
        try await TestDatabase.sqlite.withPlace { place in
            let store = try place.open()
            #expect(throws: StoreError.inUse(path: place.path)) { _ = try place.open() }
            try await store.close()

            try await place.open().close()
        }
    }

    @Test func `a database that needs a newer program is refused, with both versions named`() async throws {
        try await TestDatabase.sqlite.withPlace { place in
            try await place.open().close()
            try place.execute("UPDATE schema SET version = 12, readableFrom = 11")

            let refusal = #expect(throws: StoreError.self) { _ = try place.open() }
            #expect(refusal == .schemaTooNew(readableFrom: 11, program: Migration.newest))
            #expect(refusal?.description.contains("11") == true)
        }
    }

    @Test func `a newer database that this program still reads is opened, and keeps its version`() async throws {
        try await TestDatabase.sqlite.withPlace { place in
            try await place.open().close()
            try place.execute("UPDATE schema SET version = 12")

            try await place.open().close()
            #expect(try place.number("SELECT version FROM schema") == 12)
        }
    }

    @Test func `what the first program wrote is read after every step since`() throws {
        let queue = try DatabaseQueue()

        let rows = try queue.writeWithoutTransaction { db throws in
            try SQLiteMigrator.migrate(db, path: "", migrations: [.first])
            try db.execute(
                sql: """
                    INSERT INTO lane (recipient, rootKind, rootNumber, due) VALUES ('tenant/A', 'serviceTest', 1, 0);
                    INSERT INTO outbox (
                        lane, state, attempts, recipient, rootKind, rootNumber, entityKind, entityNumber, messageID,
                        conversation, created, contentType, message, body
                    ) VALUES (
                        1, 'queued', 0, 'tenant/A', 'serviceTest', 1, 'serviceTest', 1, 'm-1', 'c-1', 0, 'text/plain',
                        '{"testRequested":{}}', x'7B7D'
                    )
                    """
            )
            try SQLiteMigrator.migrate(db, path: "")
            let transaction = SQLiteTransaction(db: db)
            return try transaction.claimLanes(at: TestTime.start, lease: "L", room: Room(total: 1))
        }

        #expect(rows.map(\.content.messageID) == ["m-1"])
        #expect(rows.first?.requeued == nil)
        #expect(rows.first?.redacted == nil)
    }

    @Test func `a migration that fails leaves the version before it`() throws {
        let queue = try DatabaseQueue()
        let broken = Migration(
            version: Migration.newest + 1,
            readableFrom: Migration.newest + 1,
            statements: "CREATE TABLE more (x); CREATE TABLE schema (x)"
        )
        try queue.writeWithoutTransaction { db throws in
            #expect(throws: DatabaseError.self) {
                try SQLiteMigrator.migrate(db, path: "", migrations: Migration.all + [broken])
            }

            #expect(try Int.fetchOne(db, sql: "SELECT version FROM schema") == Migration.newest)
            #expect(try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema WHERE name = 'more'") == 0)
        }
    }

    @Test func `another program's database is refused`() throws {
        let place = try TestPlace(database: .sqlite)
        defer { place.clear() }
        try place.execute("CREATE TABLE song (title TEXT)")

        #expect(throws: StoreError.foreignDatabase(path: place.path)) { _ = try place.open() }
    }

    @Test func `a body that cannot be read is an error that names it and the place`() async throws {
        try await TestDatabase.sqlite.withPlace { place in
            let store = try place.open()
            try await store.save(Probe(1))
            try await store.close()
            try place.execute("UPDATE aggregate SET body = replace(body, '\"note\":\"\"', '\"note\":7')")

            let reopened = try place.open()
            let error = await #expect(throws: StoreError.self) { _ = try await reopened.find(1) }
            #expect(error?.description.contains("serviceTest/1") == true)
            #expect(error?.description.contains("/note") == true)
            try await reopened.close()
        }
    }

    @Test func `a message that cannot be read is parked with the reason, and its lane goes on`() async throws {
        try await TestDatabase.sqlite.withPlace { place in
            let store = try place.open()
            try await store.enqueue(.probe("m-1"), .probe("m-2"))
            try await store.close()
            try place.execute("UPDATE outbox SET message = '{\"fromTheFuture\":{}}' WHERE number = 1")

            let reopened = try place.open()
            #expect(try await reopened.claim().ids == ["m-2"])
            #expect(try await reopened.read { try $0.backlog() }.parked == 1)
            try await reopened.close()
            #expect(try place.number("SELECT lastError LIKE '%outbox row 1%' FROM outbox WHERE number = 1") == 1)
        }
    }
}

extension TestPlace {
    fileprivate func execute(_ sql: String) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
        try queue.close()
    }

    fileprivate func number(_ sql: String) throws -> Int? {
        let queue = try DatabaseQueue(path: path)
        let number = try queue.read { try Int.fetchOne($0, sql: sql) }
        try queue.close()
        return number
    }
}
