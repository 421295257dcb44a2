import Glibc

extension Bench {
    func measureSoapParse() throws {
        print("\n| enveloped addFaultReport | understood/s | bare libxml2/s | ratio | load |")
        print("|---:|---:|---:|---:|---:|")
        let bench = try SoapParseBench()
        for _ in 0..<runs {
            let result = try bench.run(seconds: seconds)
            print(
                "| \(result.bytes) bytes | \(Int(result.understoodPerSecond)) | \(Int(result.barePerSecond)) |",
                "\(Text.ratio(result.ratio)) | \(Machine.load) |"
            )
            fflush(nil)
        }
    }

    func measureSoapAccepts() async throws {
        print("\n| mutual TLS, clients | raw store/s | p99 | reports/s | p50 | p99 | ratio | load |")
        print("|---:|---:|---:|---:|---:|---:|---:|---:|")
        let sample = try await ReportSample.taken()
        for count in clients {
            var raw: [Figures] = []
            var accepts: [Figures] = []
            for _ in 0..<runs {
                accepts.append(try await SoapAcceptBench().run(clients: count, seconds: seconds))
                raw.append(
                    try await RawStoreBench(flushDelay: 0).run(clients: count, seconds: seconds) {
                        try sample.write($0, in: $1)
                    }
                )
            }
            let (store, soap) = (Figures.best(raw), Figures.best(accepts))
            print(
                "| \(count) | \(Int(store.perSecond)) | \(store.text(0.99)) | \(Int(soap.perSecond)) |",
                "\(soap.text(0.5)) | \(soap.text(0.99)) | \(Text.ratio(soap.perSecond / store.perSecond)) |",
                "\(Machine.load) |"
            )
            fflush(nil)
        }
    }

    /// Pairs, one with all buyers alive and one with a dead one, so that a busy machine is unkind to both.
    func measureTicketNotifications() async throws {
        print("\n| arising/s | delivered/s | arising/s, one of 8 buyers dead | delivered/s | ratio | load |")
        print("|---:|---:|---:|---:|---:|---:|")
        let bench = NotificationBench(notifications: notifications)
        var ratios: [Double] = []
        for _ in 0..<max(runs, 5) {
            let alive = try await bench.run(hasDeadBuyer: false)
            let dead = try await bench.run(hasDeadBuyer: true)
            ratios.append(dead.deliveredPerSecond / alive.deliveredPerSecond)
            print(
                "| \(Int(alive.arisingPerSecond)) | \(Int(alive.deliveredPerSecond)) | \(Int(dead.arisingPerSecond)) |",
                "\(Int(dead.deliveredPerSecond)) | \(Text.ratio(ratios[ratios.count - 1])) | \(Machine.load) |"
            )
            fflush(nil)
        }
        print("| | | | median | \(Text.ratio(ratios.sorted()[ratios.count / 2])) | |")
    }
}
