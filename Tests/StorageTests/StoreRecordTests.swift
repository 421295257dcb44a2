import Domain
import FoundationEssentials
import Storage
import TestSupport
import Testing

/// Answers, journal, message log, and the sandbox's reset.
@Suite struct StoreRecordTests {
    static let key = IdempotencyKey(scope: "tenant/A POST /v1/service-orders", key: "r-1", bodyHash: "aa")
    static let answer = StoredAnswer(
        status: 201,
        contentType: "application/json",
        headers: ["Location": "/v1/service-orders/1"],
        body: Array("{\"id\":1}".utf8),
        bodyHash: "aa"
    )

    @Test(arguments: TestDatabase.allCases)
    func `the first answer is given again, until it is forgotten`(database: TestDatabase) async throws {
        try await database.withStore { store in
            try await store.write { try $0.remember(Self.answer, for: Self.key, until: TestTime.seconds(60)) }

            #expect(try await store.read { try $0.answer(to: Self.key, at: TestTime.start) } == Self.answer)
            #expect(try await store.write { try $0.forgetAnswers(expiredAt: TestTime.seconds(59), limit: 10) } == 0)
            #expect(try await store.read { try $0.answer(to: Self.key, at: TestTime.start) } == Self.answer)
            #expect(try await store.write { try $0.forgetAnswers(expiredAt: TestTime.seconds(60), limit: 10) } == 1)
            #expect(try await store.read { try $0.answer(to: Self.key, at: TestTime.start) } == nil)
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `an answer whose time is over is not given, even before it is swept away`(
        database: TestDatabase
    ) async throws {
        try await database.withStore { store in
            try await store.write { try $0.remember(Self.answer, for: Self.key, until: TestTime.seconds(60)) }

            #expect(try await store.read { try $0.answer(to: Self.key, at: TestTime.seconds(59)) } == Self.answer)
            #expect(try await store.read { try $0.answer(to: Self.key, at: TestTime.seconds(60)) } == nil)
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `an answer is found whatever body asks, with the hash of the one that it answered`(
        database: TestDatabase
    ) async throws {
        try await database.withStore { store in
            try await store.write { try $0.remember(Self.answer, for: Self.key, until: TestTime.seconds(60)) }

            let other = IdempotencyKey(scope: Self.key.scope, key: "r-1", bodyHash: "bb")
            let rival = IdempotencyKey(scope: "tenant/B POST /v1/service-orders", key: "r-1", bodyHash: "aa")
            #expect(try await store.read { try $0.answer(to: other, at: TestTime.start) }?.bodyHash == "aa")
            #expect(try await store.read { try $0.answer(to: rival, at: TestTime.start) } == nil)
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `the journal of an entity is its own, oldest first`(database: TestDatabase) async throws {
        try await database.withStore { store in
            let placed = JournalEntry.probe(1, "PlaceOrder", before: nil, after: "new")
            let closed = JournalEntry.probe(1, "Close", before: "new", after: "closed", note: "by hand")
            try await store.write { transaction in
                try transaction.journal(placed)
                try transaction.journal(.probe(2, "PlaceOrder", before: nil, after: "new"))
                try transaction.journal(closed)
            }

            let entity = EntityRef(kind: .serviceTest, number: 1)
            #expect(try await store.read { try $0.journal(of: entity, limit: 10) } == [placed, closed])
            #expect(try await store.read { try $0.journal(of: entity, limit: 1) } == [placed])
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `a logged message comes back whole, under a rising number`(database: TestDatabase) async throws {
        try await database.withStore { store in
            let first = LoggedMessage.probe
            var second = LoggedMessage(
                at: TestTime.start,
                direction: .outbound,
                from: "gateway",
                to: "tenant/A",
                contract: "tenant-updates",
                operation: "KCI"
            )
            try await store.write { [second] transaction in
                try transaction.log(first)
                try transaction.log(second)
            }

            let logged = try await store.read { try $0.messages(after: 0, limit: 10) }
            var expected = first
            expected.sequence = 1
            second.sequence = 2
            #expect(logged == [expected, second])
            #expect(try await store.read { try $0.messages(after: 1, limit: 10) } == [second])
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `a logged body over 64 KiB is kept as its hash`(database: TestDatabase) async throws {
        try await database.withStore { store in
            var message = LoggedMessage.probe
            message.requestBody = Array(repeating: 0x61, count: 64 * 1024)
            message.responseBody = Array(repeating: 0x61, count: 64 * 1024 + 1)
            try await store.write { [message] in try $0.log(message) }

            let logged = try #require(try await store.read { try $0.messages(after: 0, limit: 1) }.first)
            #expect(logged.requestBody.count == 64 * 1024)
            #expect(
                String(decoding: logged.responseBody, as: UTF8.self)
                    == "[65537 bytes, kept as their hash] sha256:"
                    + "008ffc88d3c96a9f307524eb361e47c5222a887fc45fa0c1fb8d429c5c23b430"
            )
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `a reset keeps the parties and the counters, and nothing else`(database: TestDatabase) async throws {
        try await database.withStore { store in
            let party = Party(id: ID(1), role: .operatorStaff(name: "desk", clients: []), at: TestTime.start)
            try await store.write { transaction in
                try transaction.save(party)
                try transaction.save(Probe(1, unique: "K1"))
                _ = try transaction.enqueue(.probe("m-1"), lease: nil)
                try transaction.arm(Probe(1).timer(.bell), at: TestTime.start)
                try transaction.remember(Self.answer, for: Self.key, until: TestTime.seconds(60))
                try transaction.journal(.probe(1, "PlaceOrder", before: nil, after: "new"))
                try transaction.log(.probe)
                _ = try transaction.takeNumbers(of: "order", count: 100)
            }
            try await store.write { try $0.wipe() }

            #expect(try await store.find(1) == nil)
            #expect(try await store.read { try $0.find(Probe.self, by: "reservationKey", "K1", limit: 1) }.isEmpty)
            #expect(try await store.read { try $0.answer(to: Self.key, at: TestTime.start) } == nil)
            #expect(try await store.read { try $0.nextDue() } == nil)
            #expect(try await store.read { try $0.messages(after: 0, limit: 10) }.isEmpty)
            #expect(try await store.parcels().isEmpty)
            #expect(try await store.read { try $0.find(ID<Party>(1)) } == party)
            #expect(try await store.write { try $0.takeNumbers(of: "order", count: 1) } == 101..<102)
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `numbers of messages go on after a reset`(database: TestDatabase) async throws {
        try await database.withStore { store in
            try await store.write { transaction in
                _ = try transaction.enqueue(.probe("m-1"), lease: nil)
                try transaction.log(.probe)
            }
            try await store.write { try $0.wipe() }
            try await store.write { transaction in
                _ = try transaction.enqueue(.probe("m-2"), lease: nil)
                try transaction.log(.probe)
            }

            #expect(try await store.parcels().map(\.number) == [2])
            #expect(try await store.read { try $0.messages(after: 1, limit: 10) }.map(\.sequence) == [2])
        }
    }
}

extension JournalEntry {
    static func probe(
        _ number: Int64,
        _ cause: String,
        before: String?,
        after: String,
        note: String? = nil
    ) -> JournalEntry {
        JournalEntry(
            at: TestTime.start,
            entity: EntityRef(kind: .serviceTest, number: number),
            cause: cause,
            by: "tenant/A",
            before: before,
            after: after,
            note: note,
            conversation: "c-1"
        )
    }
}

extension LoggedMessage {
    static let probe = LoggedMessage(
        at: TestTime.seconds(0.5),
        direction: .inbound,
        from: "tenant/A",
        to: "gateway",
        contract: "tenant",
        operation: "POST /service-orders",
        method: "POST",
        path: "/v1/service-orders",
        entity: EntityRef(kind: .serviceTest, number: 1),
        conversation: "c-1",
        requestID: "r-1",
        messageID: "m-1",
        status: 201,
        requestHeaders: ["content-type": "application/json"],
        requestBody: Array("{\"a\":\"ü\"}".utf8),
        responseBody: [],
        verdict: "accepted",
        warnings: ["/a: unknown field"],
        stateAfter: "SUBMITTED"
    )
}
