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
import Testing

@testable import Adapters

/// The Ticketing API, the desk's and the gateway's inbox over the real engine, on a clock that tests turn.
struct TicketingBench: Sendable {
    static let start = Date(timeIntervalSince1970: 1_800_000_000)
    static let buyer = BuyerID("harbour-telecom")
    static let rival = BuyerID("moor-broadband")
    static let terms = BuyerTerms(
        access: MutualTLSTerms(certificateFingerprints: ["aa"], sources: ["127.0.0.1/32"]),
        buyerIdentifiers: ["HARBOUR1"],
        notifications: Endpoint(url: "https://buyer.invalid/notifications")
    )
    static let rivalTerms = BuyerTerms(
        access: MutualTLSTerms(certificateFingerprints: ["bb"], sources: ["127.0.0.1/32"]),
        buyerIdentifiers: ["MOOR1"],
        notifications: Endpoint(url: "https://rival.invalid/notifications"),
        usesEnvelope: true,
        brokenXMLStatus: 400
    )

    let exchange: Exchange
    let clock: VirtualClock
    let timers: Timers
    let client: any TestClientProtocol
    let schemas: TicketingSchemas
    let files: FileShelf

    /// Which buyer's certificate a request has: a header stands in for it.
    static let certificate = HTTPField.Name("X-Test-Certificate") ?? .accept
}

struct BenchContextHolder: RequestContext {
    var coreContext: CoreRequestContextStorage
    var certificate = "harbour"
    init(source: ApplicationRequestContextSource) { coreContext = .init(source: source) }
}

struct ReadCertificate: RouterMiddleware {
    typealias Context = BenchContextHolder
    func handle(
        _ request: Request,
        context: BenchContextHolder,
        next: (Request, BenchContextHolder) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.certificate = request.headers[TicketingBench.certificate] ?? "harbour"
        return try await next(request, context)
    }
}

func withTicketing(
    _ location: SQLiteStore.Location = .temporary,
    terms: BuyerTerms = TicketingBench.terms,
    at start: Date = TicketingBench.start,
    engineersPerSlot: Int = Town.samples.engineersPerSlot,
    speller: Speller? = nil,
    _ body: @escaping @Sendable (TicketingBench) async throws -> Void
) async throws {
    let store = try SQLiteStore(location)
    let clock = VirtualClock(startingAt: start)
    let directory = Directory()
    let logger = Logger(label: "test")
    var town = Town.samples
    town.engineersPerSlot = engineersPerSlot
    let exchange = Exchange(
        store: store,
        time: clock.source,
        ids: .system,
        directory: directory,
        spell: speller ?? TicketingBench.speller(directory)
    )
    try await exchange.register(.buyer(id: TicketingBench.buyer, terms: terms))
    try await exchange.register(.buyer(id: TicketingBench.rival, terms: TicketingBench.rivalTerms))
    let schemas = try TicketingSchemas()
    let shelf = FileManager.default.temporaryDirectory.appending(path: "patchbay-files-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: shelf) }
    let files = try FileShelf(at: shelf)
    let router = Router(context: BenchContextHolder.self)
    router.add(middleware: ReadCertificate())
    Ticketing(
        exchange: exchange,
        book: AppointmentBook(town: town),
        pace: .timetable,
        schemas: schemas,
        files: files,
        publicURL: "https://operator.invalid",
        logger: logger
    ).add(to: router.group("/prod/api2")) { context in
        context.certificate == "rival"
            ? TicketingBuyer(id: TicketingBench.rival, terms: TicketingBench.rivalTerms)
            : TicketingBuyer(id: TicketingBench.buyer, terms: terms)
    }
    NetworkDesk(exchange: exchange, files: files).add(to: router.group("/operator/v1")) { _ in "desk" }
    NotificationInbox(exchange: exchange, schemas: schemas, logger: logger)
        .add(to: router.group("/buyer/notifications")) { _ in SupplierID("DUMMY_SUPPLIER") }
    try await Application(router: router).test(.router) { client in
        let timers = Timers(exchange: exchange, logger: logger)
        try await body(
            TicketingBench(
                exchange: exchange,
                clock: clock,
                timers: timers,
                client: client,
                schemas: schemas,
                files: files
            )
        )
    }
    try await store.close()
}

extension TicketingBench {
    static func speller(_ directory: Directory) -> Speller {
        { message, recipient, sender, context in
            switch (message, recipient, sender) {
            case (.faultNotification(let notification), .buyer(let buyer), let ticket as FaultReport):
                NotifyFaultReportUpdate.spelling(
                    of: notification,
                    about: ticket,
                    to: directory.buyer(buyer),
                    context
                )
            case (.deskNews(let news), .desk, let ticket as FaultReport):
                DeskCourier.spelling(of: news, about: ticket, context)
            case (let message, .supplier, let problem as ServiceProblem):
                CityFibreSOAP.spelling(of: message, from: problem, context) ?? .json([])
            case _:
                .json([])
            }
        }
    }

    struct Reply: Sendable {
        let status: Int
        let text: String
        let contentType: String?
        var link: String?
        var retryAfter: String?

        /// The answer's element, out of its envelope if it came in one.
        var element: XMLElement {
            get throws { try SOAPEnvelope.open(XMLDocument(parsing: text)).body }
        }
        var isEnveloped: Bool { text.contains("soap:Envelope") }
        func value(_ name: String) throws -> String? { try element.text(of: name) }

        /// The answer's fault, and the receipt in its detail: its name, code and status.
        var fault: (code: SOAPFault.Code, text: String, receipt: String?) {
            get throws {
                let element = try element
                let fault = try #require(SOAPFault(element), "\(text)")
                let receipt = element.first("detail")?.children.first { $0.first("responseCode") != nil }
                let words = receipt.map { [$0.name, $0.text(of: "responseCode"), $0.text(of: "status")] }
                return (fault.code, fault.text, words?.compactMap(\.self).joined(separator: " "))
            }
        }
    }

    func post(
        _ path: String,
        _ body: String,
        as certificate: String = "harbour",
        headers: HTTPFields = [:]
    ) async throws -> Reply {
        var headers = headers
        headers[Self.certificate] = certificate
        headers[.contentType] = headers[.contentType] ?? "text/xml"
        return try await send(path, .post, headers, body)
    }

    func get(_ path: String, headers: HTTPFields = [:]) async throws -> Reply {
        try await send(path, .get, headers, nil)
    }

    private func send(_ path: String, _ method: HTTPRequest.Method, _ headers: HTTPFields, _ body: String?) async throws
        -> Reply
    {
        try await client.execute(
            uri: path,
            method: method,
            headers: headers,
            body: body.map { ByteBuffer(string: $0) }
        ) { response in
            Reply(
                status: response.status.code,
                text: String(buffer: response.body),
                contentType: response.headers[.contentType],
                link: response.headers[.known("Link")],
                retryAfter: response.headers[.retryAfter]
            )
        }
    }

    func call(_ operation: String, _ body: String, as certificate: String = "harbour") async throws -> Reply {
        try await post("/prod/api2/\(operation)", body, as: certificate)
    }

    /// Fires what is due, until nothing is.
    func settle() async {
        while await timers.step() > 0 {}
    }

    func advance(_ seconds: TimeInterval) async {
        clock.move(to: clock.now + seconds)
        await settle()
    }

    /// What the buyer is to be told, in order: the bytes in the outbox.
    func notifications(about number: Int64) async throws -> [XMLElement] {
        try await rows(about: number).filter { $0.content.recipient == .buyer(id: Self.buyer) }
            .map { try SOAPEnvelope.open(XMLDocument(parsing: $0.content.body)).body }
    }

    func statuses(about number: Int64) async throws -> [String] {
        try await notifications(about: number).map { $0.first("faultDetails")?.text(of: "status") ?? "" }
    }

    func rows(about number: Int64) async throws -> [OutboxRow] {
        let ref = EntityRef(kind: FaultReport.kind, number: number)
        return try await exchange.read { try $0.parcels(of: ref, limit: 100) }
    }

    func tickets() async throws -> [FaultReport] {
        try await exchange.read { try $0.list(FaultReport.self, of: nil, inState: nil, after: 0, limit: 100) }
    }

    /// A ticket that the buyer raised and the operator accepted.
    func accepted(reference: String = "HT-1", key: String? = nil) async throws -> FaultReport {
        let body = Samples.add(reference: reference, type: key == nil ? "Impaired Service" : "Service Outage", key: key)
        let reply = try await call("addFaultReport", body)
        try #require(reply.status == 201, "\(reply.text)")
        await settle()
        return try #require(try await tickets().first { $0.buyerReference == reference })
    }

    func desk(
        _ ticket: FaultReport,
        _ event: String,
        _ body: String = "",
        requestID: String? = nil
    ) async throws -> Reply {
        var headers = HTTPFields()
        headers[.requestID] = requestID
        return try await post("/operator/v1/fault-reports/\(ticket.reference)/\(event)", body, headers: headers)
    }

    /// A reservation key for a repair at the sample service's address.
    func key(from day: String = "2027-01-18", messageID: String = "r-1") async throws -> String {
        let query = try await call("queryAppointmentAvailability", Samples.query(from: day))
        let slots = try QueryVisits.slots(in: Array(query.text.utf8))
        let slot = try #require(slots.first)
        let reply = try await call("reserveAppointment", Samples.reserve(slot, messageID: messageID))
        return try ReserveVisit.reserved(in: Array(reply.text.utf8)).reference
    }
}
