import Domain
import Engine
import Foundation
import HTTPTypes
import Storage
import TestSupport

@testable import Adapters

/// What tenants and suppliers do in a seed's days, each thing at its moment, through as many lives of the gateway as it takes.
final class RandomTenancy {
    /// A Monday in March, 09:00 in London.
    static let start = Date(timeIntervalSince1970: 1_772_442_000)

    /// Something that a tenant asks, the same under the same id until it is answered.
    struct Ask {
        let tenant: TenantID
        let method: HTTPRequest.Method
        let path: String
        let body: String
        let id: String
        let conversation: String
        /// When it was first asked.
        let at: Date
        /// What an amendment, a cancellation or an answer is about.
        var about: String?
    }

    let chance: Chance
    let wire: TenancyWire
    let clock: VirtualClock
    private let ground: TenancyLife.Ground
    private let seed: UInt64
    var steps = 0
    /// What was not answered, or not by anything that says whether it was done.
    var unanswered: [Ask] = []
    var asked = 0
    /// Numbers of what each tenant has, by what it is.
    var mine: [String: [Int]] = [:]
    /// Requests that were answered, to be made again.
    var settled: [(ask: Ask, answer: TenancyLife.Answer)] = []
    private(set) var lives = 0

    init(seed: UInt64) async throws {
        let chance = Chance(seed: seed)
        let clock = VirtualClock(startingAt: Self.start)
        self.seed = seed
        self.chance = chance
        self.clock = clock
        wire = TenancyWire(chance: chance, from: Self.start) { clock.now }
        ground = TenancyLife.Ground(
            clock: clock,
            ids: .seeded(seed),
            key: try SigningKey(pem: SigningKey.makePEM()),
            wire: wire
        )
    }

    // MARK: Lives

    /// Days of work, in which the gateway dies now and then; then calm, until everything is delivered; and the judgement.
    func run(steps count: Int) async throws {
        let place = try TestPlace(database: .sqlite)
        defer { place.clear() }
        while steps < count {
            try await live(at: place, fate: fate()) { life in
                while self.steps < count, !life.store.isDead { try await self.step(life) }
            }
        }
        wire.calm()
        try await live(at: place, fate: nil) { life in
            try await self.askAgain(life)
            for _ in 0..<4 {
                try await self.pass(26 * 3_600, life)
                try await self.redeliver(life)
            }
            try await self.judge(life)
        }
    }

    /// Of each three lives one ends with the work, the others in the middle of it.
    private func fate() -> MortalStore.Fate? {
        let life = "life \(lives)"
        guard chance.draw(3, "whether \(life) ends") > 0 else { return nil }
        return MortalStore.Fate(
            writes: 20 + chance.draw(250, "end of \(life)"),
            isLastKept: chance.draw(2, "last of \(life)") == 0
        )
    }

    private func live(
        at place: TestPlace,
        fate: MortalStore.Fate?,
        _ body: @escaping (TenancyLife) async throws -> Void
    ) async throws {
        lives += 1
        if lives > 1 { wire.audit { $0.restarted() } }
        let store = MortalStore(try place.open(), fate: fate)
        nonisolated(unsafe) let body = body
        do {
            try await TenancyLife.live(on: store, ground) { try await body($0) }
        } catch StoreError.closed where store.isDead {}
        try await store.close()
    }

    // MARK: Time

    private func step(_ life: TenancyLife) async throws {
        steps += 1
        try await askAgain(life)
        switch draw(10, "what") {
        case 0...6: try await act(life)
        case 7: try await pass(Double(draw(10 * 3_600, "a while")), life)
        case _: try await pass(Double(draw(1_800, "a moment")), life)
        }
        await settle(life)
    }

    func draw(_ count: Int, _ what: String) -> Int { chance.draw(count, "step \(steps) \(what)") }

    /// Lets time pass, and each thing happen at its moment.
    func pass(_ seconds: TimeInterval, _ life: TenancyLife) async throws {
        let end = clock.now + seconds
        await settle(life)
        while !life.store.isDead {
            let next = [try await life.nextDue(), wire.nextDue].compactMap(\.self).min()
            guard let next, next <= end else { break }
            // What is still due although everything was carried is looked at again a second later.
            clock.move(to: max(next, clock.now + (next <= clock.now ? 1 : 0)))
            await settle(life)
        }
        if !life.store.isDead { clock.move(to: end) }
    }

    /// Everything that is due now, by whomever.
    func settle(_ life: TenancyLife) async {
        for supplier in TenancyLife.suppliers { await speak(supplier, life) }
        await life.settle()
    }

    private func speak(_ supplier: SupplierID, _ life: TenancyLife) async {
        wire.withSupplier(supplier) { $0.work(until: clock.now) }
        while !life.store.isDead, let errand = wire.withSupplier(supplier, { $0.nextErrand(by: clock.now) }) ?? nil {
            let answer: TenancyLife.Answer? =
                switch errand.contract {
                case .native: try? await life.tell(errand.body, by: supplier, request: errand.id)
                case .ticketing: try? await life.notify(errand.body, by: supplier)
                }
            wire.withSupplier(supplier) { $0.heard(answer?.status, to: errand, at: clock.now) }
        }
    }

    // MARK: The end

    /// What tenants were not told, they ask for once more.
    private func redeliver(_ life: TenancyLife) async throws {
        for tenant in TenancyLife.tenants {
            asked += 1
            _ = try await life.ask(
                .post,
                "/v1/kcis/redeliver",
                "{}",
                as: tenant,
                request: "redeliver-\(asked)",
                conversation: "redelivery"
            )
        }
        try await pass(3_600, life)
    }
}
