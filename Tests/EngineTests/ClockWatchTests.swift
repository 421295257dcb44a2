import Domain
import FoundationEssentials
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Engine

/// A wall clock that is set makes no wait longer or shorter.
@Suite struct ClockWatchTests {
    @Test func `a clock that goes as time goes was not set`() {
        let world = World()
        let watch = world.watch

        world.pass(.seconds(30))

        #expect(watch.look() == nil)
    }

    @Test func `slewing is no step, however long it goes on`() {
        let world = World()
        let watch = world.watch

        for _ in 1...100 {
            world.pass(.seconds(1))
            world.set(by: .milliseconds(-500))
            #expect(watch.look() == nil)
        }
    }

    @Test func `a clock that was set back is told of once, with the earlier moment`() {
        let world = World()
        let watch = world.watch
        world.pass(.seconds(5))
        world.set(by: .seconds(-3_600))

        #expect(watch.look() == ClockWatch.Step(by: .seconds(-3_600), from: TestTime.seconds(5 - 3_600)))
        #expect(watch.look() == nil)
    }

    @Test func `a clock that was set forward is told of, with the moment before`() {
        let world = World()
        let watch = world.watch
        world.pass(.seconds(5))
        world.set(by: .seconds(3_600))

        #expect(watch.look() == ClockWatch.Step(by: .seconds(3_600), from: TestTime.seconds(5)))
    }

    @Test func `a step of which nothing could be made is found again`() throws {
        let world = World()
        let watch = world.watch
        world.set(by: .seconds(-3_600))

        let step = try #require(watch.look())
        watch.forget(step)

        #expect(watch.look() == step)
    }

    @Test func `a virtual clock is turned on purpose`() {
        let clock = TestTime.clock()
        let watch = ClockWatch(time: clock.source)
        clock.move(to: TestTime.seconds(86_400))

        #expect(watch.look() == nil)
    }

    @Test(arguments: TestDatabase.allCases)
    func `after an hour back a retry and a short timer wait no longer than they would have`(
        database: TestDatabase
    ) async throws {
        try await database.withStore { store in
            let world = World()
            let bench = DeliveryBench(store: store, time: world.time, clockWatch: world.watch)
            bench.courier.answer("a", .retry(reason: "no", after: .seconds(30)))
            try await bench.send(1, ["a"])
            while await bench.delivery.step() > 0 {}
            let wait = TimerKey(entity: EntityRef(kind: .lineTest, number: 1), alarm: LineTest.Alarm.measured.rawValue)
            let visit = TimerKey(
                entity: EntityRef(kind: .installationJob, number: 1),
                alarm: InstallationJob.Alarm.noWord.rawValue
            )
            try await store.write { transaction in
                try transaction.arm(wait, at: TestTime.seconds(60))
                try transaction.arm(visit, at: TestTime.seconds(60))
            }

            world.set(by: .seconds(-3_600))
            await bench.exchange.followClock()

            let later = TestTime.seconds(60 - 3_600)
            #expect(try await store.read { try $0.dueTimers(at: later, limit: 10) }.map(\.key) == [wait])
            #expect(try await store.read { try $0.dueTimers(at: later - 1, limit: 10) }.isEmpty)
            world.pass(.seconds(40))
            #expect(await bench.delivery.step() == 1)
            #expect(bench.courier.carried == ["a", "a"])
        }
    }

    @Test(arguments: TestDatabase.allCases)
    func `what was due before the clock was set stays due`(database: TestDatabase) async throws {
        try await database.withStore { store in
            let world = World()
            let bench = DeliveryBench(store: store, time: world.time, clockWatch: world.watch)
            let wait = TimerKey(entity: EntityRef(kind: .lineTest, number: 1), alarm: LineTest.Alarm.measured.rawValue)
            try await store.write { try $0.arm(wait, at: TestTime.seconds(-10)) }

            world.set(by: .seconds(-3_600))
            await bench.exchange.followClock()

            let now = world.time.now()
            #expect(try await store.read { try $0.dueTimers(at: now, limit: 10) }.map(\.key) == [wait])
        }
    }

    @Test func `every alarm either ends a wait or stands at a moment that others know`() {
        let waits = Exchange.waits
        #expect(Set(waits).count == waits.count)
        #expect(waits.contains(WaitKey(kind: .serviceOrder, alarm: ServiceOrder.Alarm.release.rawValue)))
        #expect(waits.contains(WaitKey(kind: .reservation, alarm: Reservation.Alarm.unanswered.rawValue)))
        #expect(!waits.contains(WaitKey(kind: .reservation, alarm: Reservation.Alarm.expires.rawValue)))
        #expect(!waits.contains(WaitKey(kind: .installationJob, alarm: InstallationJob.Alarm.noWord.rawValue)))
    }
}

/// A machine with a clock that can be set.
private final class World: Sendable {
    private let wall = Mutex(TestTime.start)
    private let passed = SteppedClock()

    var time: TimeSource { TimeSource(isVirtual: false) { self.wall.withLock { $0 } } }
    var watch: ClockWatch { ClockWatch(time: time, monotonic: { self.passed.now }) }

    func pass(_ duration: Duration) {
        passed.advance(by: duration)
        set(by: duration)
    }

    func set(by duration: Duration) { wall.withLock { $0 = $0 + duration } }
}
