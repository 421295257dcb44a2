import Adapters
import ArgumentParser
import Glibc
import Metrics

/// Measures what the house does a second, beside its raw parts, in one run (docs/performance.md).
@main
struct Bench: AsyncParsableCommand {
    enum Part: String, CaseIterable, ExpressibleByArgument {
        case accepts, reads, kcis, neighbour, orders, journeys, start
        case soapParse = "soap-parse"
        case soapAccepts = "soap-accepts"
        case ticketNotifications = "ticket-notifications"
        case jobsDispatch = "jobs-dispatch"
        case partnerNotifications = "partner-notifications"
        case heavyJob = "heavy-job"
        case busySupplier = "busy-supplier"
    }

    static let configuration = CommandConfiguration(
        commandName: "patchbay-bench",
        abstract: "Durable accepts, whole journeys, memory and start, and the same of tickets and jobs, as tables."
    )

    @Option(help: "Only these; may be given several times.")
    var only: [Part] = Part.allCases

    @Option(help: "How many clients at once; may be given several times.")
    var clients: [Int] = [1, 32, 256]

    @Option(help: "Milliseconds that each flush takes longer; may be given several times.")
    var flush: [Int] = [0, 2]

    @Option(help: "Runs of each measure, of which the best is shown.")
    var runs = 3

    @Option(help: "Seconds that a measure of accepts takes.")
    var seconds = 5.0

    @Option(help: "Whole order journeys to walk.")
    var journeys = 500

    @Option(help: "The program to start for journeys and start.")
    var program = ".build/release/patchbay"

    @Option(help: "How many orders are many.")
    var manyOrders = 10_000_000

    @Option(help: "Notifications, or jobs, of a measure of them.")
    var notifications = 8_000

    func run() async throws {
        MetricsSystem.bootstrap(PrometheusMetrics())
        for part in only {
            switch part {
            case .accepts: try await measureAccepts()
            case .reads: try await measureReads()
            case .kcis: try await measureKCIs()
            case .neighbour: try await measureNeighbour()
            case .orders: try await measureManyOrders()
            case .journeys: try await measureJourneys()
            case .start: try await measureStart()
            case .soapParse: try measureSoapParse()
            case .soapAccepts: try await measureSoapAccepts()
            case .ticketNotifications: try await measureTicketNotifications()
            case .jobsDispatch: try await measureJobsDispatch()
            case .partnerNotifications: try await measurePartnerNotifications()
            case .heavyJob: try await measureHeavyJob()
            case .busySupplier: try await measureBusySupplier()
            }
        }
    }

    private func measureAccepts() async throws {
        print("| clients | flush | raw store/s | p99 | accepts/s | p50 | p99 | ratio | load |")
        print("|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
        for delay in flush {
            for count in clients {
                var raw: [Figures] = []
                var accepts: [Figures] = []
                // In turn, so that a busy machine is as unkind to one as to the other.
                for _ in 0..<runs {
                    accepts.append(try await AcceptBench(flushDelay: delay).run(clients: count, seconds: seconds))
                    raw.append(try await RawStoreBench(flushDelay: delay).run(clients: count, seconds: seconds))
                }
                let (store, http) = (Figures.best(raw), Figures.best(accepts))
                print(
                    "| \(count) | +\(delay) ms | \(Int(store.perSecond)) | \(store.text(0.99)) | \(Int(http.perSecond)) |",
                    "\(http.text(0.5)) | \(http.text(0.99)) | \(Text.ratio(http.perSecond / store.perSecond)) |",
                    Machine.load,
                    "|"
                )
                fflush(nil)
            }
        }
    }

    private func measureJourneys() async throws {
        print("\n| whole journeys | journeys/s | messages/s | placing | carrying | load |")
        print("|---:|---:|---:|---:|---:|---:|")
        for _ in 0..<runs {
            let walk = try await JourneyBench(program: program).run(journeys, clients: 32)
            print(
                "| \(walk.completed) of \(journeys) | \(Text.ratio(walk.perSecond)) | \(Int(walk.messagesPerSecond)) |",
                "\(Text.ratio(walk.placing)) s | \(Text.ratio(walk.carrying)) s | \(Machine.load) |"
            )
            fflush(nil)
        }
    }

    private func measureStart() async throws {
        print("\n| idle memory | open lanes | start to ready | load |")
        print("|---:|---:|---:|---:|")
        let start = try await StartBench(program: program).run(lanes: 1_000, starts: runs)
        print("| \(start.idleMegabytes) MB | \(start.lanes) | \(start.milliseconds) ms | \(Machine.load) |")
    }
}
