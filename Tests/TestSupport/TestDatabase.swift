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

    package func clear() {
        for suffix in ["", "-wal", "-shm", ".lock"] { unlink(path + suffix) }
        rmdir(directory)
    }
}
