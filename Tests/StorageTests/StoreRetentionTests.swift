import Domain
import FoundationEssentials
import Storage
import TestSupport
import Testing

/// Old rows are thrown away in small batches, and bodies are taken out.
@Suite struct StoreRetentionTests {
    @Test(arguments: TestDatabase.allCases)
    func `old messages go, the oldest first and a batch at a time`(database: TestDatabase) async throws {
        try await database.withStore { store in
            try await store.write { transaction in
                for second in 0..<10 { try transaction.log(.old(Double(second))) }
            }

            let counts = [try await store.forget(5, 3), try await store.forget(5, 3), try await store.forget(5, 3)]

            #expect(counts == [3, 2, 0])
            let left = try await store.read { try $0.messages(after: 0, limit: 100) }
            #expect(left.map(\.at) == (5..<10).map { TestTime.seconds(Double($0)) })
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `old parcels go with their attempts, but none that is still to be delivered`(
        database: TestDatabase
    ) async throws {
        try await database.withStore { store in
            try await store.enqueue(.probe("waiting", root: 2), .probe("m-1"), .probe("m-2"), .probe("m-3"))
            for conclusion in [Conclusion.delivered(attempt: .probe("delivered")), .parked(attempt: .probe("400"))] {
                let claimed = try await store.claim()
                for row in claimed where row.content.root.number == 1 {
                    #expect(try await store.conclude(row, with: conclusion))
                }
            }
            let tried = try await store.rows()

            let count = try await store.write { try $0.forgetParcels(before: TestTime.seconds(1), limit: 100) }

            #expect(count == 2)
            #expect(try await store.rows().ids == ["m-3"])
            for row in tried where row.state != .queued {
                #expect(try await store.read { try $0.attempts(of: row.number) }.isEmpty)
            }
            #expect(try await store.read { try $0.backlog() }.queued == 2)
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `what is not old enough stays`(database: TestDatabase) async throws {
        try await database.withStore { store in
            try await store.enqueue(.probe("m-1", at: TestTime.seconds(1)))
            let row = try #require(try await store.claim(at: TestTime.seconds(1)).first)
            #expect(try await store.conclude(row, with: .delivered(attempt: .probe("delivered"))))

            #expect(try await store.write { try $0.forgetParcels(before: TestTime.seconds(1), limit: 100) } == 0)
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `bodies and queries are taken out of one entity's messages, once`(database: TestDatabase) async throws {
        try await database.withStore { store in
            try await store.write { transaction in
                try transaction.log(.about(1, conversation: "c-1"))
                try transaction.log(.about(2, conversation: "c-1"))
                try transaction.log(.about(3, conversation: "c-2"))
            }
            let entity = EntityRef(kind: .serviceTest, number: 1)

            let counts = [
                try await store.redact(.entity(entity)), try await store.redact(.entity(entity)),
                try await store.redact(.conversation("c-1")),
            ]

            #expect(counts == [1, 0, 1])
            let messages = try await store.read { try $0.messages(after: 0, limit: 10) }
            let words = messages.map { String(decoding: $0.requestBody, as: UTF8.self) }
            #expect(words == ["[redacted]", "[redacted]", "Ada Example"])
            #expect(messages.map(\.path) == ["/v1/x", "/v1/x", "/v1/x?address=1"])
            #expect(messages.allSatisfy { $0.responseBody.isEmpty }, "nothing was answered, and that stays so")
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `a parcel that was redacted is not sent once more`(database: TestDatabase) async throws {
        try await database.withStore { store in
            try await store.enqueue(.probe("m-1", body: "Ada Example"))
            let row = try #require(try await store.claim().first)
            #expect(try await store.conclude(row, with: .delivered(attempt: .probe("delivered"))))

            try await store.write {
                try $0.redact(row, to: .testRequested, body: Array("{}".utf8), at: TestTime.seconds(9))
            }

            let left = try #require(try await store.rows().first)
            #expect(left.content.body == Array("{}".utf8))
            #expect(left.redacted == TestTime.seconds(9))
            #expect(try await store.write { try $0.requeue(left, at: TestTime.seconds(9)) } == false)
            #expect(try await store.claim(at: TestTime.seconds(9)).isEmpty)
            #expect(try await store.read { try $0.dueCount(at: TestTime.seconds(9)).lanes } == 0)
        }
    }
}

extension Store {
    fileprivate func forget(_ second: Double, _ limit: Int) async throws -> Int {
        try await write { try $0.forgetMessages(before: TestTime.seconds(second), limit: limit) }
    }

    fileprivate func redact(_ subject: RedactedSubject) async throws -> Int {
        try await write { try $0.redactMessages(of: subject, at: TestTime.seconds(9), limit: 100) }
    }

    fileprivate func rows() async throws -> [OutboxRow] {
        try await read { try $0.parcels(of: EntityRef(kind: .serviceTest, number: 1), limit: 100) }
    }
}

extension LoggedMessage {
    fileprivate static func old(_ second: Double) -> LoggedMessage {
        LoggedMessage(
            at: TestTime.seconds(second),
            direction: .inbound,
            from: "tenant/A",
            to: "gateway",
            contract: "tenant",
            operation: "GET /x"
        )
    }

    fileprivate static func about(_ entity: Int64, conversation: String) -> LoggedMessage {
        var message = old(0)
        message.entity = EntityRef(kind: .serviceTest, number: entity)
        message.conversation = conversation
        message.path = "/v1/x?address=1"
        message.requestBody = Array("Ada Example".utf8)
        return message
    }
}
