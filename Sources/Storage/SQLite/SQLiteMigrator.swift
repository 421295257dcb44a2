import GRDB

/// Brings a database to this program's schema, a step a transaction, or refuses it.
enum SQLiteMigrator {
    static func migrate(_ db: Database, path: String, migrations: [Migration] = Migration.all) throws {
        let program = migrations.map(\.version).max() ?? 0
        let tables = try String.fetchSet(db, sql: "SELECT name FROM sqlite_schema WHERE type = 'table'")
        if !tables.contains("schema") {
            guard tables.isEmpty else { throw StoreError.foreignDatabase(path: path) }
            try db.inTransaction(.immediate) {
                try db.execute(
                    sql: """
                        CREATE TABLE schema (
                            one INTEGER PRIMARY KEY CHECK (one = 1),
                            version INTEGER NOT NULL,
                            readableFrom INTEGER NOT NULL
                        ) STRICT;
                        INSERT INTO schema (one, version, readableFrom) VALUES (1, 0, 0);
                        """
                )
                return .commit
            }
        }
        let stored = try Row.fetchOne(db, sql: "SELECT version, readableFrom FROM schema")
        guard let stored else { throw StoreError.foreignDatabase(path: path) }
        let (version, readableFrom): (Int, Int) = (stored[0], stored[1])
        guard readableFrom <= program else {
            throw StoreError.schemaTooNew(readableFrom: readableFrom, program: program)
        }
        for migration in migrations where migration.version > version {
            try db.inTransaction(.immediate) {
                try db.execute(sql: migration.statements)
                try db.execute(
                    sql: "UPDATE schema SET version = ?, readableFrom = max(readableFrom, ?)",
                    arguments: [migration.version, migration.readableFrom]
                )
                return .commit
            }
        }
    }
}
