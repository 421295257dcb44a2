import Adapters
import Domain
import Engine
import FoundationEssentials
import Storage

/// A world to try the product in: its clock, its simulated counterparts, and whether anything is still going on.
///
/// The product beside it is the real one; the world reaches it over sockets, and reads its store only to know what is due.
package actor World {
    package let home: SandboxHome
    package let exchange: Exchange
    let files: FileShelf
    package let counterparts: Counterparts
    package let settling: Settling
    /// `nil` on a real clock.
    package let clock: VirtualClock?
    let addresses: CounterpartAddresses
    let headEnd: HeadEndScript

    /// One turn of the clock at a time: two would each settle the other's world (decision 21).
    private var isTurning = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    package init(
        home: SandboxHome,
        exchange: Exchange,
        files: FileShelf,
        activity: Activity,
        counterparts: Counterparts,
        addresses: CounterpartAddresses,
        clock: VirtualClock?,
        headEnd: HeadEndScript
    ) {
        self.home = home
        self.exchange = exchange
        self.files = files
        self.counterparts = counterparts
        self.addresses = addresses
        self.clock = clock
        self.headEnd = headEnd
        settling = Settling(
            activity: activity,
            time: exchange.time,
            stores: [exchange.store, counterparts.store]
        )
    }

    /// What a turn of the clock did.
    package struct Turn: Sendable {
        package let now: Date
        package let fired: Int
        package let settled: Bool
    }

    /// How long the world may take to settle at one moment of virtual time before the turn goes on without.
    static let settlingMax: Duration = .seconds(30)

    /// Turns the virtual clock on, firing every timer on the way in order and letting what follows settle.
    ///
    /// - Returns: `nil` on a real clock, which nobody turns.
    package func advance(by duration: Duration) async throws -> Turn? {
        guard let clock else { return nil }
        await beginTurn()
        defer { endTurn() }
        let target = clock.now + duration
        let activity = settling.activity
        let firedBefore = activity.timersFired
        var isSettled = true
        while true {
            isSettled = try await settling.settle(within: Self.settlingMax).isEmpty && isSettled
            guard let due = try await settling.nextDue(), due <= target else { break }
            try move(to: max(due, clock.now))
            // What does not settle at its own moment would turn for ever.
            guard isSettled else { break }
        }
        try move(to: target)
        isSettled = try await settling.settle(within: Self.settlingMax).isEmpty && isSettled
        return Turn(now: clock.now, fired: activity.timersFired - firedBefore, settled: isSettled)
    }

    package func settle(within timeout: Duration) async throws -> [String] {
        try await settling.settle(within: timeout)
    }

    /// Drops entities, messages and inboxes; keeps parties, credentials, certificates, ports and the clock.
    package func reset() async throws {
        await beginTurn()
        defer { endTurn() }
        _ = try await settling.settle(within: Self.settlingMax)
        try await exchange.store.write { try $0.wipe() }
        files.removeAll()
        try await counterparts.reset()
        try await prepare()
    }

    // MARK: -

    private func move(to date: Date) throws {
        guard let clock else { return }
        clock.move(to: date)
        try home.keep(time: clock.now)
        exchange.ring()
        counterparts.ring()
    }

    private func beginTurn() async {
        while isTurning {
            await withCheckedContinuation { waiting.append($0) }
        }
        isTurning = true
    }

    private func endTurn() {
        isTurning = false
        if !waiting.isEmpty { waiting.removeFirst().resume() }
    }
}
