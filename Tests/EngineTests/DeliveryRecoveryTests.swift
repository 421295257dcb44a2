import Domain
import FoundationEssentials
import Storage
import TestSupport
import Testing

@testable import Engine

/// How Delivery begins after a process that died, and in the first seconds of a start.
@Suite(.timeLimit(.minutes(5))) struct DeliveryRecoveryTests {
    @Test func `a message that ends the process is parked with an alert, and the rest goes on`() async throws {
        try await TestDatabase.sqlite.withPlace { place in
            try await life(at: place) { bench in
                try await bench.send(1, ["deadly", "behind"])
                try await bench.send(2, ["other"])
                try await bench.leaseAll()
            }
            try await life(at: place) { bench in try await bench.leaseAllOnceMore() }
            try await life(at: place) { bench in
                _ = try await bench.exchange.recoverDeliveries()
                let row = try await bench.store.write { try $0.claimHeld(lease: "dead", at: TestTime.start) }
                #expect(row?.content.message.said == "deadly")
            }
            try await life(at: place) { bench in
                try await bench.delivering {
                    try await bench.until {
                        let rows = [try await bench.rows(of: 1), try await bench.rows(of: 2)].joined()
                        return rows.map(\.state) == [.parked, .delivered, .delivered]
                    }
                }

                #expect(bench.courier.carried.sorted() == ["behind", "other"])
                let journal = try await bench.store.read { try $0.journal(of: Sender(1).ref, limit: 100) }
                let alert = try #require(journal.last { $0.cause == "alert poison-message" })
                #expect(alert.note?.contains("3 times") == true)
            }
        }
    }

    @Test func `held messages are delivered one after another, while others go on`() async throws {
        try await TestDatabase.sqlite.withPlace { place in
            try await life(at: place) { bench in
                for number in Int64(1)...4 { try await bench.send(number, ["held\(number)"]) }
                try await bench.leaseAll()
            }
            try await life(at: place) { bench in try await bench.leaseAllOnceMore() }
            try await life(at: place, courier: PlayedCourier(holding: true)) { bench in
                try await bench.delivering {
                    try await bench.until { bench.courier.underWay == 1 }
                    try await bench.send(9, ["new"])
                    try await bench.until { bench.courier.carried.contains("new") }
                    #expect(bench.courier.carried.sorted() == ["held1", "new"])
                    #expect(!bench.isQuiet, "what is held is not settled")
                    bench.courier.answerAll()
                    try await bench.until { bench.isQuiet && bench.courier.carried.count == 5 }
                }
                #expect(bench.courier.carried.filter { $0 != "new" } == ["held1", "held2", "held3", "held4"])
            }
        }
    }

    @Test func `a stop in order leaves no lease, so the next start blames nothing`() async throws {
        try await TestDatabase.sqlite.withStore { store in
            let bench = DeliveryBench(store: store)
            try await bench.delivering { try await bench.send(1, ["a"]) }
            try await bench.leaseAll()
            try await bench.delivering {}

            #expect(try await store.write { try $0.recoverLeases(at: TestTime.start) } == Recovery(parked: [], held: 0))
        }
    }

    @Test func `nothing is delivered before the listeners accept`() async throws {
        try await TestDatabase.sqlite.withStore { store in
            let bench = DeliveryBench(store: store, waitsForListeners: true)
            try await bench.send(1, ["before"])
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await bench.delivery.run() }
                try await bench.send(2, ["meanwhile"])
                #expect(bench.exchange.dispatch.isOpen == false)
                #expect(bench.courier.carried == [])
                bench.exchange.listenersAccept()
                try await bench.until { bench.courier.carried.count == 2 }
                bench.exchange.dispatch.close()
            }
        }
    }

    @Test func `a recipient that does not listen in the first seconds of a start costs no attempt, later it does`()
        async throws
    {
        try await TestDatabase.sqlite.withStore { store in
            let monotonic = SteppedClock()
            let bench = DeliveryBench(store: store, isReal: true, monotonic: monotonic)
            bench.courier.answer("a", .unreachable(reason: "nobody listens"), .unreachable(reason: "nobody listens"))
            try await bench.delivering {
                try await bench.send(1, ["a"])
                try await bench.until { bench.isQuiet && bench.courier.carried.count == 1 }
                #expect(try await bench.rows(of: 1).map(\.attempts) == [0])
                #expect(try await bench.rows(of: 1).map(\.firstAttempt) == [nil])

                monotonic.advance(by: Delivery.startGrace)
                bench.clock.move(to: TestTime.seconds(1))
                bench.exchange.ring()
                try await bench.until { bench.isQuiet && bench.courier.carried.count == 2 }
                #expect(try await bench.rows(of: 1).map(\.attempts) == [1])
            }
        }
    }

    /// One process on a database.
    private func life(
        at place: TestPlace,
        courier: PlayedCourier = PlayedCourier(),
        _ body: (DeliveryBench) async throws -> Void
    ) async throws {
        let store = try place.open()
        try await body(DeliveryBench(store: store, courier: courier))
        try await store.close()
    }
}

extension DeliveryBench {
    /// As a process that has begun to deliver all that is due, and dies.
    fileprivate func leaseAll() async throws {
        _ = try await store.write { try $0.claimLanes(at: TestTime.start, lease: "dead", room: Room(total: 100)) }
    }

    fileprivate func leaseAllOnceMore() async throws {
        _ = try await exchange.recoverDeliveries()
        try await leaseAll()
    }
}
