import Adapters
import Domain
import Engine
import Formats
import Hummingbird
import Logging
import Storage

/// The product, put together: the only place that names concrete parts.
struct House {
    let exchange: Exchange
    let activity: Activity
    let delivery: Delivery
    let timers: Timers
    let logWriter: LogWriter
    let housekeeping: Housekeeping
    let certificates: CertificateWatch
    let operations: Operations
    let plain: PlainListener
    let secure: MutualTLSListener
    /// To be closed when everything else has stopped.
    let calls: [OutboundCall]
}

/// What is shared by everything in the process, made before the house.
struct Foundations: Sendable {
    let store: any Store
    let files: FileShelf
    let time: TimeSource
    let ids: IDSource
    let activity: Activity
    let metrics: PrometheusMetrics
    let logger: Logger
}

enum Assembly {
    static func house(_ configuration: Configuration, on base: Foundations) async throws -> House {
        let directory = Directory()
        let installationData =
            try configuration.installationData.map { try InstallationData(folder: $0) } ?? InstallationData()
        let calls = try Calls(configuration, base.logger)
        let adapters = suppliers(configuration, calls, directory, base)
        let logWriter = LogWriter(store: base.store, activity: base.activity, logger: base.logger)
        let exchange = Exchange(
            store: base.store,
            time: base.time,
            ids: base.ids,
            directory: directory,
            activity: base.activity,
            limits: configuration.delivery,
            logWriter: logWriter,
            logger: base.logger,
            spell: speller(directory, installationData, adapters)
        )
        try await directory.load(from: base.store)

        let supplier = Supply(adapters, exchange)
        let buckets = buckets(configuration, calls, directory)
        let timers = Timers(exchange: exchange, logger: base.logger)
        let tls = try ReloadableTLS(configuration.server)
        let certificates = CertificateWatch(
            directory: directory,
            own: { [clients = calls.certificates] in [tls.shown(by: "mutual-tls")] + clients },
            metrics: base.metrics,
            logger: base.logger
        )
        let operations = Operations(
            exchange: exchange,
            activity: base.activity,
            metrics: base.metrics,
            beforeMetrics: { certificates.setGauges() },
            version: PatchbayVersion.current,
            logger: base.logger
        )
        let authority = await TokenAuthority(
            issuer: configuration.plainURL,
            key: try SigningKey(pem: configuration.signingKey),
            time: base.time
        )
        let doors = Doors(authority, directory, rateLimit: nil, source: SourceAddress(), logger: base.logger)
        let gateway = GatewaySide(
            exchange: exchange,
            supply: supplier,
            doors: doors,
            secrets: SecretBox(key: configuration.secretKey),
            checks: try PartyChecks(addresses: configuration.addresses, authorities: configuration.server.authorities)
        )
        let delivery = Delivery(
            exchange: exchange,
            logger: base.logger,
            waitsForListeners: true,
            couriers: couriers(
                configuration,
                calls,
                supplier,
                buckets,
                exchange,
                base,
                tenants: gateway.courier(
                    plain: calls.plain,
                    withCertificate: calls.asGateway,
                    signingWith: configuration.webhookKey,
                    time: base.time
                )
            )
        )
        return House(
            exchange: exchange,
            activity: base.activity,
            delivery: delivery,
            timers: timers,
            logWriter: logWriter,
            housekeeping: Housekeeping(
                exchange: exchange,
                retention: Retention(),
                logger: base.logger
            ),
            certificates: certificates,
            operations: operations,
            plain: try plainListener(configuration, exchange, gateway, buckets, operations, base),
            secure: try secureListener(configuration, tls, exchange, gateway, installationData, base),
            calls: calls.all
        )
    }

    /// How each message is spelt: by the adapter of the contract, or of the supplier, that it belongs to.
    static func speller(
        _ directory: Directory,
        _ installationData: InstallationData,
        _ adapters: [any SupplierAdapter]
    ) -> Speller {
        { message, recipient, sender, context in
            let spelling: Spelling? =
                switch message {
                case .kci(let kci): try KCISpelling.spell(kci, of: sender, context)
                case .orderPlaced, .ethernetOrderPlaced, .amendmentRequested, .cancellationRequested, .testRequested,
                    .quoteRequested, .reservationReleased, .appointmentRequested, .problemRaised, .resolutionAnswered,
                    .problemAmended, .problemCancelled:
                    try adapters.first { .supplier(id: $0.id) == recipient }?.spell(message, sender, context)
                case .supplyUpdate: try SupplyUpdateSpelling.spell(message, recipient, sender, context)
                case .faultNotification(let notification):
                    (sender as? FaultReport).map { ticket in
                        NotifyFaultReportUpdate.spelling(
                            of: notification,
                            about: ticket,
                            to: ticket.buyer.account.flatMap { directory.buyer($0) },
                            context
                        )
                    }
                case .deskNews(let news):
                    (sender as? FaultReport).map { DeskCourier.spelling(of: news, about: $0, context) }
                case .jobCreated, .jobCancelled, .provisioningResult:
                    Installation.spell(
                        message,
                        to: recipient,
                        from: sender,
                        with: installationData,
                        bucket: recipient.partner.flatMap { directory.partner($0)?.bucket },
                        context
                    )
                // A partner's house has an assembly of its own.
                case .jobReport: nil
                // What is asked is in the message itself.
                case .filesReported, .telling: Spelling(contentType: "", body: [])
                }
            guard let spelling else { throw UnspeakableMessage(message.operation) }
            return spelling
        }
    }

    // MARK: -

    /// Who carries to whom.
    private static func couriers(
        _ configuration: Configuration,
        _ calls: Calls,
        _ supplier: Supply,
        _ buckets: Buckets,
        _ exchange: Exchange,
        _ base: Foundations,
        tenants: TenantCourier
    ) -> @Sendable (Recipient) -> (any Courier)? {
        let directory = exchange.directory
        let account = configuration.nativeAccount
        let updates = credentials(configuration.updatesAccess, calls.plain, base.time)
        let nativeUpdates = credentials(account.updates, calls.plain, base.time)
        let customers = CustomerCourier(directory: directory) { customer in
            customer == account.customer ? nativeUpdates : updates
        }
        let buyers = BuyerCourier(directory: directory, call: calls.asOperator)
        let partners = PartnerCourier(directory: directory, call: calls.asOperator)
        let deskNewsURL = configuration.deskNewsURL
        let desk = DeskCourier(call: calls.plain) { deskNewsURL }
        let objects = ObjectCourier(buckets: buckets)
        return { recipient in
            switch recipient {
            case .tenant: tenants
            case .supplier(let id): supplier.courier(of: id)
            case .customer: customers
            case .buyer: buyers
            case .partner: partners
            case .objects: objects
            case .desk: desk
            case .dispatcher, .house: nil
            }
        }
    }

    private static func plainListener(
        _ configuration: Configuration,
        _ exchange: Exchange,
        _ gateway: GatewaySide,
        _ buckets: Buckets,
        _ operations: Operations,
        _ base: Foundations
    ) throws -> PlainListener {
        var listener = PlainListener(
            ListenerConfiguration(
                name: "plain",
                host: configuration.host,
                port: configuration.port,
                exempt: AddressRange.loopback
            ),
            activity: base.activity,
            logger: base.logger
        )
        let router = listener.router
        operations.addRoutes(to: router)
        Documentation(documents: documents(configuration), links: links(configuration)).addRoutes(to: router)
        gateway.doors.tokens.addRoutes(to: router)
        gateway.add(to: router)
        addWholesale(configuration, exchange, gateway.doors, to: router)
        listener.memory = gateway.memory
        gateway.addStaff(to: router)
        let doors = gateway.doors
        Buyers(exchange: exchange, checks: gateway.checks).add(to: doors.staff(on: router))
        Partners(exchange: exchange, checks: gateway.checks).add(to: doors.staff(on: router))
        let book = AppointmentBook(town: configuration.town)
        JobDesk(exchange: exchange, book: book, fetch: fetching(from: buckets)).add(to: doors.staff(on: router))
        NetworkDesk(exchange: exchange, files: base.files).add(to: doors.staff(on: router))
        return listener
    }

    /// What describes each contract, where this program serves it.
    private static func documents(_ configuration: Configuration) -> [ContractDocument] {
        let (plain, secure) = (configuration.plainURL, configuration.secureURL)
        func tokens(_ audience: Audience) -> String { "\(plain)/auth/\(audience.pathName)/access-token" }
        return TenantDocuments.all(server: plain + "/v1", tokens: tokens(.tenantAPI))
            + SupplierDocuments.all(
                server: plain + "/wholesale/v1",
                tokens: tokens(.wholesaleAPI),
                updates: (server: plain + "/supplier/v1", tokens: tokens(.supplierAPI))
            ) + InstallationDocuments.all(server: secure + "/prod/ftth-installer")
    }

    private static func links(_ configuration: Configuration) -> [Documentation.Link] {
        let ticketing = configuration.secureURL + "/prod/api2"
        let schemas = ["ticketing.xsd", "faultReport.txt", "appointments.xsd", "appointments-extension.xsd"]
        return [
            .init(
                "Installation API, messages",
                at: "/docs/installation-api.schema.json",
                "JSON Schema of every message."
            ),
            .init("Ticketing API, WSDL", at: ticketing + "?wsdl", "SOAP, over mutual TLS: `curl --cert … --key …`."),
        ] + schemas.map { .init("Ticketing API, \($0)", at: "\(ticketing)/\($0)", "XML Schema, over mutual TLS.") }
    }

    /// The operator's Supplier API, on the plain listener and, for tokens that are bound to a certificate, on the mutual-TLS
    /// listener (RFC 8705).
    private static func addWholesale(
        _ configuration: Configuration,
        _ exchange: Exchange,
        _ doors: Doors,
        to router: Router<BasicContext>
    ) {
        let (pace, headEnd) = (configuration.pace, configuration.headEnd)
        Wholesale(
            exchange: exchange,
            book: AppointmentBook(town: configuration.town),
            partner: configuration.partner,
            pace: {
                var pace = pace
                pace.headEnd = headEnd()
                return pace
            },
            logger: doors.logger
        )
        .addRoutes(to: router.authenticated("wholesale/v1", as: CustomerContext.self, by: doors.bearer(.wholesaleAPI)))
    }

    private static func secureListener(
        _ configuration: Configuration,
        _ tls: ReloadableTLS,
        _ exchange: Exchange,
        _ gateway: GatewaySide,
        _ installationData: InstallationData,
        _ base: Foundations
    ) throws -> MutualTLSListener {
        let directory = exchange.directory
        var listening = ListenerConfiguration(
            name: "mutual-tls",
            host: configuration.host,
            port: configuration.port + 1,
            exempt: AddressRange.loopback
        )
        listening.late = Ticketing.late
        let listener = MutualTLSListener(
            listening,
            tls: tls,
            allows: { directory.allows($0) },
            activity: base.activity,
            logger: base.logger
        )
        let schemas = try TicketingSchemas()
        Ticketing(
            exchange: exchange,
            book: AppointmentBook(town: configuration.town),
            pace: configuration.pace,
            schemas: schemas,
            files: base.files,
            publicURL: configuration.secureURL,
            logger: base.logger
        )
        .add(to: listener.router)
        NotificationInbox(exchange: exchange, schemas: schemas, logger: base.logger).add(to: listener.router)
        gateway.doors.tokens.addRoutes(to: listener.router, for: [.tenantAPI, .supplierAPI, .wholesaleAPI])
        gateway.add(to: listener.router)
        addWholesale(configuration, exchange, gateway.doors, to: listener.router)
        Installation(exchange: exchange, data: installationData).addRoutes(
            to: listener.router.authenticated(
                "prod/ftth-installer",
                as: PartnerContext.self,
                by: MutualTLSAuthentication(.partner, directory: directory, unauthorised: Installation.unauthorised)
            )
        )
        return listener
    }

    static func credentials(
        _ access: Configuration.Access,
        _ call: OutboundCall,
        _ time: TimeSource
    ) -> ClientCredentials {
        ClientCredentials(
            tokenURL: access.tokenURL,
            clientID: access.clientID,
            clientSecret: access.clientSecret,
            authentication: access.authentication,
            call: call,
            time: time
        )
    }
}
