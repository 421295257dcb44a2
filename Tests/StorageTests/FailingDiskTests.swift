import Domain
import TestSupport
import Testing

@testable import Storage

/// A disk that is full or fails: nothing acknowledged is lost, everything else is refused, and it goes on by itself.
@Suite struct FailingDiskTests {
    @Test(arguments: [FaultyDisk.Fault.full, .write])
    func `what cannot be written is refused, and taken again once it can`(fault: FaultyDisk.Fault) async throws {
        try await withStore { store, place, log in
            try await store.save(Probe(1))

            try await FaultyDisk.failing(fault, place.path) {
                for number in Int64(2)...9 {
                    let refusal = await #expect(throws: StoreUnavailable.self) { try await store.save(Probe(number)) }
                    #expect(refusal?.isTrouble == true)
                }
                await #expect(throws: StoreUnavailable.self) { try await store.probe() }
                let found = try await store.find(1)
                #expect(found == Probe(1), "what is there is read on")
            }
            try await store.probe()
            try await store.save(Probe(10))

            #expect(
                log.all.map { $0?.summary } == [
                    fault == .full ? "the disk is full" : "the database cannot be written", nil,
                ]
            )
            try await store.close()
            let reopened = try place.open()
            #expect(try await reopened.read { try $0.census(of: .serviceTest) } == ["new": 2])
            try await reopened.close()
        }
    }

    @Test func `a disk that was full before anybody asked is noticed by looking`() async throws {
        try await withStore { store, place, _ in
            try await FaultyDisk.failing(.full, place.path) {
                await #expect(throws: StoreUnavailable.full) { try await store.probe() }
            }
            try await store.probe()
            try await store.close()
        }
    }

    @Test func `what cannot be read is said as such`() async throws {
        try await withStore { store, place, log in
            for number in Int64(1)...200 {
                try await store.save(Probe(number, lookup: String(repeating: "x", count: 4_000)))
            }
            try await store.close()
            let reopened = try SQLiteStore(.file(path: place.path), options: log.options)

            try await FaultyDisk.failing(.read, place.path) {
                let refusal = await #expect(throws: StoreUnavailable.self) {
                    _ = try await reopened.read { try $0.find(ID<Probe>(7)) }
                }
                #expect(refusal?.summary == "the database cannot be read")
                await #expect(throws: StoreUnavailable.self) { try await reopened.probe() }
            }
            #expect(try await reopened.find(7) == Probe(7, lookup: String(repeating: "x", count: 4_000)))
            try await reopened.probe()
            try await reopened.close()
        }
    }

    @Test func `after a flush that failed nothing is acknowledged any more, and the next start has what was`()
        async throws
    {
        try await withStore { store, place, log in
            try await store.save(Probe(1))

            try await FaultyDisk.failing(.flush, place.path) {
                let refusal = await #expect(throws: StoreUnavailable.self) { try await store.save(Probe(2)) }
                #expect(refusal?.summary == "a flush to disk failed")
            }
            await #expect(throws: StoreUnavailable.self) { try await store.save(Probe(3)) }
            await #expect(throws: StoreUnavailable.self) { try await store.probe() }

            #expect(log.all.map { $0?.summary } == ["a flush to disk failed"], "and never that it is over")
            try await store.close()
            let reopened = try place.open()
            #expect(try await reopened.find(1) == Probe(1))
            #expect(try await reopened.find(3) == nil)
            try await reopened.save(Probe(4))
            try await reopened.close()
        }
    }

    @Test func `a flush that fails while the log is moved into the file is noticed as well`() async throws {
        let place = try TestPlace(database: .sqlite)
        defer { place.clear() }
        let log = TroubleLog()
        try FaultyDisk.install()
        var options = log.options
        options.logPagesMax = 50
        let store = try SQLiteStore(.file(path: place.path), options: options)

        try await FaultyDisk.failing(.flush, place.path, exactly: true) {
            try await store.save(Probe(1, lookup: String(repeating: "x", count: 1_000_000)))
            await #expect(throws: StoreUnavailable.self) { try await store.save(Probe(2)) }
        }

        #expect(log.all.map { $0?.summary } == ["a flush to disk failed"])
        await #expect(throws: StoreUnavailable.self) { try await store.save(Probe(3)) }
        try await store.close()
    }

    @Test func `the writer moves a long log into the file, so that it does not grow for ever`() async throws {
        let place = try TestPlace(database: .sqlite)
        defer { place.clear() }
        var options = SQLiteStore.Options()
        options.logPagesMax = 100
        let store = try SQLiteStore(.file(path: place.path), options: options)
        let large = String(repeating: "x", count: 100_000)

        for number in Int64(1)...100 { try await store.save(Probe(number, lookup: large)) }

        #expect(try place.bytes("-wal").count < 2_000_000, "of 20 MB that were written")
        try await store.close()
    }

    private func withStore(_ body: (SQLiteStore, TestPlace, TroubleLog) async throws -> Void) async throws {
        try FaultyDisk.install()
        let place = try TestPlace(database: .sqlite)
        defer { place.clear() }
        let log = TroubleLog()
        try await body(try SQLiteStore(.file(path: place.path), options: log.options), place, log)
    }
}
