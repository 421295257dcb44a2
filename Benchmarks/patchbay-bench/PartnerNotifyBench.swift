import Adapters
import Domain
import Engine
import Foundation
import Hummingbird
import Storage

/// Durable `notifyJob`s over mutual TLS: the listener, the Installation API, the exchange and the store as the program
/// assembles them, and nothing that delivers or fires timers.
///
/// Each job hears of its engineer, the way, the arrival, and from then on of progress, as a day of visits goes.
struct PartnerNotifyBench {
    private static let jobs: Int64 = 4_000

    func run(clients: Int, seconds: Double) async throws -> Figures {
        try await serving { port, identity, _ in
            let load = TLSLoadGenerator(
                port: port,
                clients: clients,
                identity: identity,
                request: { Self.request($0, port: port) },
                // A refusal has status 200 as well.
                isGood: { status, answer in status == 200 && answer.suffix(6) == [13, 10, 13, 10, 0x7B, 0x7D] }
            )
            return try await load.run(for: .seconds(seconds))
        }
    }

    func serving<Value: Sendable>(
        _ body: @Sendable @escaping (_ port: Int, _ identity: TLSFiles, _ store: any Store) async throws -> Value
    ) async throws -> Value {
        let data = try InstallationData()
        return try await MutualTLSHouse.serving(spell: try JobSample.speller()) { access in
            .partner(id: JobSample.partner, terms: JobSample.terms(access, "https://partner.bench.invalid"))
        } routes: { house, listener in
            let authentication = MutualTLSAuthentication(
                .partner,
                directory: house.exchange.directory,
                unauthorised: Installation.unauthorised
            )
            Installation(exchange: house.exchange, data: data).addRoutes(
                to: listener.router.authenticated(
                    "prod/ftth-installer",
                    as: PartnerContext.self,
                    by: authentication
                )
            )
        } _: { house, port in
            try await Self.dispatch(by: house.exchange)
            return try await body(port, house.identity, house.store)
        }
    }

    /// The jobs that partners tell of, founded in few commits.
    private static func dispatch(by exchange: Exchange) async throws {
        for first in stride(from: Int64(1), through: jobs, by: 500) {
            let packs = try (first..<min(first + 500, jobs + 1)).map { number in
                (ID<InstallationJob>(number * 100 + 1), try JobSample.pack(number, at: exchange.time.now()))
            }
            try await exchange.change(Cause("dispatch", by: "bench")) { change in
                for (id, pack) in packs {
                    try change.tell(.installationJob(id: id, input: .dispatched(pack: pack)))
                }
            }
        }
    }

    /// Request `n`, from 1, as it goes over the wire; the first `spared` jobs are told of nothing.
    static func request(_ number: Int, port: Int, sparing spared: Int64 = 0) -> [UInt8] {
        let told = jobs - spared
        let (round, job) = ((Int64(number) - 1) / told, (Int64(number) - 1) % told + 1 + spared)
        return post(message(round, of: job).bytes(id: Int64(number)), port: port)
    }

    static func post(_ body: [UInt8], port: Int) -> [UInt8] {
        let head = """
            POST /prod/ftth-installer/notifyJob HTTP/1.1\r
            host: localhost:\(port)\r
            content-type: application/json\r
            content-length: \(body.count)\r
            \r

            """
        return Array(head.utf8) + body
    }

    static func message(_ round: Int64, of job: Int64) -> NotifyJob {
        let header = JobHeader(
            reference: "J\(job * 100 + 1)",
            providerJobId: "P-\(job)",
            eventTime: Date(timeIntervalSince1970: 1_800_000_000 + Double(round) * 600),
            sequence: round + 1
        )
        let news: NotifyJob.News =
            switch round {
            case 0: .engineerAssigned(engineer: JobSample.engineer(job))
            case 1: .enRoute(location: JobSample.location, engineer: nil)
            case 2: .onSite(location: JobSample.location, engineer: JobSample.engineer(job))
            case _: .progress
            }
        return NotifyJob(header: header, news: news, answers: news == .progress ? [answer] : [])
    }

    private static let answer = QuestionAnswer(
        question: "Is the fibre at the wall?",
        code: "1100",
        answer: "Yes",
        received: Date(timeIntervalSince1970: 1_800_000_000),
        source: .notifyJob
    )
}

/// Everything that one `notifyJob` over mutual TLS has written, read back: the raw store writes the same under other
/// numbers. Its job is new there, where the product changes one that it has.
struct NotifySample: Sendable {
    let message: LoggedMessage
    let tellings: [OutboxRow]

    static func taken() async throws -> NotifySample {
        try await PartnerNotifyBench().serving { port, identity, store in
            let body = PartnerNotifyBench.message(0, of: 1).bytes(id: 1)
            let head = """
                POST /prod/ftth-installer/notifyJob HTTP/1.1\r
                host: localhost:\(port)\r
                content-type: application/json\r
                content-length: \(body.count)\r
                \r

                """
            let load = TLSLoadGenerator(
                port: port,
                clients: 1,
                identity: identity,
                request: { _ in Array(head.utf8) + body },
                isGood: { status, _ in status == 200 }
            )
            _ = try await load.run(for: .zero)
            return try await store.read { transaction in
                guard let message = try transaction.messages(after: 0, limit: 1).first, let entity = message.entity
                else { throw LoadGenerator.Failure(text: "the sample message left no rows") }
                let rows = try transaction.parcels(of: entity, limit: 10)
                return NotifySample(message: message, tellings: rows.filter { $0.content.recipient == .house })
            }
        }
    }

    func write(_ number: Int64, in transaction: any Transaction) throws {
        let now = message.at
        let key = IdempotencyKey(
            scope: "partner/\(JobSample.partner) installation",
            key: "\(number) notifyJob J\(number * 100 + 1)",
            bodyHash: String(repeating: "a", count: 64)
        )
        guard try transaction.answer(to: key, at: now) == nil else { return }
        let pack = try JobSample.pack(number, at: now)
        var job = InstallationJob(id: ID(number * 100 + 1), pack: pack, at: now)
        _ = try job.hear(.placed(partner: pack.partner), at: now)
        let report = PartnerReport(providerJobId: "P-\(number)", eventTime: now, sequence: 1)
        _ = try job.assign(JobSample.engineer(number), by: report, at: now)
        try transaction.save(job)
        try transaction.journal(
            JournalEntry(
                at: now,
                entity: job.ref,
                cause: "notifyJob ENGINEER_ASSIGNED",
                by: "partner/\(JobSample.partner)",
                before: "created",
                after: job.stateName,
                conversation: job.conversation
            )
        )
        for (place, telling) in tellings.enumerated() {
            var content = telling.content
            content.root = EntityRef(kind: .supplyOrder, number: number)
            content.entity = job.ref
            content.messageID = MessageID(OrderSample.requestID(Int(number) * 10 + place))
            content.conversation = job.conversation
            _ = try transaction.enqueue(content, lease: nil)
        }
        var message = message
        message.entity = job.ref
        message.conversation = job.conversation.rawValue
        message.messageID = String(number)
        try transaction.log(message)
        let answer = StoredAnswer(
            status: 200,
            contentType: "application/json",
            body: message.responseBody,
            bodyHash: key.bodyHash
        )
        try transaction.remember(answer, for: key, until: now + .seconds(7 * 24 * 60 * 60))
    }
}
