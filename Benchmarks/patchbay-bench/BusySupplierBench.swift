import Adapters
import Domain
import Engine
import Foundation
import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import ServiceLifecycle
import Storage
import Synchronization

/// One tenant's orders to a supplier, and beside them, or not, sixty questions of another's that the supplier answers after
/// a second each.
struct BusySupplierBench {
    private static let questions = 60
    private static let ordersASecond = 200.0

    /// - Returns: how long each order took from its commit to its delivery's.
    func run(seconds: Double, hasQuestions: Bool) async throws -> Figures {
        let file = BenchFile()
        defer { file.remove() }
        let store = try SQLiteStore(.file(path: file.path))
        let directory = Directory()
        let exchange = Exchange(store: store, time: .real, ids: .system, directory: directory) {
            try NativeSpelling.spell($0, $1, $2, $3)
        }
        for tenant in [TenantID("ORDERS"), TenantID("ASKS")] {
            let terms = TenantTerms(clients: [], suppliers: ["DUMMY_SUPPLIER"], buyerIdentifier: tenant.rawValue)
            try await exchange.register(.tenant(id: tenant, terms: terms))
        }
        var logger = Logger(label: "bench")
        logger.logLevel = .critical
        let call = try OutboundCall(policy: AddressPolicy(.loopbackOnly), logger: logger)
        let host = try await SlowSupplierHost.listening()
        let connection = NetworkOperator(
            id: "DUMMY_SUPPLIER",
            name: "Dummy",
            supplierAPI: host.url + "/wholesale/v1",
            access: ClientCredentials(
                tokenURL: host.url + "/token",
                clientID: "bench",
                clientSecret: "bench",
                call: call,
                time: .real
            ),
            ticketing: nil,
            catalogue: Catalogue(specifications: []),
            deadline: .seconds(10)
        ).connect(to: exchange)
        guard let supplier = connection.offer.questions[.availability] else { throw Missing() }

        let orders = Int(seconds * Self.ordersASecond)
        let deliveries = Deliveries(of: orders)
        let delivery = Delivery(
            exchange: exchange,
            logger: logger,
            concluded: { deliveries.note($0) },
            couriers: { recipient in if case .supplier = recipient { connection.courier } else { nil } }
        )
        let services = ServiceGroup(services: [delivery], logger: logger)
        async let running: Void = services.run()
        let asking = Task {
            await withDiscardingTaskGroup { group in
                for number in 0..<(hasQuestions ? Self.questions : 0) {
                    group.addTask { await Self.ask(supplier, number) }
                }
            }
        }
        // Until the questions have the connections that they get.
        try await Task.sleep(for: .seconds(1))
        let start = ContinuousClock.now
        try await place(orders, in: exchange)
        let latencies = await deliveries.ended()
        let elapsed = ContinuousClock.now - start
        asking.cancel()
        await asking.value
        await services.triggerGracefulShutdown()
        try await running
        await call.shutdown()
        try await host.close()
        try await store.close()
        return Figures(latencies: latencies, elapsed: elapsed)
    }

    private struct Missing: Error {}

    private static func ask(_ supplier: any SupplierQuestions, _ number: Int) async {
        var round = 0
        while !Task.isCancelled {
            round += 1
            let question = AvailabilityQuestion(
                asker: Asker(
                    tenant: "ASKS",
                    conversation: ConversationID("bench-\(number)"),
                    requestID: MessageID("bench-\(number)-\(round)")
                ),
                address: PremisesAddress(identifier: .init(id: "10090000001", type: "UPRN"))
            )
            // One that finds no connection in time is asked again, as an impatient tenant would.
            _ = try? await supplier.availability(question)
        }
    }

    private func place(_ orders: Int, in exchange: Exchange) async throws {
        let sample = try await AcceptSample.taken()
        let start = ContinuousClock.now
        for number in 1...orders {
            try await Task.sleep(until: start + .seconds(Double(number) / Self.ordersASecond), clock: .continuous)
            try await exchange.change(Cause("bench", by: "bench")) { change in
                let (order, effects) = try ServiceOrder.place(
                    ID(Int64(number)),
                    sample.request,
                    visit: nil,
                    for: "ORDERS",
                    in: ConversationID("bench-\(number)"),
                    at: change.now
                )
                try change.found(order, effects)
            }
        }
    }
}

extension Bench {
    /// Pairs, without the questions and with them.
    func measureBusySupplier() async throws {
        print("\n| orders/s | p99 | beside sixty slow questions | ratio | load |")
        print("|---:|---:|---:|---:|---:|")
        var ratios: [Double] = []
        for pair in 0..<max(runs, 7) {
            // In turn, so that a busy machine is as unkind to one as to the other.
            var p99: [Bool: Double] = [:]
            var perSecond = 0.0
            for hasQuestions in pair % 2 == 0 ? [false, true] : [true, false] {
                let figures = try await BusySupplierBench().run(seconds: seconds, hasQuestions: hasQuestions)
                p99[hasQuestions] = figures.quantile(0.99)
                perSecond = figures.perSecond
            }
            let (alone, beside) = (p99[false, default: 0], p99[true, default: 0])
            ratios.append(beside / alone)
            print(
                "| \(Int(perSecond)) | \(Text.ratio(alone)) ms | \(Text.ratio(beside)) ms |",
                "\(Text.ratio(beside / alone)) | \(Machine.load) |"
            )
            fflush(nil)
        }
        print("| | | median | \(Text.ratio(ratios.sorted()[ratios.count / 2])) | |")
    }
}

/// When each of the orders was delivered, and a wait for the last.
private final class Deliveries: Sendable {
    private let wanted: Int
    private let latencies = Mutex<[Double]>([])
    private let (signal, done) = AsyncStream<Void>.makeStream()

    init(of wanted: Int) { self.wanted = wanted }

    func note(_ row: OutboxRow) {
        guard case .supplier = row.content.recipient else { return }
        let milliseconds = Date().timeIntervalSince(row.content.created) * 1_000
        let isLast = latencies.withLock { latencies in
            latencies.append(milliseconds)
            return latencies.count == wanted
        }
        if isLast { done.finish() }
    }

    func ended() async -> [Double] {
        for await _ in signal {}
        return latencies.withLock { $0 }
    }
}

/// A supplier on one thread that takes every order at once, and thinks about each question for a second.
private final class SlowSupplierHost: Sendable {
    let url: String
    private let group: MultiThreadedEventLoopGroup
    private let channel: any Channel

    private init(_ group: MultiThreadedEventLoopGroup, _ channel: any Channel) {
        self.group = group
        self.channel = channel
        url = "http://127.0.0.1:\(channel.localAddress?.port ?? 0)"
    }

    static func listening() async throws -> SlowSupplierHost {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let channel = try await ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 256)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(Answers())
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        return SlowSupplierHost(group, channel)
    }

    func close() async throws {
        try await channel.close()
        try await group.shutdownGracefully()
    }

    private final class Answers: ChannelInboundHandler {
        typealias InboundIn = HTTPServerRequestPart
        typealias OutboundOut = HTTPServerResponsePart

        private static let references = Counter()
        private var path = ""

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch unwrapInboundIn(data) {
            case .head(let head): path = head.uri
            case .body: break
            case .end where path.hasPrefix("/token"):
                answer(.ok, #"{"access_token":"bench","token_type":"Bearer","expires_in":3600}"#, context)
            case .end where path.contains("/service-orders"):
                let reference = Self.references.next()
                answer(.created, #"{"status":"ACKNOWLEDGED","supplierOrderReference":"S-\#(reference)"}"#, context)
            case .end:
                let context = NIOLoopBound(context, eventLoop: context.eventLoop)
                context.value.eventLoop.assumeIsolated().scheduleTask(in: .seconds(1)) {
                    self.answer(.ok, #"{"serviceSpecifications":[]}"#, context.value)
                }
            }
        }

        private func answer(_ status: HTTPResponseStatus, _ body: String, _ context: ChannelHandlerContext) {
            guard context.channel.isActive else { return }
            let headers: HTTPHeaders = ["content-type": "application/json", "content-length": "\(body.utf8.count)"]
            let head = HTTPResponseHead(version: .http1_1, status: status, headers: headers)
            context.write(wrapOutboundOut(.head(head)), promise: nil)
            context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: body)))), promise: nil)
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        }
    }
}
