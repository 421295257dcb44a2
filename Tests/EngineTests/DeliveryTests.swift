import Domain
import FoundationEssentials
import Storage
import TestSupport
import Testing

@testable import Engine

/// Per entity and recipient in order, one in flight; nothing lost, whatever fails.
@Suite(.timeLimit(.minutes(5))) struct DeliveryTests {
    @Test(arguments: TestDatabase.allCases)
    func `an entity's messages arrive in order, and one commit each concludes them`(
        database: TestDatabase
    ) async throws {
        try await database.withStore { store in
            let bench = DeliveryBench(store: store)
            try await bench.delivering {
                try await bench.send(1, ["a", "b"])
                try await bench.send(1, ["c"])
                try await bench.until { try await bench.rows(of: 1).allSatisfy { $0.state == .delivered } }
            }

            #expect(bench.courier.carried == ["a", "b", "c"])
            #expect(bench.courier.mostUnderWay == 1)
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `what is sent while an earlier one is under way waits for it`(database: TestDatabase) async throws {
        try await database.withStore { store in
            let bench = DeliveryBench(store: store, courier: PlayedCourier(holding: true))
            try await bench.delivering {
                try await bench.send(1, ["a"])
                try await bench.send(2, ["other"])
                try await bench.until { bench.courier.underWay == 2 }
                try await bench.send(1, ["b"])
                try await Task.sleep(for: .milliseconds(20))
                #expect(Set(bench.courier.carried) == ["a", "other"])
                bench.courier.answerAll()
                try await bench.until { bench.courier.carried.contains("b") }
            }
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `a lane whose message hangs holds up no other, to its own recipient or to another`(
        database: TestDatabase
    ) async throws {
        try await database.withStore { store in
            let bench = DeliveryBench(store: store, courier: PlayedCourier(stuck: "stuck"))
            try await bench.delivering {
                try await bench.send(1, ["stuck", "behind"])
                try await bench.until { bench.courier.underWay == 1 }
                for number in Int64(2)...40 {
                    let recipient = number % 2 == 0 ? Recipient.desk : .tenant(id: "A")
                    try await bench.send(number, ["a\(number)", "b\(number)"], to: recipient)
                }
                try await bench.until { bench.courier.carried.count == 79 }
                for number in Int64(2)...40 {
                    try await bench.until { try await bench.rows(of: number).allSatisfy { $0.state == .delivered } }
                }
                #expect(!bench.courier.carried.contains("behind"))
                #expect(try await bench.rows(of: 1).map(\.state) == [.queued, .queued])
                bench.courier.answerAll()
                try await bench.until { try await bench.rows(of: 1).allSatisfy { $0.state == .delivered } }
            }
        }
    }

    /// As the limits are: a tenant has an eighth of what is under way to a supplier.
    @Test(arguments: TestDatabase.allCases)
    func `very many orders of a tenant to a slow supplier delay no other tenant's, and all are delivered`(
        database: TestDatabase
    ) async throws {
        try await database.withStore { store in
            let bench = DeliveryBench(store: store, courier: PlayedCourier(holding: true))
            let supplier = Recipient.supplier(id: "S")
            let most = Dispatch.Limits().inFlightPerShareMax
            try await bench.delivering {
                for number in Int64(1)...100 { try await bench.send(number, ["a\(number)"], to: supplier) }
                try await bench.until { bench.courier.underWay == most }
                try await bench.send(101, ["b"], to: supplier, of: "tenant/B")

                try await bench.until { bench.courier.carried.contains("b") }
                #expect(bench.courier.underWay == most + 1)
                bench.courier.answerAll()
                try await bench.until { bench.courier.carried.count == 101 }
                for number in Int64(1)...101 {
                    try await bench.until { try await bench.rows(of: number).allSatisfy { $0.state == .delivered } }
                }
            }
            #expect(bench.courier.mostUnderWay <= most + 1)
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `what failed is tried again when its time comes, and those behind it wait`(
        database: TestDatabase
    ) async throws {
        try await database.withStore { store in
            let bench = DeliveryBench(store: store)
            bench.courier.answer("a", .retry(reason: "503"), .retry(reason: "503", after: .seconds(90)))
            try await bench.delivering {
                try await bench.send(1, ["a", "b"])
                try await bench.until { bench.isQuiet && bench.courier.carried.count == 1 }
                // The first wait is a second, spread by a tenth at most.
                for (second, tries) in [(0.9, 1), (1.2, 2), (80.0, 2), (91.3, 3)] {
                    bench.clock.move(to: TestTime.seconds(second))
                    bench.exchange.ring()
                    try await bench.until {
                        let due = try await bench.store.read { [now = bench.clock.now] in try $0.dueCount(at: now) }
                        return bench.isQuiet && due.lanes == 0
                    }
                    #expect(bench.courier.carried.count { $0 == "a" } == tries)
                }
                try await bench.until { try await bench.rows(of: 1).allSatisfy { $0.state == .delivered } }
            }

            #expect(bench.courier.carried == ["a", "a", "a", "b"])
            #expect(bench.courier.attempts == [1, 2, 3, 1])
            #expect(try await bench.rows(of: 1).map(\.firstAttempt) == [TestTime.start, TestTime.seconds(91.3)])
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `what is refused is parked, and those behind it go on`(database: TestDatabase) async throws {
        try await database.withStore { store in
            let bench = DeliveryBench(store: store)
            bench.courier.answer("a", .refused(reason: "400"))
            try await bench.delivering {
                try await bench.send(1, ["a", "b"])
                try await bench.until { try await bench.rows(of: 1).map(\.state) == [.parked, .delivered] }
            }
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `after 72 hours a message expires`(database: TestDatabase) async throws {
        try await database.withStore { store in
            let bench = DeliveryBench(store: store)
            bench.courier.answer("a", .retry(reason: "503"), .retry(reason: "503"))
            try await bench.delivering {
                try await bench.send(1, ["a"])
                try await bench.until { bench.isQuiet && bench.courier.carried.count == 1 }
                bench.clock.move(to: TestTime.seconds(72 * 3_600))
                bench.exchange.ring()
                try await bench.until { try await bench.rows(of: 1).map(\.state) == [.expired] }
            }

            #expect(bench.courier.carried.count == 2)
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `no recipient gets more at once than its share, and all arrive`(database: TestDatabase) async throws {
        try await database.withStore { store in
            var limits = Dispatch.Limits()
            limits.inFlightPerRecipientMax = 3
            let bench = DeliveryBench(store: store, limits: limits, courier: PlayedCourier(holding: true))
            try await bench.delivering {
                for number in Int64(1)...10 { try await bench.send(number, ["m\(number)", "n\(number)"]) }
                try await bench.until { bench.courier.underWay == 3 }
                try await Task.sleep(for: .milliseconds(20))
                #expect(bench.courier.carried == ["m1", "m2", "m3"])
                bench.courier.answerAll()
                try await bench.until { bench.courier.carried.count == 20 && bench.isQuiet }
            }

            #expect(bench.courier.mostUnderWay <= 3)
            for number in Int64(1)...10 {
                let own = bench.courier.carried.filter { $0.dropFirst() == "\(number)" }
                #expect(own == ["m\(number)", "n\(number)"])
            }
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `a change that fails sends nothing, and leaves its places to others`(database: TestDatabase) async throws {
        try await database.withStore { store in
            var limits = Dispatch.Limits()
            limits.inFlightMax = 2
            let bench = DeliveryBench(store: store, limits: limits)
            try await bench.delivering {
                for _ in 1...5 {
                    await #expect(throws: DeliveryBench.Unspeakable.self) {
                        try await bench.send(1, ["a", "unspeakable"])
                    }
                }
                #expect(bench.isQuiet)
                try await bench.send(2, ["b"])
                try await bench.send(3, ["c"])
                try await bench.until { bench.courier.carried.count == 2 && bench.isQuiet }
            }

            #expect(Set(bench.courier.carried) == ["b", "c"])
            #expect(try await bench.rows(of: 1).isEmpty)
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `what a process had in flight when it ended is carried by the next`(database: TestDatabase) async throws {
        try await database.withStore { store in
            let first = DeliveryBench(store: store, courier: PlayedCourier(holding: true))
            let stuck = Task { try await first.delivery.run() }
            try await first.until { first.exchange.dispatch.isOpen }
            try await first.send(1, ["a", "b"])
            try await first.until { first.courier.underWay == 1 }

            let second = DeliveryBench(store: store)
            try await second.delivering {
                try await second.until { second.courier.carried == ["a", "b"] && second.isQuiet }
                // The first comes back to life: its lease is gone, and it changes nothing.
                first.exchange.dispatch.close()
                first.courier.answerAll()
                try await stuck.value
            }

            #expect(try await second.rows(of: 1).map(\.attempts) == [1, 1])
            #expect(first.courier.carried == ["a"])
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `what was sent before anybody delivered is delivered`(database: TestDatabase) async throws {
        try await database.withStore { store in
            let bench = DeliveryBench(store: store)
            for number in Int64(1)...200 { try await bench.send(number, ["m\(number)"]) }
            try await bench.delivering {
                try await bench.until { bench.courier.carried.count == 200 && bench.isQuiet }
            }

            #expect(Set(bench.courier.carried).count == 200)
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `a reply that is refused half way leaves nothing of itself but a note`(database: TestDatabase) async throws {
        try await database.withStore { store in
            let bench = DeliveryBench(store: store)
            try await bench.delivering {
                try await bench.exchange.change(Cause("test", by: "test")) { change in
                    var taken = Sender(1)
                    taken.lookups = [Lookup("key", "K", isUnique: true)]
                    _ = try change.found(taken, [])
                    do {
                        try change.attempt { change in
                            _ = try change.found(Sender(2), [.send(.saying("never"), to: .desk)])
                            var second = Sender(3)
                            second.lookups = taken.lookups
                            _ = try change.found(second, [])
                        }
                        Issue.record("the key was taken")
                    } catch let refusal as Rejection {
                        #expect(refusal.code == .alreadyExists)
                    }
                    _ = try change.found(Sender(4), [.send(.saying("after all"), to: .desk)])
                }
                try await bench.until { bench.courier.carried == ["after all"] && bench.isQuiet }
            }

            let found = try await store.read { try $0.list(Sender.self, of: nil, inState: nil, after: 0, limit: 10) }
            #expect(found.map(\.id.number) == [1, 4])
        }
    }
}
