extension Migration {
    /// The tables of issue 2.
    ///
    /// Rows with bodies are in rowid tables: `WITHOUT ROWID` halves their throughput (decision 6). Times are
    /// milliseconds since 1970. There are no foreign keys: every row is written by ``Transaction`` alone, and a check
    /// of a parent that was written a moment ago costs a search a row.
    static let first = Migration(
        version: 1,
        readableFrom: 1,
        statements: """
            CREATE TABLE aggregate (
                kind TEXT NOT NULL,
                number INTEGER NOT NULL,
                owner TEXT NOT NULL,
                state TEXT NOT NULL,
                version INTEGER NOT NULL,
                created INTEGER NOT NULL,
                updated INTEGER NOT NULL,
                lookups TEXT NOT NULL,
                body TEXT NOT NULL,
                PRIMARY KEY (kind, number)
            ) STRICT;
            CREATE INDEX aggregateByOwner ON aggregate (kind, owner, number);
            CREATE INDEX aggregateByState ON aggregate (kind, state, number);

            CREATE TABLE lookup (
                kind TEXT NOT NULL,
                key TEXT NOT NULL,
                value TEXT NOT NULL,
                number INTEGER NOT NULL,
                isUnique INTEGER NOT NULL,
                PRIMARY KEY (kind, key, value, number)
            ) STRICT, WITHOUT ROWID;
            CREATE UNIQUE INDEX lookupUnique ON lookup (kind, key, value) WHERE isUnique = 1;

            CREATE TABLE journal (
                number INTEGER PRIMARY KEY,
                at INTEGER NOT NULL,
                kind TEXT NOT NULL,
                entity INTEGER NOT NULL,
                cause TEXT NOT NULL,
                causedBy TEXT NOT NULL,
                stateBefore TEXT,
                stateAfter TEXT NOT NULL,
                note TEXT,
                conversation TEXT NOT NULL
            ) STRICT;
            CREATE INDEX journalByEntity ON journal (kind, entity);

            CREATE TABLE lane (
                number INTEGER PRIMARY KEY,
                recipient TEXT NOT NULL,
                rootKind TEXT NOT NULL,
                rootNumber INTEGER NOT NULL,
                due INTEGER NOT NULL,
                lease TEXT,
                UNIQUE (recipient, rootKind, rootNumber)
            ) STRICT;
            CREATE INDEX laneByDue ON lane (due, number, recipient) WHERE lease IS NULL;
            CREATE INDEX laneByRecipient ON lane (recipient, due, number) WHERE lease IS NULL;

            CREATE TABLE outbox (
                number INTEGER PRIMARY KEY AUTOINCREMENT,
                lane INTEGER NOT NULL,
                state TEXT NOT NULL,
                attempts INTEGER NOT NULL,
                firstAttempt INTEGER,
                lastError TEXT,
                recipient TEXT NOT NULL,
                rootKind TEXT NOT NULL,
                rootNumber INTEGER NOT NULL,
                entityKind TEXT NOT NULL,
                entityNumber INTEGER NOT NULL,
                messageID TEXT NOT NULL,
                conversation TEXT NOT NULL,
                created INTEGER NOT NULL,
                contentType TEXT NOT NULL,
                message TEXT NOT NULL,
                body BLOB NOT NULL
            ) STRICT;
            CREATE INDEX outboxQueued ON outbox (lane, number) WHERE state = 'queued';
            CREATE INDEX outboxParked ON outbox (number) WHERE state = 'parked';
            CREATE INDEX outboxByEntity ON outbox (entityKind, entityNumber);

            CREATE TABLE attempt (
                parcel INTEGER NOT NULL,
                ordinal INTEGER NOT NULL,
                started INTEGER NOT NULL,
                milliseconds INTEGER NOT NULL,
                status INTEGER,
                outcome TEXT NOT NULL,
                PRIMARY KEY (parcel, ordinal)
            ) STRICT, WITHOUT ROWID;

            CREATE TABLE timer (
                kind TEXT NOT NULL,
                number INTEGER NOT NULL,
                alarm TEXT NOT NULL,
                due INTEGER NOT NULL,
                PRIMARY KEY (kind, number, alarm)
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX timerByDue ON timer (due);

            CREATE TABLE idempotency (
                scope TEXT NOT NULL,
                key TEXT NOT NULL,
                bodyHash TEXT NOT NULL,
                expiry INTEGER NOT NULL,
                status INTEGER NOT NULL,
                contentType TEXT NOT NULL,
                headers TEXT NOT NULL,
                body BLOB NOT NULL,
                PRIMARY KEY (scope, key)
            ) STRICT;
            CREATE INDEX idempotencyByExpiry ON idempotency (expiry);

            CREATE TABLE counter (
                name TEXT NOT NULL PRIMARY KEY,
                next INTEGER NOT NULL
            ) STRICT, WITHOUT ROWID;

            CREATE TABLE messageLog (
                sequence INTEGER PRIMARY KEY AUTOINCREMENT,
                at INTEGER NOT NULL,
                direction TEXT NOT NULL,
                sender TEXT NOT NULL,
                receiver TEXT NOT NULL,
                contract TEXT NOT NULL,
                operation TEXT NOT NULL,
                method TEXT NOT NULL,
                path TEXT NOT NULL,
                kind TEXT,
                entity INTEGER,
                conversation TEXT,
                requestID TEXT,
                messageID TEXT,
                status INTEGER,
                verdict TEXT NOT NULL,
                warnings TEXT NOT NULL,
                stateAfter TEXT,
                requestHeaders TEXT NOT NULL,
                requestBody BLOB NOT NULL,
                responseBody BLOB NOT NULL
            ) STRICT;
            CREATE INDEX messageLogByEntity ON messageLog (kind, entity) WHERE kind IS NOT NULL;
            CREATE INDEX messageLogByConversation ON messageLog (conversation) WHERE conversation IS NOT NULL;
            CREATE INDEX messageLogByRequestID ON messageLog (requestID) WHERE requestID IS NOT NULL;
            CREATE INDEX messageLogByMessageID ON messageLog (messageID) WHERE messageID IS NOT NULL;
            """
    )
}
