import Glibc

extension Bench {
    func measureReads() async throws {
        print("\n| clients | orders | bare HTTP/s | raw store/s | reads/s | p50 | p99 | of bare HTTP | load |")
        print("|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
        for count in clients {
            for orders in [1_000, 100_000] {
                let runs = try await ReadBench(orders: orders).run(clients: count, seconds: seconds, runs: runs)
                let (bare, raw, reads) = (Figures.best(runs.bare), Figures.best(runs.raw), Figures.best(runs.reads))
                print(
                    "| \(count) | \(orders) | \(Int(bare.perSecond)) | \(Int(raw.perSecond)) |",
                    "\(Int(reads.perSecond)) | \(reads.text(0.5)) | \(reads.text(0.99)) |",
                    "\(Text.ratio(reads.perSecond / bare.perSecond)) | \(Machine.load) |"
                )
                fflush(nil)
            }
        }
    }

    func measureKCIs() async throws {
        print("\n| raw store/s | arising/s | delivered/s | ratio | p99 at half of that | load |")
        print("|---:|---:|---:|---:|---:|---:|")
        let accept = try await AcceptSample.taken()
        let sample = try await KCISample.taken(accept)
        for _ in 0..<runs {
            let raw = try await RawStoreBench(flushDelay: 0).run(clients: 32, seconds: seconds, each: sample.write)
            let full = try await KCIBench(updates: notifications).run(accept)
            let pace = full.delivered.perSecond * 8 / 7 / 2
            let half = try await KCIBench(updates: notifications, pace: pace).run(accept)
            print(
                "| \(Int(raw.perSecond)) | \(Int(full.arisingPerSecond)) | \(Int(full.delivered.perSecond)) |",
                "\(Text.ratio(full.delivered.perSecond / raw.perSecond)) | \(half.delivered.text(0.99)) |",
                "\(Machine.load) |"
            )
            fflush(nil)
        }
    }

    /// Pairs at the same pace, one with all endpoints answering and one with a hanging one.
    func measureNeighbour() async throws {
        print("\n| updates/s | p99 of seven tenants | with the eighth hanging | ratio | load |")
        print("|---:|---:|---:|---:|---:|")
        let accept = try await AcceptSample.taken()
        let full = try await KCIBench(updates: notifications).run(accept)
        let bench = KCIBench(updates: notifications, pace: full.delivered.perSecond / 2)
        var ratios: [Double] = []
        for _ in 0..<max(runs, 5) {
            let alive = try await bench.run(accept).delivered.quantile(0.99)
            let beside = try await bench.run(accept, hasHangingTenant: true).delivered.quantile(0.99)
            ratios.append(beside / alive)
            print(
                "| \(Int(bench.pace ?? 0)) | \(Text.ratio(alive)) ms | \(Text.ratio(beside)) ms |",
                "\(Text.ratio(beside / alive)) | \(Machine.load) |"
            )
            fflush(nil)
        }
        print("| | | median | \(Text.ratio(ratios.sorted()[ratios.count / 2])) | |")
    }

    /// Pairs: accepts with few orders in the store, and with many.
    func measureManyOrders() async throws {
        print("\n| accepts/s with 10,000 orders | with \(manyOrders) | ratio | load |")
        print("|---:|---:|---:|---:|")
        let few = try await BulkStore.loaded(with: 10_000)
        defer { few.file.remove() }
        let many = try await BulkStore.loaded(with: manyOrders)
        defer { many.file.remove() }
        var ratios: [Double] = []
        for _ in 0..<max(runs, 5) {
            let before = try await AcceptBench(flushDelay: 0, bulk: few).run(clients: 32, seconds: seconds)
            let after = try await AcceptBench(flushDelay: 0, bulk: many).run(clients: 32, seconds: seconds)
            ratios.append(after.perSecond / before.perSecond)
            print(
                "| \(Int(before.perSecond)) | \(Int(after.perSecond)) |",
                "\(Text.ratio(after.perSecond / before.perSecond)) | \(Machine.load) |"
            )
            fflush(nil)
        }
        print("| | median | \(Text.ratio(ratios.sorted()[ratios.count / 2])) | |")
    }
}
