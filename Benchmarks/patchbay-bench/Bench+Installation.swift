import Glibc

extension Bench {
    /// Pairs, one with all partners alive and one with a dead one, so that a busy machine is unkind to both.
    func measureJobsDispatch() async throws {
        print(
            "\n| raw store/s | dispatched/s | delivered/s | ratio | dispatched/s, one of 8 dead | delivered/s | ratio | load |"
        )
        print("|---:|---:|---:|---:|---:|---:|---:|---:|")
        let sample = try await DispatchSample.taken()
        let bench = JobDispatchBench(jobs: notifications)
        var ratios: [Double] = []
        for _ in 0..<max(runs, 5) {
            let raw = try await RawStoreBench(flushDelay: 0).run(clients: 32, seconds: seconds, each: sample.write)
            let alive = try await bench.run(hasDeadPartner: false)
            let dead = try await bench.run(hasDeadPartner: true)
            ratios.append(dead.deliveredPerSecond / alive.deliveredPerSecond)
            print(
                "| \(Int(raw.perSecond)) | \(Int(alive.dispatchedPerSecond)) | \(Int(alive.deliveredPerSecond)) |",
                "\(Text.ratio(alive.dispatchedPerSecond / raw.perSecond)) | \(Int(dead.dispatchedPerSecond)) |",
                "\(Int(dead.deliveredPerSecond)) | \(Text.ratio(ratios[ratios.count - 1])) | \(Machine.load) |"
            )
            fflush(nil)
        }
        print("| | | | | | median | \(Text.ratio(ratios.sorted()[ratios.count / 2])) | |")
    }

    func measurePartnerNotifications() async throws {
        print("\n| mutual TLS, clients | raw store/s | p99 | notifyJob/s | p50 | p99 | ratio | load |")
        print("|---:|---:|---:|---:|---:|---:|---:|---:|")
        let sample = try await NotifySample.taken()
        for count in clients {
            var raw: [Figures] = []
            var taken: [Figures] = []
            for _ in 0..<runs {
                taken.append(try await PartnerNotifyBench().run(clients: count, seconds: seconds))
                raw.append(
                    try await RawStoreBench(flushDelay: 0).run(clients: count, seconds: seconds) {
                        try sample.write($0, in: $1)
                    }
                )
            }
            let (store, wire) = (Figures.best(raw), Figures.best(taken))
            print(
                "| \(count) | \(Int(store.perSecond)) | \(store.text(0.99)) | \(Int(wire.perSecond)) |",
                "\(wire.text(0.5)) | \(wire.text(0.99)) | \(Text.ratio(wire.perSecond / store.perSecond)) |",
                "\(Machine.load) |"
            )
            fflush(nil)
        }
    }
}
