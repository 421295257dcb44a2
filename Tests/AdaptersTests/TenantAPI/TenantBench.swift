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

/// The Tenant API on the real engine and a database of its own, with a clock that stands still, two rival tenants,
/// and a supplier that answers as it is told.
struct TenantBench: Sendable {
    /// A Monday in March, 09:00 in London.
    static let start = Date(timeIntervalSince1970: 1_772_442_000)

    let clock: VirtualClock
    let directory: Directory
    let exchange: Exchange
    let authority: TokenAuthority
    let client: any TestClientProtocol
    var tokens: [String: String]

    static func run(
        desk: TenantDesk = TenantDesk(),
        other: TenantDesk? = nil,
        testRequired: Bool = false,
        confirmsResolutions: Bool = true,
        strict: Bool = false,
        rejectStatus: Int = 400,
        limit: LimitRequests = LimitRequests(nil),
        outside: [OutsideIssuer] = [],
        memory: CountedMemory? = nil,
        _ body: @Sendable @escaping (TenantBench) async throws -> Void
    ) async throws {
        let store = try SQLiteStore(.temporary)
        let clock = VirtualClock(startingAt: start)
        let directory = Directory()
        let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let logWriter = memory.map { _ in LogWriter(store: store, activity: Activity(), logger: quiet) }
        let exchange = Exchange(
            store: store,
            time: clock.source,
            ids: .system,
            directory: directory,
            logWriter: logWriter
        ) { message, recipient, sender, context in
            switch message {
            case .kci(let kci): try KCISpelling.spell(kci, of: sender, context)
            case .orderPlaced, .ethernetOrderPlaced:
                try NativeSpelling.spell(message, recipient, sender, context)
            case _: .json([])
            }
        }
        for name in ["TENANT1", "RIVAL"] {
            let client = APIClient(clientID: name, secretHashes: [], scopes: ["tenant.all.all"])
            let reader = APIClient(clientID: "\(name)-reader", secretHashes: [], scopes: ["read"])
            let terms = TenantTerms(
                clients: [client, reader],
                suppliers: other == nil ? ["DUMMY_SUPPLIER"] : ["DUMMY_SUPPLIER", "OTHER_SUPPLIER"],
                buyerIdentifier: "BUYER-\(name)",
                rejectStatus: rejectStatus,
                isStrict: strict
            )
            try await exchange.register(.tenant(id: TenantID(name), terms: terms))
        }
        let authority = TokenAuthority(
            issuer: "http://exchange.invalid",
            keys: await KeyRing(try SigningKey(pem: SigningKey.makePEM())),
            outside: outside,
            time: clock.source
        )
        var tokens: [String: String] = [:]
        for name in ["TENANT1", "RIVAL"] {
            tokens[name] = try await authority.issue(to: name, audience: .tenantAPI, scopes: ["tenant.all.all"])
        }
        tokens["reader"] = try await authority.issue(to: "TENANT1-reader", audience: .tenantAPI, scopes: ["read"])
        var listener = PlainListener(
            ListenerConfiguration(name: "plain", host: "127.0.0.1", port: 0),
            activity: Activity(),
            logger: quiet
        )
        let tenants = BearerAuthentication(.tenantAPI, authority: authority, directory: directory)
        TokenEndpoint(authority: authority, directory: directory).addRoutes(to: listener.router)
        let api = TenantAPI(
            exchange: exchange,
            suppliers: suppliers(desk, other, testRequired, confirmsResolutions)
        )
        api.addRoutes(
            to: listener.router.authenticated("v1", as: TenantContext.self, by: tenants).add(middleware: limit)
        )
        listener.memory = memory?.counting(api.memory(by: tenants, limit))
        let writing = Task { try await logWriter?.run() }
        defer { writing.cancel() }
        let given = (clock, directory, exchange, authority, tokens)
        // Only a connection has somebody in front of its routes.
        try await listener.application().test(memory == nil ? .router : .live) { client in
            try await body(
                TenantBench(
                    clock: given.0,
                    directory: given.1,
                    exchange: given.2,
                    authority: given.3,
                    client: client,
                    tokens: given.4
                )
            )
        }
    }

    private init(
        clock: VirtualClock,
        directory: Directory,
        exchange: Exchange,
        authority: TokenAuthority,
        client: any TestClientProtocol,
        tokens: [String: String]
    ) {
        self.clock = clock
        self.directory = directory
        self.exchange = exchange
        self.authority = authority
        self.client = client
        self.tokens = tokens
    }

    private static func suppliers(
        _ desk: TenantDesk,
        _ other: TenantDesk?,
        _ testRequired: Bool,
        _ confirmsResolutions: Bool
    ) -> Suppliers {
        Suppliers(
            [
                Suppliers.Supplier(
                    id: "DUMMY_SUPPLIER",
                    name: "Dummy",
                    contracts: [
                        .addressLookup: "native", .quotes: "native", .availability: "native",
                        .provideAppointments: "native", .repairAppointments: "cityfibre-soap",
                        .orders: "native", .tests: "native", .problems: "cityfibre-soap",
                    ],
                    questions: [
                        .addressLookup: desk, .availability: desk, .provideAppointments: desk,
                        .repairAppointments: desk,
                    ],
                    products: ["ftthl2r"],
                    testRequired: testRequired,
                    confirmsResolutions: confirmsResolutions,
                    catalogue: Town.samples.catalogue
                )
            ]
                + [other].compactMap(\.self).map { other in
                    Suppliers.Supplier(
                        id: "OTHER_SUPPLIER",
                        name: "Other",
                        contracts: [.availability: "native", .quotes: "native"],
                        questions: [.availability: other],
                        products: [],
                        testRequired: false
                    )
                }
        )
    }
}

/// A supplier that answers as it is told.
struct TenantDesk: SupplierQuestions {
    static let slot = TimeSlot(
        day: CivilDate(daysSince1970: 20_521),
        from: "08:00",
        to: "13:00"
    )

    var failure: Unanswered?
    /// As many addresses as any postcode has; `nil`: the town's.
    var addresses: Int?
    var site = SiteInformation(newLine: true, installationType: "STANDARD", leadTimeDays: 2)

    func addresses(_ question: AddressesQuestion) async throws -> [KnownAddress] {
        if let failure { throw failure }
        if let addresses {
            return (0..<Int64(addresses)).compactMap { Town.samples.address(uprn: 10_090_000_001 + $0) }
        }
        guard let postcode = question.postcode else {
            return question.uprn.flatMap { Town.samples.address(uprn: $0) }.map { [$0] } ?? []
        }
        return Town.samples.addresses(at: postcode)
    }

    func availability(_ question: AvailabilityQuestion) async throws -> AvailabilityAnswer {
        if let failure { throw failure }
        return AvailabilityAnswer(
            offers: [.init(id: "ftthl2r", name: "FTTH", characteristics: ["LINE_PROFILE": ["1G1G"]])],
            site: site,
            reasons: []
        )
    }

    func slots(_ question: SlotsQuestion) async throws -> [TimeSlot] {
        if let failure { throw failure }
        return [Self.slot].compactMap(\.self)
    }

    func reserve(_ question: ReserveQuestion) async throws -> ReservedSlot {
        if let failure { throw failure }
        let key = String(repeating: "K", count: 24) + String(10_000_000 + question.reservation.number)
        return ReservedSlot(reference: key, expires: TenantBench.start + 12 * 3_600, slot: question.slot)
    }
}

/// What came back.
struct TenantAnswer: Sendable {
    let status: Int
    let headers: HTTPFields
    let body: String

    var json: [String: Any] { (try? JSONSerialization.jsonObject(with: Data(body.utf8))) as? [String: Any] ?? [:] }
    var list: [[String: Any]] { (try? JSONSerialization.jsonObject(with: Data(body.utf8))) as? [[String: Any]] ?? [] }
    var id: Int { json["id"] as? Int ?? 0 }
    var code: String? { json["code"] as? String }
    var pointers: [String] {
        ((json["errors"] as? [[String: Any]]) ?? []).compactMap { $0["pointer"] as? String }.sorted()
    }
}

extension TenantBench {
    func send(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ body: String? = nil,
        as tenant: String? = "TENANT1",
        bearing token: String? = nil,
        request: String = UUID().uuidString,
        extra: HTTPFields = [:]
    ) async throws -> TenantAnswer {
        var headers = extra
        headers[.requestID] = request
        headers[.conversationID] = "conversation-1"
        if let token = token ?? tenant.flatMap({ tokens[$0] }) { headers[.authorization] = "Bearer \(token)" }
        if body != nil { headers[.contentType] = "application/json" }
        return try await client.execute(
            uri: path,
            method: method,
            headers: headers,
            body: body.map { ByteBuffer(string: $0) }
        ) {
            TenantAnswer(status: $0.status.code, headers: $0.headers, body: String(buffer: $0.body))
        }
    }

    /// The same bench, later: tokens last an hour.
    func withFreshTokens() async throws -> TenantBench {
        var bench = self
        bench.tokens["TENANT1"] = try await authority.issue(
            to: "TENANT1",
            audience: .tenantAPI,
            scopes: ["tenant.all.all"]
        )
        return bench
    }

    func get(
        _ path: String,
        as tenant: String? = "TENANT1",
        bearing token: String? = nil
    ) async throws -> TenantAnswer {
        try await send(.get, path, as: tenant, bearing: token)
    }

    func post(_ path: String, _ body: String, as tenant: String? = "TENANT1") async throws -> TenantAnswer {
        try await send(.post, path, body, as: tenant)
    }

    /// Everything that waits to be sent about an entity.
    func outbox(_ kind: Kind, _ number: Int) async throws -> [OutboxRow] {
        try await exchange.read { try $0.parcels(of: EntityRef(kind: kind, number: Int64(number)), limit: 50) }
    }

    /// The bodies of the updates to the tenant about an order, in order.
    func updates(ofOrder number: Int) async throws -> [TenantAnswer] {
        try await outbox(.serviceOrder, number)
            .filter { $0.content.recipient == .tenant(id: "TENANT1") }
            .map { TenantAnswer(status: 0, headers: [:], body: String(decoding: $0.content.body, as: UTF8.self)) }
    }

    /// Applies what entities have told each other; everybody else is away.
    func deliverInHouse() async {
        let delivery = Delivery(exchange: exchange, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }) {
            _ in NativeBench.SilentPartner()
        }
        while await delivery.step() > 0 {}
    }

    /// Fires what is due now.
    func fireTimers() async {
        let timers = Timers(exchange: exchange, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        while await timers.step() > 0 {}
    }

    func census(_ kind: Kind) async throws -> [String: Int] { try await exchange.read { try $0.census(of: kind) } }
}
