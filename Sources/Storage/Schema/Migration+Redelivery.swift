extension Migration {
    /// Messages that are sent once more, tenants' feeds of updates, and bodies that were redacted.
    ///
    /// The indexes are partial: only tenants' messages pay for the feed, and only what was given up for being found.
    static let redelivery = Migration(
        version: 2,
        readableFrom: 1,
        statements: """
            ALTER TABLE outbox ADD COLUMN requeued INTEGER;
            ALTER TABLE outbox ADD COLUMN attemptsBefore INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE outbox ADD COLUMN redacted INTEGER;
            ALTER TABLE lane ADD COLUMN underWay INTEGER;
            ALTER TABLE messageLog ADD COLUMN redacted INTEGER;

            CREATE INDEX outboxOfTenant ON outbox (recipient, number)
                WHERE recipient >= 'tenant/' AND recipient < 'tenant0';
            CREATE INDEX outboxOfTenantByMessage ON outbox (messageID)
                WHERE recipient >= 'tenant/' AND recipient < 'tenant0';
            CREATE INDEX outboxGivenUp ON outbox (recipient, number) WHERE state IN ('parked', 'expired');
            CREATE INDEX outboxGivenUpByRoot ON outbox (recipient, rootKind, rootNumber, number)
                WHERE state IN ('parked', 'expired');
            """
    )
}
