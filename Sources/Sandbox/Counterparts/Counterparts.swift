import Adapters
import Domain
import Engine
import FoundationEssentials
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle
import Storage

/// The simulated strangers around the exchange: two tenants' and two buyers' inboxes, an installer and a network desk.
///
/// They are clients and servers on the wire, with a store of their own (decision 24): what they answered is durable,
/// what they began is finished after a kill, and what comes twice has one effect.
///
///     let counterparts = try Counterparts(…)
///     group.addTask { try await counterparts.run() }
///     let addresses = try await counterparts.addresses()
package struct Counterparts: Service {
    private static let plain = "counterparts"
    private static let secure = "counterparts-tls"

    /// Acts; ring its bell (``ring()``) when a virtual clock was turned.
    package let stage: Stage
    package let store: any Store
    let time: TimeSource
    let bell: Bell
    let inbox: Inbox
    let installer: Installer
    let desk: PlayedDesk
    private let objector: Objector
    private let calls: [OutboundCall]
    private let tls: ReloadableTLS
    private let policy: AddressPolicy
    private let activity: Activity
    private let logger: Logger
    private let bound = Bound([Self.plain, Self.secure])
    private let configuration: CounterpartsConfiguration

    /// - Parameters:
    ///   - store: theirs alone, opened by the caller and closed by it, after ``run()``.
    ///   - activity: the world's own: their open requests and their actions are counted in it.
    package init(
        store: any Store,
        time: TimeSource,
        ids: IDSource,
        activity: Activity,
        configuration: CounterpartsConfiguration,
        logger: Logger
    ) throws {
        let bell = Bell()
        let hands = Hands()
        let inbox = Inbox(store: store, time: time)
        let policy = AddressPolicy(.loopbackOnly)
        let limits = OutboundCall.Limits(deadline: configuration.deadline)
        let partnerCall = try OutboundCall(
            identity: configuration.installerIdentity,
            policy: policy,
            limits: limits,
            logger: logger
        )
        let deskCall = try OutboundCall(policy: policy, limits: limits, logger: logger)
        let installer = Installer(
            store: store,
            time: time,
            ids: ids,
            activity: activity,
            pace: configuration.pace,
            bell: bell,
            call: partnerCall,
            operatorURL: configuration.installationURL,
            access: configuration.operatorAccess,
            logger: logger
        )
        let desk = PlayedDesk(
            inbox: inbox,
            store: store,
            time: time,
            ids: ids,
            pace: configuration.pace,
            bell: bell,
            hands: hands,
            credentials: ClientCredentials(
                tokenURL: configuration.deskTokenURL,
                clientID: configuration.deskClientID,
                clientSecret: configuration.deskClientSecret,
                call: deskCall,
                time: time
            ),
            operatorURL: configuration.deskURL
        )
        let buyerCalls = try configuration.buyerIdentities.mapValues { identity in
            try OutboundCall(identity: identity, policy: policy, limits: limits, logger: logger)
        }
        let objector = Objector(
            store: store,
            time: time,
            ids: ids,
            pace: configuration.pace,
            bell: bell,
            calls: buyerCalls,
            ticketingURL: configuration.ticketingURL
        )
        stage = Stage(
            store: store,
            time: time,
            activity: activity,
            bell: bell,
            hands: hands,
            logger: logger,
            clock: ClockWatch(time: time)
        ) { timer in
            try await Self.act(timer, installer, desk, objector)
        }
        tls = try ReloadableTLS(configuration.serverIdentity)
        self.policy = policy
        self.activity = activity
        self.logger = logger
        self.store = store
        self.time = time
        self.bell = bell
        self.inbox = inbox
        self.installer = installer
        self.desk = desk
        self.objector = objector
        self.configuration = configuration
        calls = [partnerCall, deskCall] + buyerCalls.values
    }

    /// Listens and acts until the task is cancelled, or asked to shut down gracefully.
    package func run() async throws {
        try await serve {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await stage.run() }
                group.addTask { try await installer.delivery.run() }
                try await group.next()
                group.cancelAll()
            }
        }
    }

    /// Plays what is due now to its end, once: steps of people, and messages. For tests, which have no loop.
    ///
    /// - Returns: how many.
    func step() async -> Int {
        let steps = await stage.step()
        return await steps + installer.delivery.step()
    }

    /// Listens, and does what it is given meanwhile; when either ends, so does the other. Tests act step by step.
    func serve(while act: @escaping @Sendable () async throws -> Void) async throws {
        let plain = plainListener().application { bound.opened(Self.plain, on: $0) }
        let secure = secureListener().application { bound.opened(Self.secure, on: $0) }
        defer { bound.failed(CancellationError()) }
        let result: Result<Void, any Error>
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await plain.run() }
                group.addTask { try await secure.run() }
                group.addTask { try await cancelWhenGracefulShutdown { try await act() } }
                try await group.next()
                group.cancelAll()
            }
            result = .success(())
        } catch {
            result = .failure(error)
            bound.failed(error)
        }
        for call in calls { await call.shutdown() }
        try result.get()
    }

    private func plainListener() -> PlainListener {
        let listener = PlainListener(
            ListenerConfiguration(name: Self.plain, host: "127.0.0.1", port: 0, exempt: AddressRange.loopback),
            activity: activity,
            logger: logger
        )
        for (party, secret) in [
            (InboxParty.tenant, configuration.tenantWebhookSecret),
            (.secondTenant, configuration.secondTenantWebhookSecret),
        ] {
            let tenant = TenantInbox(inbox: inbox, party: party, secret: secret)
            listener.router.post("/\(party.rawValue)/kcis", use: tenant.receive)
        }
        listener.router.post("/desk/news", use: desk.receive)
        return listener
    }

    private func secureListener() -> MutualTLSListener {
        let listener = MutualTLSListener(
            ListenerConfiguration(name: Self.secure, host: "127.0.0.1", port: 0, exempt: AddressRange.loopback),
            tls: tls,
            allows: { [policy] address in address.map { policy.allows($0) } ?? false },
            activity: activity,
            logger: logger
        )
        for party in [InboxParty.buyer, .rivalBuyer] {
            let buyer = BuyerInbox(inbox: inbox, party: party, objector: objector)
            listener.router.post("/\(party.rawValue)/notifications", use: buyer.receive)
        }
        installer.addRoutes(to: listener.router)
        return listener
    }

    func ports() async throws -> (plain: Int, secure: Int) {
        let ports = try await bound.ports()
        return (ports[Self.plain] ?? 0, ports[Self.secure] ?? 0)
    }

    private static func act(
        _ timer: TimerKey,
        _ installer: Installer,
        _ desk: PlayedDesk,
        _ objector: Objector
    ) async throws {
        let number = timer.entity.number
        if timer.entity.kind == .playedVisit { try await installer.act(ID(number)) }
        if timer.entity.kind == .playedTicket, let alarm = PlayedTicket.Alarm(rawValue: timer.alarm) {
            try await desk.act(ID(number), alarm)
        }
        if timer.entity.kind == .playedObjection, let alarm = PlayedObjection.Alarm(rawValue: timer.alarm) {
            try await objector.act(ID(number), alarm)
        }
    }
}

/// Where the counterparts find the product, and as whom they come.
package struct CounterpartsConfiguration: Sendable {
    /// Certificate of their own mutual-TLS listener, and the authority whose clients may call.
    package var serverIdentity: TLSFiles
    /// The installation partner's client certificate.
    package var installerIdentity: TLSFiles
    /// `https://localhost:8081/prod/ftth-installer`; `/{method}` is appended.
    package var installationURL: String
    /// With which certificate the operator comes to the installer, and from where.
    package var operatorAccess: MutualTLSTerms
    /// `http://127.0.0.1:8080/operator/v1`
    package var deskURL: String
    package var deskTokenURL: String
    package var deskClientID: String
    package var deskClientSecret: String
    /// The client certificates of buyers who may object to a resolution.
    package var buyerIdentities: [InboxParty: TLSFiles]
    /// `https://localhost:8081/prod/api2`; `/{operation}` is appended.
    package var ticketingURL: String
    /// With which the gateway signs KCIs; `nil`: signatures aren't looked at.
    package var tenantWebhookSecret: String?
    package var secondTenantWebhookSecret: String?
    package var pace: Pace
    /// How long an operator may take to answer, in real time (decision 20).
    package var deadline: Duration = .seconds(2)

    package init(
        serverIdentity: TLSFiles,
        installerIdentity: TLSFiles,
        installationURL: String,
        operatorAccess: MutualTLSTerms,
        deskURL: String,
        deskTokenURL: String,
        deskClientID: String,
        deskClientSecret: String,
        buyerIdentities: [InboxParty: TLSFiles],
        ticketingURL: String,
        tenantWebhookSecret: String? = nil,
        secondTenantWebhookSecret: String? = nil,
        pace: Pace
    ) {
        self.serverIdentity = serverIdentity
        self.installerIdentity = installerIdentity
        self.installationURL = installationURL
        self.operatorAccess = operatorAccess
        self.deskURL = deskURL
        self.deskTokenURL = deskTokenURL
        self.deskClientID = deskClientID
        self.deskClientSecret = deskClientSecret
        self.buyerIdentities = buyerIdentities
        self.ticketingURL = ticketingURL
        self.tenantWebhookSecret = tenantWebhookSecret
        self.secondTenantWebhookSecret = secondTenantWebhookSecret
        self.pace = pace
    }
}
