import Adapters
import Engine
import FoundationEssentials
import Glibc
import Hummingbird
import Logging
import Sandbox
import ServiceLifecycle
import Storage
import UnixSignals

/// One life of a sandbox: opened, announced once all its listeners accept, closed.
struct SandboxRun {
    let options: SandboxCommand
    let metrics: PrometheusMetrics
    let logger: Logger

    func run() async throws {
        FileModes.restrictNewFiles()
        let home = try SandboxHome(at: options.data, ids: .system, now: TimeSource.real.now())
        let disk = DiskTrouble(logger)
        let store = try disk.open(home.database, acceptsLoss: options.acceptLoss)
        let counterpartStore = try disk.open(home.counterpartsDatabase, acceptsLoss: options.acceptLoss)
        let files = try FileShelf(at: home.attachments) { disk.heed($0, of: home.attachments) }
        home.withdraw()
        let clock = options.clock == .virtual ? VirtualClock(startingAt: home.keptTime()) : nil
        let base = Foundations(
            store: store,
            files: files,
            time: clock?.source ?? .real,
            ids: options.seed.map { IDSource.seeded($0) } ?? .system,
            activity: Activity(),
            metrics: metrics,
            logger: logger
        )
        let world = SandboxWorld(
            home: home,
            base: options.ports,
            clock: clock,
            installationData: options.installationData,
            objects: options.objectStore.store
        )
        let counterparts = try Counterparts(
            store: counterpartStore,
            time: base.time,
            ids: base.ids,
            activity: base.activity,
            configuration: try world.counterparts(),
            logger: logger
        )
        // Counterparts first: the house must know where they listen before it delivers anything that waits.
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await counterparts.run() }
            try await serve(world, counterparts, base)
            group.cancelAll()
            do { try await group.waitForAll() } catch is CancellationError {}
        }
        home.withdraw()
        try await store.close()
        try await counterpartStore.close()
    }

    private func serve(_ world: SandboxWorld, _ counterparts: Counterparts, _ base: Foundations) async throws {
        let addresses = try await counterparts.addresses()
        let house = try await Assembly.house(try world.configuration(deskNewsURL: addresses.deskNews), on: base)
        try await SandboxParties.register(
            in: house.exchange,
            home: world.home,
            counterparts: addresses,
            gatewayNotifications: world.secureURL + "/buyer/notifications",
            gatewayUpdates: world.plainURL + "/supplier/v1"
        )
        let turned = World(
            home: world.home,
            exchange: house.exchange,
            files: base.files,
            activity: base.activity,
            counterparts: counterparts,
            addresses: addresses,
            clock: world.clock,
            headEnd: world.headEnd
        )
        try await turned.prepare()
        Controls(world: turned, token: world.home.secrets.controlToken).addRoutes(to: house.plain.router)

        let listeners = ListenerCount(2) { [exchange = house.exchange] in
            exchange.listenersAccept()
            do { try announce(world) } catch { TerminalText.complain("patchbay: \(error)") }
        }
        // Shut down from the last to the first: who listens goes before who delivers, the log goes last.
        let services: [any Service] = [
            house.logWriter,
            house.housekeeping,
            house.certificates,
            house.timers,
            house.delivery,
            house.secure.application { _ in listeners.listening() },
            house.plain.application { _ in listeners.listening() },
        ]
        let group = ServiceGroup(
            configuration: .init(
                services: services,
                gracefulShutdownSignals: [.sigterm, .sigint],
                logger: logger
            )
        )
        try await group.run()
        for call in house.calls { await call.shutdown() }
    }

    /// Says that the sandbox is ready, once all its listeners accept.
    private func announce(_ world: SandboxWorld) throws {
        let file = try SandboxFile(home: world.home, base: options.ports, pid: getpid())
        try world.home.announce(file.bytes)
        if !options.quiet { TerminalText.announce(world.table(isVirtual: world.clock != nil)) }
    }
}
