extension Migration {
    /// How often the process died while a message was under way, and which store this is.
    ///
    /// The number of the last commit is a row of SQLite's own `sqlite_sequence` (``CommitCounter``): nearly every commit
    /// writes that page anyway, and a table of its own would add a page to each commit.
    static let durability = Migration(
        version: 5,
        readableFrom: 1,
        statements: """
            ALTER TABLE outbox ADD COLUMN deaths INTEGER NOT NULL DEFAULT 0;

            CREATE TABLE storeIdentity (
                one INTEGER PRIMARY KEY CHECK (one = 1),
                id TEXT NOT NULL
            ) STRICT;
            INSERT INTO storeIdentity (one, id) VALUES (1, lower(hex(randomblob(16))));
            INSERT INTO sqlite_sequence (name, seq) VALUES ('\(CommitCounter.name)', 0);
            """
    )
}
