import Adapters
import Domain
import Engine
import Foundation
import Hummingbird
import Storage

/// `GET /v1/service-orders/{id}` of orders that are drawn by chance, beside its raw parts: the same listener answering as
/// many bytes from nowhere, and the store alone finding the orders.
struct ReadBench {
    struct Runs {
        var bare: [Figures] = []
        var raw: [Figures] = []
        var reads: [Figures] = []
    }

    let orders: Int

    func run(clients: Int, seconds: Double, runs: Int) async throws -> Runs {
        let bulk = try await BulkStore.loaded(with: orders)
        defer { bulk.file.remove() }
        let orders = orders
        return try await AcceptBench(flushDelay: 0, bulk: bulk).serving { port, token, store in
            let bytes = 900
            var found = Runs()
            let (read, answer) = (
                Self.pattern("/v1/service-orders/#", token, port), Self.pattern("/bare/\(bytes)?#", token, port)
            )
            for _ in 0..<runs {
                let reads = LoadGenerator(port: port, clients: clients, wanted: 200) { number in
                    read.bytes((Int(Self.order(number, of: orders)), 1), (number, 12), (number, 1))
                }
                found.reads.append(try await AcceptBench.onItsOwnThread { try reads.run(for: .seconds(seconds)) })
                let bare = LoadGenerator(port: port, clients: clients, wanted: 200) { number in
                    answer.bytes((number, 1), (number, 12), (number, 1))
                }
                found.bare.append(try await AcceptBench.onItsOwnThread { try bare.run(for: .seconds(seconds)) })
                found.raw.append(try await Self.raw(store, clients: clients, seconds: seconds, orders: orders))
            }
            return found
        }
    }

    /// Spread over all of them, the same in every run.
    private static func order(_ number: Int, of orders: Int) -> Int64 {
        Int64((UInt64(number) &* 0x9E37_79B9_7F4A_7C15) >> 20) % Int64(orders) + 1
    }

    private static func raw(_ store: any Store, clients: Int, seconds: Double, orders: Int) async throws -> Figures {
        let next = Counter()
        let start = ContinuousClock.now
        let latencies = try await withThrowingTaskGroup(of: [Double].self) { group in
            for _ in 0..<clients {
                group.addTask {
                    var latencies: [Double] = []
                    while ContinuousClock.now - start < .seconds(seconds) {
                        let id = ID<ServiceOrder>(order(Int(next.next()), of: orders))
                        let sent = ContinuousClock.now
                        guard try await store.find(id) != nil else {
                            throw LoadGenerator.Failure(text: "no order \(id)")
                        }
                        latencies.append((ContinuousClock.now - sent).inSeconds * 1_000)
                    }
                    return latencies
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        return Figures(latencies: latencies, elapsed: ContinuousClock.now - start)
    }

    private static func pattern(_ path: String, _ token: String, _ port: Int) -> RequestPattern {
        RequestPattern(
            """
            GET \(path) HTTP/1.1\r
            host: 127.0.0.1:\(port)\r
            authorization: Bearer \(token)\r
            x-request-id: \(OrderSample.requestIDPattern)\r
            x-conversation-id: bench-#\r
            accept: application/json\r
            \r

            """
        )
    }
}
