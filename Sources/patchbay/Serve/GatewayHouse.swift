import Adapters
import Domain
import Engine
import Hummingbird
import Logging
import ServiceLifecycle
import Storage
import UnixSignals

/// A gateway's house, put together: the Tenant API, its suppliers, and who carries between them.
struct GatewayHouse: ServedHouse {
    let exchange: Exchange
    private let base: HouseGround
    private let retention: Retention
    private let logWriter: LogWriter
    private let delivery: Delivery
    private let calls: [OutboundCall]
    private let plain: PlainListener
    private let operations: PlainListener?
    private let secure: MutualTLSListener?
    private let certificates: CertificateWatch

    init(_ file: GatewayFile, on base: HouseGround) async throws {
        self.base = base
        retention = file.retention
        func call(as identity: TLSFiles?) throws -> OutboundCall {
            try OutboundCall(
                identity: identity,
                authorities: file.client?.authorities,
                policy: AddressPolicy(.publicAnd(allowed: file.callable)),
                logger: base.logger
            )
        }
        let call = (plain: try call(as: nil), withCertificate: try call(as: file.client))
        calls = [call.plain, call.withCertificate]
        let directory = Directory()
        let adapters = file.suppliers.map { supplier in
            NetworkOperator(supplier, plain: call.plain, withCertificate: call.withCertificate, directory, base)
        }
        logWriter = LogWriter(store: base.store, activity: base.activity, logger: base.logger)
        exchange = Exchange(
            store: base.store,
            time: base.time,
            ids: base.ids,
            directory: directory,
            activity: base.activity,
            logWriter: logWriter,
            logger: base.logger,
            spell: Assembly.speller(directory, try InstallationData(), adapters)
        )
        try await directory.load(from: base.store)
        try await exchange.configure(file)

        let authority = TokenAuthority(
            issuer: file.publicURL,
            keys: try await KeyRing(signing: file.signingKey, others: file.otherSigningKeys),
            outside: file.issuers.map { OutsideIssuer($0, call.plain, base.logger) },
            time: base.time
        )
        let side = GatewaySide(
            exchange: exchange,
            supply: Supply(adapters, exchange),
            doors: Doors(
                authority,
                directory,
                rateLimit: file.rateLimit,
                source: SourceAddress(proxies: file.proxies),
                logger: base.logger
            ),
            secrets: SecretBox(key: file.sealingKey),
            checks: try PartyChecks(
                addresses: AddressPolicy(.publicAnd(allowed: file.callable)),
                authorities: file.secure?.server.authorities
            )
        )
        let tenants = side.courier(
            plain: call.plain,
            withCertificate: call.withCertificate,
            signingWith: file.webhookKey,
            time: base.time
        )
        delivery = Delivery(exchange: exchange, logger: base.logger, waitsForListeners: true) {
            [supply = side.supply] recipient in
            switch recipient {
            case .tenant: tenants
            case .supplier(let id): supply.courier(of: id)
            case .customer, .buyer, .partner, .objects, .desk, .dispatcher, .house: nil
            }
        }
        operations = file.operations.map { base.operationsListener($0) }
        let tls = try file.secure.map { try ReloadableTLS($0.server) }
        let client = try file.client.map { try HeldCertificate($0, as: "client") }
        certificates = CertificateWatch(
            directory: directory,
            own: { [tls?.shown(by: "mutual-tls"), client].compactMap(\.self) },
            metrics: base.metrics,
            logger: base.logger
        )
        plain = Self.plainListener(file, side, operations, certificates, base)
        secure = try file.secure.flatMap { secure in
            try tls.map { try Self.secureListener(secure.listener, $0, file, side, base) }
        }
    }

    func services(
        until signals: [UnixSignal],
        onListening: @escaping @Sendable (_ listener: String, _ port: Int) -> Void
    ) -> ServiceGroup {
        var services: [any Service] = [
            logWriter,
            Housekeeping(exchange: exchange, retention: retention, logger: base.logger),
            certificates,
            Timers(exchange: exchange, logger: base.logger),
            delivery,
        ]
        let count = 1 + (secure == nil ? 0 : 1) + (operations == nil ? 0 : 1)
        let listeners = ListenerCount(count) { [exchange] in exchange.listenersAccept() }
        @Sendable func listening(_ name: String, _ port: Int) {
            onListening(name, port)
            listeners.listening()
        }
        if let secure { services.append(secure.application { listening("secure", $0) }) }
        if let operations { services.append(operations.application { listening("operations", $0) }) }
        services.append(plain.application { listening("plain", $0) })
        return base.group(of: services, until: signals)
    }

    func close() async throws {
        for call in calls { await call.shutdown() }
        try await base.store.close()
    }

    // MARK: -

    private static func plainListener(
        _ file: GatewayFile,
        _ side: GatewaySide,
        _ operations: PlainListener?,
        _ certificates: CertificateWatch,
        _ base: HouseGround
    ) -> PlainListener {
        var listener = PlainListener(
            ListenerConfiguration(
                name: "plain",
                host: file.plain.host,
                port: file.plain.port,
                exempt: file.proxies
            ),
            activity: base.activity,
            logger: base.logger
        )
        let router = listener.router
        Operations(
            exchange: side.exchange,
            activity: base.activity,
            metrics: base.metrics,
            beforeMetrics: { certificates.setGauges() },
            version: PatchbayVersion.current,
            logger: base.logger
        )
        .addRoutes(to: router, metricsOn: operations?.router)
        func tokens(_ audience: Audience) -> String { "\(file.publicURL)/auth/\(audience.pathName)/access-token" }
        let documents =
            TenantDocuments.all(server: file.publicURL + "/v1", tokens: tokens(.tenantAPI))
            + [SupplierDocuments.updates(server: file.publicURL + "/supplier/v1", tokens: tokens(.supplierAPI))]
        Documentation(documents: documents, links: []).addRoutes(to: router)
        side.doors.tokens.addRoutes(to: router, for: [.tenantAPI, .supplierAPI])
        side.add(to: router)
        // Staff comes to a listener of its own where there is one, for its tokens too.
        let staff = operations?.router ?? router
        side.doors.tokens.addRoutes(to: staff, for: [.operatorAPI], publishingKeys: operations != nil)
        side.addStaff(to: staff)
        listener.memory = side.memory
        return listener
    }

    private static func secureListener(
        _ secure: ConfigurationFile.Listener,
        _ tls: ReloadableTLS,
        _ file: GatewayFile,
        _ side: GatewaySide,
        _ base: HouseGround
    ) throws -> MutualTLSListener {
        let directory = side.exchange.directory
        let listener = MutualTLSListener(
            ListenerConfiguration(
                name: "mutual-tls",
                host: secure.host,
                port: secure.port,
                exempt: file.proxies
            ),
            tls: tls,
            allows: { directory.allows($0) },
            activity: base.activity,
            logger: base.logger
        )
        NotificationInbox(exchange: side.exchange, schemas: try TicketingSchemas(), logger: base.logger)
            .add(to: listener.router)
        side.doors.tokens.addRoutes(to: listener.router, for: [.tenantAPI, .supplierAPI])
        side.add(to: listener.router)
        return listener
    }
}

extension NetworkOperator {
    fileprivate init(
        _ supplier: GatewayFile.Supplier,
        plain: OutboundCall,
        withCertificate: OutboundCall,
        _ directory: Directory,
        _ base: HouseGround
    ) {
        self.init(
            id: supplier.id,
            name: supplier.name,
            supplierAPI: supplier.baseURL,
            access: Assembly.credentials(supplier.access, plain, base.time),
            ticketing: supplier.ticketingURL.map {
                TicketingAccess(baseURL: $0, call: withCertificate, directory: directory)
            },
            catalogue: supplier.catalogue,
            testRequired: supplier.testRequired,
            deadline: OutboundCall.Limits().deadline
        )
    }
}

extension OutsideIssuer {
    fileprivate init(_ issuer: GatewayFile.Issuer, _ call: OutboundCall, _ logger: Logger) {
        let keys =
            switch issuer.keys {
            case .file(let path): Self.file(path)
            case .url(let url): Self.url(url, call)
            }
        self.init(
            issuer: issuer.issuer,
            audience: issuer.audience,
            interface: issuer.interface,
            clientClaim: issuer.clientClaim,
            clients: issuer.clients,
            scopeClaim: issuer.scopeClaim,
            logger: logger,
            keys: keys
        )
    }
}

extension Exchange {
    /// Makes the parties what the file says. Who is no longer in it keeps his history, and has no way in any more.
    fileprivate func configure(_ file: GatewayFile) async throws {
        let named = Set((file.roles + file.staffRoles).map(\.name))
        for gone in directory.all where !named.contains(gone.name) && gone != gone.withoutAccess {
            try await register(gone.withoutAccess, by: "configuration")
        }
        for staff in file.staffRoles { try await register(staff, by: "configuration") }
        try await configure(file.roles, by: "configuration")
    }
}
