import Glibc
import Storage

/// The databases that every promise of `Store` is tried on: `@Test(arguments: TestDatabase.allCases)`.
package enum TestDatabase: String, CaseIterable, Sendable {
    case sqlite

    /// Runs `body` with an empty store, which is gone afterwards.
    package func withStore<Value>(_ body: (any Store) async throws -> Value) async throws -> Value {
        try await withPlace { place in
            let store = try place.open()
            let value = try await body(store)
            try await store.close()
            return value
        }
    }

    /// Runs `body` with a place that outlasts the stores opened there.
    package func withPlace<Value>(_ body: (TestPlace) async throws -> Value) async throws -> Value {
        let place = try TestPlace(database: self)
        defer { place.clear() }
        return try await body(place)
    }
}

/// Where a database is kept while a test closes and opens it again.
package struct TestPlace: Sendable {
    package let database: TestDatabase
    private let directory: String

    package init(database: TestDatabase) throws {
        self.database = database
        var template = Array("/tmp/patchbay-test-XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else {
            throw StoreError.cannotOpen(path: "/tmp", reason: String(cString: strerror(errno)))
        }
        directory = String(cString: made)
    }

    /// The file, where the database is one.
    package var path: String { "\(directory)/store.sqlite" }

    package func open(_ options: SQLiteStore.Options = SQLiteStore.Options()) throws -> any Store {
        switch database {
        case .sqlite: try SQLiteStore(.file(path: path), options: options)
        }
    }

    /// Another place with this one's files as they are now: what a process that is killed at this moment leaves.
    package func copyAsKilled() throws -> TestPlace {
        let copy = try TestPlace(database: database)
        // The mark first: it is never ahead of what is copied after it.
        for suffix in [".mark", "-wal", ""] { try copy.write(try bytes(suffix), to: suffix) }
        return copy
    }

    /// A file of the database's, by its suffix: empty for the database itself, `-wal`, `.mark`.
    package func bytes(_ suffix: String) throws -> [UInt8] {
        guard let file = fopen(path + suffix, "rb") else { return [] }
        defer { fclose(file) }
        fseek(file, 0, SEEK_END)
        var bytes = [UInt8](repeating: 0, count: ftell(file))
        rewind(file)
        let count = fread(&bytes, 1, bytes.count, file)
        guard count == bytes.count else { throw StoreError.cannotOpen(path: path + suffix, reason: "short read") }
        return bytes
    }

    package func write(_ bytes: [UInt8], to suffix: String) throws {
        guard let file = fopen(path + suffix, "wb") else {
            throw StoreError.cannotOpen(path: path + suffix, reason: String(cString: strerror(errno)))
        }
        defer { fclose(file) }
        fwrite(bytes, 1, bytes.count, file)
    }

    package func remove(_ suffix: String) { unlink(path + suffix) }

    package func clear() {
        for suffix in ["", "-wal", "-shm", ".lock", ".mark"] { unlink(path + suffix) }
        rmdir(directory)
    }
}
