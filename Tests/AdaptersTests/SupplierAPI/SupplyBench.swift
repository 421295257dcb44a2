import Domain
import Engine
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Storage

@testable import Adapters

/// Both ends of the Supplier API on the real engine and a database of its own, with a clock that stands still: the
/// operator's `/wholesale/v1` for two rival customers, and the gateway's `/supplier/v1` for two suppliers.
struct SupplyBench: Sendable {
    /// A Monday in March, 09:00 in London.
    static let start = Date(timeIntervalSince1970: 1_772_442_000)
    /// Says nothing, but keeps its metadata: Hummingbird reads a request's number back from it.
    static let logger = {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return logger
    }()

    let clock: VirtualClock
    let directory: Directory
    let exchange: Exchange
    let authority: TokenAuthority
    let client: any TestClientProtocol
    /// Each as `METHOD /path/:parameter`.
    let routes: [String]

    static func run(
        _ setup: TestingSetup = .router,
        engineers: Int = 1_000,
        _ body: @Sendable @escaping (SupplyBench) async throws -> Void
    ) async throws {
        let clock = VirtualClock(startingAt: start)
        let directory = Directory()
        let exchange = Exchange(
            store: try SQLiteStore(.temporary),
            time: clock.source,
            ids: .system,
            directory: directory
        ) { message, recipient, sender, context in
            switch recipient {
            case .customer: try SupplyUpdateSpelling.spell(message, recipient, sender, context)
            case .supplier: try NativeSpelling.spell(message, recipient, sender, context)
            case .tenant, .buyer, .partner, .dispatcher, .objects, .desk, .house: .json([])
            }
        }
        for name in ["GATEWAY", "RIVAL"] {
            let terms = CustomerTerms(clients: [program(name)], updates: nil)
            try await exchange.register(.customer(id: CustomerID(name), terms: terms))
        }
        for name in ["DUMMY_SUPPLIER", "OTHER_SUPPLIER"] {
            let terms = SupplierTerms(clients: [program(name)])
            try await exchange.register(.supplier(id: SupplierID(name), terms: terms))
        }
        let authority = await TokenAuthority(
            issuer: "http://exchange.invalid",
            key: try SigningKey(pem: SigningKey.makePEM()),
            time: clock.source
        )
        let listener = PlainListener(
            ListenerConfiguration(name: "plain", host: "127.0.0.1", port: 0),
            activity: Activity(),
            logger: logger
        )
        TokenEndpoint(authority: authority, directory: directory).addRoutes(to: listener.router)
        var town = Town.samples
        town.engineersPerSlot = engineers
        let wholesale = Wholesale(
            exchange: exchange,
            book: AppointmentBook(town: town),
            partner: "PARTNER1",
            pace: { .timetable },
            logger: logger
        )
        let customers = BearerAuthentication(.wholesaleAPI, authority: authority, directory: directory)
        wholesale.addRoutes(to: listener.router.authenticated("wholesale/v1", as: CustomerContext.self, by: customers))
        let suppliers = BearerAuthentication(.supplierAPI, authority: authority, directory: directory)
        SupplierUpdates(exchange: exchange, logger: logger)
            .addRoutes(to: listener.router.authenticated("supplier/v1", as: SupplierContext.self, by: suppliers))
        let routes = listener.router.routes.map { "\($0.method.rawValue) \($0.path.description)" }
        try await listener.application().test(setup) { client in
            try await body(
                SupplyBench(
                    clock: clock,
                    directory: directory,
                    exchange: exchange,
                    authority: authority,
                    client: client,
                    routes: routes
                )
            )
        }
    }

    private static func program(_ name: String) -> APIClient {
        APIClient(
            clientID: name,
            secretHashes: [SecretHash.make("secret of \(name)")],
            scopes: ["tenant.all.all"]
        )
    }

    /// An order of TENANT1 with DUMMY_SUPPLIER, that was sent.
    func givenOrder() async throws -> Int64 {
        let id = try await exchange.draw(ServiceOrder.self)
        try await exchange.change(Cause("test", by: "test")) { change in
            let request = ProvideRequest(
                type: .new,
                supplier: "DUMMY_SUPPLIER",
                address: PremisesAddress(identifier: .init(id: "10090000001", type: "UPRN")),
                specification: ServiceSpecification(id: "ftthl2r"),
                characteristics: [],
                primaryContact: Contact(name: "Asha Example", phoneNumber: "+44 20 7946 0000")
            )
            let (order, effects) = try ServiceOrder.place(
                id,
                .provide(request),
                visit: nil,
                for: "TENANT1",
                in: "conversation-1",
                at: change.now
            )
            try change.found(order, effects)
        }
        return id.number
    }

    /// Fires what is due now.
    func fireTimers() async {
        let timers = Timers(exchange: exchange, logger: Self.logger)
        while await timers.step() > 0 {}
    }

    func advance(by seconds: TimeInterval) async {
        clock.move(to: clock.now + seconds)
        await fireTimers()
    }

    /// Everything that waits to be sent about an entity.
    func outbox(_ kind: Kind, _ number: Int64) async throws -> [OutboxRow] {
        try await exchange.read { try $0.parcels(of: EntityRef(kind: kind, number: number), limit: 50) }
    }

    func census(_ kind: Kind) async throws -> [String: Int] { try await exchange.read { try $0.census(of: kind) } }
}

/// What came back.
struct SupplyAnswer: Sendable {
    let status: Int
    let body: String
    var headers = HTTPFields()

    var json: [String: Any] { (try? JSONSerialization.jsonObject(with: Data(body.utf8))) as? [String: Any] ?? [:] }
    var pointers: [String] {
        ((json["errors"] as? [[String: Any]]) ?? []).compactMap { $0["pointer"] as? String }.sorted()
    }
    var messages: [String] { json["messages"] as? [String] ?? [] }
    var slots: [String] {
        ((json["timeslots"] as? [[String: Any]]) ?? []).compactMap { $0["timeslotStartDateTime"] as? String }
    }
    var reference: String { json["supplierReference"] as? String ?? "" }
}

extension SupplyBench {
    static let address = #"{"id":"10090000001","type":"UPRN"}"#
    static let specification = #"{"id":"ftthl2r"}"#

    func send(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ body: String? = nil,
        as customer: String = "GATEWAY",
        request: String = UUID().uuidString,
        tenant: String? = "TENANT1",
        audience: Audience = .wholesaleAPI
    ) async throws -> SupplyAnswer {
        let token = try await authority.issue(to: customer, audience: audience, scopes: ["tenant.all.all"])
        var headers: HTTPFields = [
            .authorization: "Bearer \(token)", .requestID: request, .conversationID: "conversation-1",
        ]
        headers[.tenant] = tenant
        if body != nil { headers[.contentType] = "application/json" }
        return try await client.execute(
            uri: path,
            method: method,
            headers: headers,
            body: body.map { ByteBuffer(string: $0) }
        ) { SupplyAnswer(status: $0.status.code, body: String(buffer: $0.body), headers: $0.headers) }
    }

    func slots(address: String = address, purpose: String = "PROVIDE", more: String = "") async throws -> SupplyAnswer {
        let fields = [
            ("address", address), ("serviceSpecification", Self.specification), ("appointmentPurpose", purpose),
        ]
        let query = fields.map { "\($0.0)=\(FormText.encode($0.1))" }.joined(separator: "&")
        return try await send(.get, "/wholesale/v1/available-appointments?\(query)\(more)")
    }

    /// A morning three days ahead.
    static let slot = #"{"timeslotStartDateTime":"2026-03-05T08:00:00Z","timeslotEndDateTime":"2026-03-05T13:00:00Z"}"#

    func reserve(
        id: Int = 1,
        address: String = address,
        slot: String = slot,
        as customer: String = "GATEWAY",
        request: String = UUID().uuidString
    ) async throws -> SupplyAnswer {
        let body = """
            {"id":\(id),"address":\(address),"serviceSpecification":\(Self.specification),\
            "appointmentPurpose":"PROVIDE","timeslot":\(slot)}
            """
        return try await send(.post, "/wholesale/v1/appointments", body, as: customer, request: request)
    }

    func order(
        id: Int = 12,
        key: String?,
        address: String = address,
        as customer: String = "GATEWAY",
        request: String = UUID().uuidString
    ) async throws -> SupplyAnswer {
        let appointment = key.map { #","appointmentSupplierReference":"\#($0)""# } ?? ""
        let body = """
            {"id":\(id),"orderType":"NEW","address":\(address),"serviceOrderItem":{"serviceSpecification":\
            \(Self.specification)},"primaryContact":{"name":"Asha Example","phoneNumber":"+44 20 7946 0000"}\
            \(appointment)}
            """
        return try await send(.post, "/wholesale/v1/service-orders", body, as: customer, request: request)
    }

    /// An order about a live line.
    func order(
        _ type: String,
        of service: String = "S1000001",
        id: Int = 12,
        _ more: String,
        as customer: String = "GATEWAY"
    ) async throws -> SupplyAnswer {
        let body = #"{"id":\#(id),"orderType":"\#(type)","serviceId":"\#(service)",\#(more)}"#
        return try await send(.post, "/wholesale/v1/service-orders", body, as: customer)
    }

    func cease(_ service: String = "S1000001", id: Int = 12, on date: String = "2026-03-04") async throws
        -> SupplyAnswer
    {
        try await order("CEASE", of: service, id: id, #""requestedCompletionDate":"\#(date)""#)
    }

    func test(id: Int = 5, service: String = "S1000001", problem: String = "OUTAGE") async throws -> SupplyAnswer {
        let body = """
            {"id":\(id),"serviceId":"\(service)","problemType":"\(problem)","serviceSpecification":\
            \(Self.specification),"characteristics":[{"name":"SERVICE_HAS_WORKED","value":"false"}]}
            """
        return try await send(.post, "/wholesale/v1/service-tests", body)
    }
}
