extension Migration {
    /// Whose share of a recipient's room a message takes. Rows of before have none: they count for the recipient alone.
    static let shares = Migration(
        version: 4,
        readableFrom: 1,
        statements: """
            ALTER TABLE outbox ADD COLUMN share TEXT;
            ALTER TABLE lane ADD COLUMN share TEXT;
            CREATE INDEX laneByShare ON lane (recipient, share, due, number) WHERE lease IS NULL AND share IS NOT NULL;
            """
    )
}
