import Domain
import Engine
import Foundation
import Formats
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Storage
import Synchronization
import Testing

@testable import Adapters

/// Orders, their jobs and the desk over the real engine, with partners that answer as they are told.
struct JobDeskBench: Sendable {
    /// A Monday in March, 09:00 in London.
    static let start = Date(timeIntervalSince1970: 1_772_442_000)
    /// The Thursday of that week, 08:00 to 13:00.
    static let day = CivilDate(daysSince1970: LondonTime.day(at: start).daysSince1970 + 3)

    let exchange: Exchange
    let clock: VirtualClock
    let timers: Timers
    let delivery: Delivery
    let partners: ScriptedPartners
    let log: AlertLog
    let folder: URL
    let client: any TestClientProtocol

    /// - Parameter couriers: who carries; `nil`: the scripted partners.
    static func with<Value: Sendable>(
        _ terms: [PartnerID: PartnerTerms] = ["PARTNER1": .open(), "PARTNER2": .open()],
        clock: VirtualClock = VirtualClock(startingAt: start),
        ids: IDSource = .system,
        couriers: (@Sendable (Directory) -> any Courier)? = nil,
        _ body: @escaping @Sendable (JobDeskBench) async throws -> Value
    ) async throws -> Value {
        let store = try SQLiteStore(.temporary)
        let partners = ScriptedPartners()
        let log = AlertLog()
        let data = try InstallationData()
        let logger = Logger(label: "test") { _ in AlertLogHandler(log: log) }
        // One lane after another, so that a seed is the same run every time.
        var limits = Dispatch.Limits()
        limits.claimMax = 1
        let exchange = Exchange(
            store: store,
            time: clock.source,
            ids: ids,
            directory: Directory(),
            limits: limits,
            logger: logger
        ) { message, recipient, sender, context in
            switch recipient {
            case .partner:
                Installation.spell(message, to: recipient, from: sender, with: data, context) ?? .json([])
            case .tenant, .supplier, .customer, .buyer, .dispatcher, .objects, .desk, .house: .json([])
            }
        }
        for (id, terms) in terms { try await exchange.register(.partner(id: id, terms: terms)) }
        let courier = couriers?(exchange.directory) ?? partners
        let router = Router()
        let folder = FileManager.default.temporaryDirectory.appending(path: "bucket-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let bucket = Buckets.Bucket(name: "job-files", store: DirectoryObjectStore(at: folder.path))
        let objects = ObjectCourier(buckets: Buckets { _ in bucket })
        let fetch: FetchFile = { _, text in
            guard let path = ObjectPath(text, in: bucket.name) else { return .absent }
            return await bucket.store.read(path).map(FetchedFile.content) ?? .absent
        }
        JobDesk(exchange: exchange, book: AppointmentBook(town: .samples), fetch: fetch)
            .add(to: router.group("operator/v1")) { _ in "desk" }
        Partners(exchange: exchange).add(to: router.group("operator/v1")) { _ in "desk" }
        let installation = Installation(exchange: exchange, data: data)
        router.post("prod/ftth-installer/{partner}/{method}") { request, context in
            try await installation.receive(
                request,
                pathMethod: context.parameters.get("method"),
                from: PartnerID(try context.parameters.require("partner")),
                requestID: context.id,
                logger: context.logger
            )
        }
        let value = try await Application(router: router).test(.router) { client in
            try await body(
                JobDeskBench(
                    exchange: exchange,
                    clock: clock,
                    timers: Timers(exchange: exchange, logger: logger),
                    delivery: Delivery(exchange: exchange, logger: logger) { recipient in
                        if case .objects = recipient { objects } else { courier }
                    },
                    partners: partners,
                    log: log,
                    folder: folder,
                    client: client
                )
            )
        }
        try await store.close()
        return value
    }

    /// An order whose visit is agreed for the Thursday morning, committed, and its job dispatched.
    ///
    /// - Returns: the reference of its job.
    @discardableResult
    func givenOrder(_ number: Int64, at uprn: Int64 = 10_090_000_001) async throws -> String {
        try await found(number, at: uprn, slot: try #require(SlotCalendar.slots(on: Self.day).first))
        await advance(by: 60)
        return "J\(number * 100 + 1)"
    }

    /// An order that will be committed in a minute.
    func found(
        _ number: Int64,
        at uprn: Int64,
        slot: TimeSlot,
        asking partner: PartnerID = "PARTNER1",
        headEnd: [HeadEndAnswer]? = nil
    ) async throws {
        var pace = Pace.timetable
        pace.headEnd = headEnd
        let premises = try #require(Town.samples.premises(uprn: uprn))
        let request = SupplyRequest(
            customer: "GATEWAY",
            tenant: "TENANT1",
            customerReference: "\(number)",
            conversation: "conversation-1",
            address: PremisesAddress(identifier: .init(id: "\(uprn)", type: "UPRN")),
            addressLines: premises.lines,
            postcode: premises.postcode,
            specification: ServiceSpecification(id: "ftthl2r"),
            contact: Contact(name: "Asha Example", phoneNumber: "+44 20 7946 0000"),
            visit: .init(appointment: ID(900_000 + number), key: "KEY\(number)", slot: slot),
            partner: partner,
            pace: pace
        )
        try await exchange.change(Cause("test", by: "test")) { change in
            var order = SupplyOrder(id: ID(number), request: request, at: change.now)
            let effects = try order.acknowledge(at: change.now)
            try change.found(order, effects)
        }
    }

    /// Leaves a file in the bucket that operator and partners share.
    func leave(_ text: String, at key: String) throws {
        let file = folder.appending(path: key)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    func settle() async {
        var isBusy = true
        while isBusy {
            let fired = await timers.step()
            let tried = await delivery.step()
            isBusy = fired + tried > 0
        }
    }

    func advance(by seconds: TimeInterval) async {
        clock.move(to: clock.now + seconds)
        await settle()
    }

    /// The clock stands so many minutes after the Thursday's slot began.
    func goToSlot(plusMinutes minutes: Double = 0) async throws {
        let slot = try #require(SlotCalendar.slots(on: Self.day).first)
        await advance(by: slot.start.timeIntervalSince(clock.now) + minutes * 60)
    }

    func job(_ reference: String) async throws -> InstallationJob {
        let id = try #require(InstallationJob.id(reference: reference))
        return try #require(try await exchange.read { try $0.find(id) })
    }

    func order(_ number: Int64) async throws -> SupplyOrder {
        try #require(try await exchange.read { try $0.find(ID<SupplyOrder>(number)) })
    }

    /// What a partner says of a job; the answer's JSON-RPC error, if it is one.
    @discardableResult
    func say(
        _ news: NotifyJob.News,
        of reference: String,
        by partner: PartnerID = "PARTNER1",
        answers: [QuestionAnswer] = [],
        id: Int64
    ) async throws -> Int64? {
        let header = JobHeader(reference: reference, providerJobId: "P-\(partner)", eventTime: clock.now)
        let message = NotifyJob(header: header, news: news, answers: answers)
        return try await post("notifyJob", message.bytes(id: id), by: partner)
    }

    @discardableResult
    func close(
        _ reference: String,
        _ code: String,
        secondary: String? = nil,
        by partner: PartnerID = "PARTNER1",
        id: Int64
    ) async throws -> Int64? {
        let answer = QuestionAnswer(question: "Q", code: "1", answer: "A", received: clock.now, source: .closeJob)
        let closing = ClosingReport(
            code: ClosureCode(code),
            secondary: secondary,
            secondaryDescription: secondary.map { _ in "why" },
            closedAt: clock.now,
            answers: [answer]
        )
        let header = JobHeader(reference: reference, providerJobId: "P-\(partner)", eventTime: clock.now)
        let error = try await post("closeJob", CloseJob(header: header, closing: closing).bytes(id: id), by: partner)
        await settle()
        return error
    }

    /// What a partner sends, and the text that it is answered.
    func postRaw(_ method: String, _ body: [UInt8], by partner: PartnerID) async throws -> String {
        let path = "/prod/ftth-installer/\(partner)/\(method)"
        return try await send(path, .post, String(decoding: body, as: UTF8.self)).text
    }

    private func post(_ method: String, _ body: [UInt8], by partner: PartnerID) async throws -> Int64? {
        let text = try await postRaw(method, body, by: partner)
        return try JSONDocument(parsing: text).root["error"]?["code"]?.integer.map { Int64($0) }
    }

    struct Reply: Sendable {
        let status: Int
        let text: String
        let link: String?
    }

    func get(_ path: String, accept: String = "application/json") async throws -> Reply {
        try await send("/operator/v1/\(path)", .get, nil, [.accept: accept])
    }

    func act(_ reference: String, _ action: String, _ body: String = "", requestID: String? = nil) async throws -> Reply
    {
        let reply = try await actUnsettled(reference, action, body, requestID: requestID)
        await settle()
        return reply
    }

    /// The same, and nothing that follows from it has been carried yet.
    func actUnsettled(
        _ reference: String,
        _ action: String,
        _ body: String = "",
        requestID: String? = nil
    ) async throws -> Reply {
        var headers = HTTPFields()
        headers[.requestID] = requestID
        return try await send("/operator/v1/jobs/\(reference)/\(action)", .post, body, headers)
    }

    private func send(_ path: String, _ method: HTTPRequest.Method, _ body: String?, _ headers: HTTPFields = [:])
        async throws -> Reply
    {
        var headers = headers
        headers[.contentType] = "application/json"
        return try await client.execute(
            uri: path,
            method: method,
            headers: headers,
            body: body.map { ByteBuffer(string: $0) }
        ) { Reply(status: $0.status.code, text: String(buffer: $0.body), link: $0.headers[.known("Link")]) }
    }
}

/// Carries to everybody: partners take what they get, but as they were told to.
final class ScriptedPartners: Courier {
    enum Manner: Sendable { case takes, declines, isAway, refusesCancellation }

    private struct State {
        var manners: [PartnerID: Manner] = [:]
        var heard: [String] = []
    }

    private let state = Mutex(State())

    /// `PARTNER1 createJob`, in order.
    var heard: [String] { state.withLock { $0.heard } }

    func make(_ partner: PartnerID, _ manner: Manner) { state.withLock { $0.manners[partner] = manner } }

    func carry(_ parcel: Parcel) async -> Delivered {
        guard let partner = parcel.recipient.partner else { return Delivered(.delivered()) }
        let manner = state.withLock { state in
            state.heard.append("\(partner) \(parcel.message.operation)")
            return state.manners[partner] ?? .takes
        }
        let reply: String
        switch (manner, parcel.message) {
        case (.isAway, _):
            return Delivered(.retry(reason: "nobody listens there"))
        case (.declines, .jobCreated):
            reply = #"{"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"no engineer"}}"#
        case (.refusesCancellation, .jobCancelled):
            reply = #"{"jsonrpc":"2.0","id":1,"error":{"code":-32002,"message":"on site"}}"#
        case (_, _):
            reply = #"{"providerJobId":"P-\#(partner)"}"#
        }
        var warnings: [String] = []
        let response = OutboundResponse(status: 200, body: Array(reply.utf8))
        return Delivered(PartnerCourier.judge(.success(response), of: parcel, warnings: &warnings))
    }
}

extension PartnerTerms {
    static func open(coverage: Coverage? = nil, jobsPerDay: Int? = nil) -> PartnerTerms {
        PartnerTerms(
            access: MutualTLSTerms(certificateFingerprints: [], sources: []),
            endpoint: Endpoint(url: "https://partner.invalid"),
            coverage: coverage,
            jobsPerDayMax: jobsPerDay
        )
    }
}

/// Which alerts were logged, in order.
final class AlertLog: Sendable {
    private let kinds = Mutex<[String]>([])

    var alerts: [String] { kinds.withLock { $0 } }

    fileprivate func note(_ kind: String) { kinds.withLock { $0.append(kind) } }
}

private struct AlertLogHandler: LogHandler {
    let log: AlertLog
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.warning

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        if let kind = event.metadata?["pb-alert"] { log.note("\(kind)") }
    }
}
