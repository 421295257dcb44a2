import Adapters
import Domain
import Engine
import HTTPTypes
import Hummingbird
import Logging
import ServiceLifecycle
import Storage
import UnixSignals

/// An installation partner's house, put together: the book, the door for operators, the door for apps, and who carries.
struct PartnerHouse: ServedHouse {
    let exchange: Exchange
    private let base: HouseGround
    private let logWriter: LogWriter
    private let delivery: Delivery
    private let call: OutboundCall
    private let retention: Retention
    private let plain: PlainListener
    private let operations: PlainListener?
    private let secure: MutualTLSListener
    private let certificates: CertificateWatch

    init(_ file: PartnerFile, on base: HouseGround) async throws {
        self.base = base
        retention = file.retention
        let now = base.time.now()
        let directory = Directory(
            file.roles.enumerated().map { Party(id: ID(Int64($0.offset) + 1), role: $0.element, at: now) }
        )
        logWriter = LogWriter(store: base.store, activity: base.activity, logger: base.logger)
        exchange = Exchange(
            store: base.store,
            time: base.time,
            ids: base.ids,
            directory: directory,
            activity: base.activity,
            logWriter: logWriter
        ) { message, recipient, sender, context in
            guard let spelling = DispatchReception.spell(message, to: recipient, from: sender, context) else {
                throw UnspeakableMessage(message.operation)
            }
            return spelling
        }
        call = try OutboundCall(
            identity: file.client,
            policy: AddressPolicy(.publicAnd(allowed: file.callable)),
            logger: base.logger
        )
        let courier = DispatcherCourier(directory: directory, call: call)
        delivery = Delivery(exchange: exchange, logger: base.logger, waitsForListeners: true) { recipient in
            guard case .dispatcher = recipient else { return nil }
            return courier
        }
        operations = file.operations.map { base.operationsListener($0) }
        let tls = try ReloadableTLS(file.server)
        let client = try HeldCertificate(file.client, as: "client")
        certificates = CertificateWatch(
            directory: directory,
            own: { [tls.shown(by: "mutual-tls"), client] },
            metrics: base.metrics,
            logger: base.logger
        )
        plain = try await Self.plainListener(file, exchange, operations, certificates, base)
        secure = Self.secureListener(file, tls, exchange, base)
    }

    func services(
        until signals: [UnixSignal],
        onListening: @escaping @Sendable (_ listener: String, _ port: Int) -> Void
    ) -> ServiceGroup {
        let listeners = ListenerCount(operations == nil ? 2 : 3) { [exchange] in exchange.listenersAccept() }
        @Sendable func listening(_ name: String, _ port: Int) {
            onListening(name, port)
            listeners.listening()
        }
        var services: [any Service] = [
            logWriter,
            Housekeeping(exchange: exchange, retention: retention, logger: base.logger),
            certificates,
            delivery,
            secure.application { listening("secure", $0) },
        ]
        if let operations { services.append(operations.application { listening("operations", $0) }) }
        services.append(plain.application { listening("plain", $0) })
        return base.group(of: services, until: signals)
    }

    func close() async throws {
        await call.shutdown()
        try await base.store.close()
    }

    // MARK: -

    private static func plainListener(
        _ file: PartnerFile,
        _ exchange: Exchange,
        _ operations: PlainListener?,
        _ certificates: CertificateWatch,
        _ base: HouseGround
    ) async throws -> PlainListener {
        let listener = PlainListener(
            ListenerConfiguration(
                name: "plain",
                host: file.plain.host,
                port: file.plain.port,
                exempt: file.proxies
            ),
            activity: base.activity,
            logger: base.logger
        )
        let authority = TokenAuthority(
            issuer: file.publicURL,
            keys: try await KeyRing(signing: file.signingKey, others: file.otherSigningKeys),
            time: base.time
        )
        Operations(
            exchange: exchange,
            activity: base.activity,
            metrics: base.metrics,
            beforeMetrics: { certificates.setGauges() },
            version: PatchbayVersion.current,
            logger: base.logger
        )
        .addRoutes(to: listener.router, metricsOn: operations?.router)
        let source = SourceAddress(proxies: file.proxies)
        TokenEndpoint(authority: authority, directory: exchange.directory, source: source)
            .addRoutes(to: listener.router, for: [.partnerAPI])
        let staff = BearerAuthentication(
            .partnerAPI,
            authority: authority,
            directory: exchange.directory,
            source: source
        )
        JobBook(exchange: exchange, data: try InstallationData())
            .addRoutes(to: listener.router.authenticated("partner/v1", as: PartnerStaffContext.self, by: staff))
        return listener
    }

    private static func secureListener(
        _ file: PartnerFile,
        _ tls: ReloadableTLS,
        _ exchange: Exchange,
        _ base: HouseGround
    ) -> MutualTLSListener {
        let directory = exchange.directory
        let listener = MutualTLSListener(
            ListenerConfiguration(
                name: "mutual-tls",
                host: file.secure.host,
                port: file.secure.port,
                exempt: file.proxies
            ),
            tls: tls,
            allows: { directory.allows($0) },
            activity: base.activity,
            logger: base.logger
        )
        let prefix = file.numberPrefix
        DispatchReception(exchange: exchange, keeping: BookKeeping(number: { "\(prefix)\($0)" })).addRoutes(
            to: listener.router.authenticated(
                "installation",
                as: DispatcherContext.self,
                by: MutualTLSAuthentication(
                    .dispatcher,
                    directory: directory,
                    unauthorised: Installation.unauthorised
                )
            )
        )
        return listener
    }
}
