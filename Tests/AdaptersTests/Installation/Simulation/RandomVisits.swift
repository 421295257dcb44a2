import Domain
import Engine
import Foundation
import Storage
import Testing

@testable import Adapters

/// What customers, the desk and partners do in a seed's weeks, each thing at its moment.
struct RandomVisits: Sendable {
    static let partners: [PartnerID] = ["PARTNER1", "PARTNER2", "PARTNER3"]
    private static let ordersMax: Int64 = 10
    /// What the head end answers to each try: mostly at once, sometimes after one or two more, sometimes never.
    private static let headEnds: [[HeadEndAnswer]] = [
        [], [], [.failsForNow], [.failsForNow, .failsForNow], [.failsForNow, .fails],
        [.failsForNow, .failsForNow, .failsForNow], [.fails],
    ]

    let bench: JobDeskBench
    let wire: FaultyWire
    let chance: Chance
    private var steps = 0
    private var orders: Int64 = 0

    private init(bench: JobDeskBench, wire: FaultyWire, chance: Chance) {
        self.bench = bench
        self.wire = wire
        self.chance = chance
    }

    static func with<Value: Sendable>(
        seed: UInt64,
        _ body: @escaping @Sendable (inout RandomVisits) async throws -> Value
    ) async throws -> Value {
        let chance = Chance(seed: seed)
        let clock = VirtualClock(startingAt: JobDeskBench.start)
        let wire = FaultyWire(
            partners: partners.map { PlayedPartner(name: $0.rawValue, chance: chance) },
            outages: Outages.planted(by: chance),
            chance: chance
        ) { clock.now }
        return try await JobDeskBench.with(terms, clock: clock, ids: .seeded(seed)) { directory in
            CourierOfVisits(directory: directory, wire: wire, clock: clock)
        } _: { bench in
            var visits = RandomVisits(bench: bench, wire: wire, chance: chance)
            return try await body(&visits)
        }
    }

    /// One with a stand-in, one that is asked at both ends by turns, one with a single endpoint.
    private static var terms: [PartnerID: PartnerTerms] {
        var terms: [PartnerID: PartnerTerms] = [:]
        for partner in partners {
            let hosts = Outages.hosts(of: partner.rawValue)
            var own = PartnerTerms.open()
            own.endpoint = Endpoint(url: "https://\(hosts[0])")
            own.alternates = hosts.dropFirst().map { Endpoint(url: "https://\($0)") }
            own.endpointChoice = partner == "PARTNER2" ? .roundRobin : .inOrder
            terms[partner] = own
        }
        return terms
    }

    // MARK: Time

    mutating func step() async throws {
        steps += 1
        try await lookAfterUnsent()
        switch draw(14, "what") {
        case 0, 1, 2, 3: try await order()
        case 4: try await cancelOrder(of: 1 + draw(max(1, Int(orders)), "order"))
        case 5: try await callOff()
        case 6: try await move()
        case _: try await pass(TimeInterval(draw(300, "minutes")) * 60)
        }
        await bench.settle()
    }

    /// Lets time pass, and each thing happen at its moment.
    func pass(_ seconds: TimeInterval) async throws {
        let end = bench.clock.now + seconds
        await bench.settle()
        while let due = try await nextDue(), due <= end {
            bench.clock.move(to: due)
            wire.deliverLate()
            for partner in Self.partners { try await speak(partner) }
            await bench.settle()
        }
        bench.clock.move(to: end)
    }

    private func nextDue() async throws -> Date? {
        let own = try await bench.exchange.read { try $0.nextDue() }
        return [own, wire.nextDue].compactMap(\.self).min()
    }

    // MARK: What customers and the desk do

    private mutating func order() async throws {
        guard orders < Self.ordersMax else { return }
        orders += 1
        // The first two are twins: see VisitPlan.
        let isTwin = orders <= 2
        let day = JobDeskBench.day.adding(days: isTwin || draw(2, "day") == 0 ? 0 : 1)
        let slots = SlotCalendar.slots(on: day)
        try await bench.found(
            orders,
            at: 10_090_000_000 + orders,
            slot: slots[isTwin ? 0 : draw(slots.count, "slot")],
            asking: Self.partners[draw(2, "preferred")],
            headEnd: isTwin ? [] : chance.pick(Self.headEnds, "head end of \(orders)")
        )
        try await pass(61)
    }

    private func cancelOrder(of number: Int) async throws {
        for reference in try await unsent() where reference.hasPrefix("J\(number * 100)".dropLast(2)) {
            wire.audit { $0.forced(reference) }
        }
        do {
            _ = try await bench.exchange.change(
                ID<SupplyOrder>(Int64(number)),
                of: nil,
                Cause("cancel", by: "customer")
            ) {
                try $0.cancel(at: $1)
            }
            wire.audit { $0.cancelled(order: number) }
        } catch is Rejection {}
    }

    private func callOff() async throws {
        guard let reference = pickJob() else { return }
        // Who could not be reached is not asked whether it lets go.
        let unsent = try await unsent()
        let isForced = draw(3, "by force") == 0 || unsent.contains(reference)
        let reply = try await bench.actUnsettled(reference, "cancel", #"{"force":\#(isForced)}"#)
        if reply.status == 200, isForced { wire.audit { $0.forced(reference) } }
    }

    /// Gives a job to another partner; and sometimes its customer withdraws while the first has not answered that yet.
    private func move() async throws {
        guard let reference = pickJob() else { return }
        let reply = try await bench.actUnsettled(reference, "redispatch", "")
        guard reply.status == 200 else { return }
        wire.audit { $0.moved(reference) }
        if draw(2, "withdraws") == 0 {
            try await pass(TimeInterval(draw(90, "before")) * 60)
            try await cancelOrder(of: (Int(reference.dropFirst()) ?? 0) / 100)
        }
    }

    /// People see to what could not be sent, a day after the alarm at the latest: somebody else gets it.
    func lookAfterUnsent() async throws {
        for reference in try await unsent() {
            #expect(try await bench.actUnsettled(reference, "redispatch", "").status == 200)
            wire.audit { $0.moved(reference) }
        }
    }

    /// People ring the partner about a visit that is late and silent; if it says that it gave the job back, it is off.
    func lookAfterSilent() async throws {
        for reference in wire.audit({ $0.jobs.keys.sorted() }) {
            let shown = try await bench.get("jobs/\(reference)").text
            guard shown.contains(#""silent":true"#), let id = InstallationJob.id(reference: reference),
                let job = try await bench.exchange.read({ try $0.find(id) }),
                wire.withPartner(job.partner.rawValue, { $0.gaveBack(reference) }) == true
            else { continue }
            wire.audit { $0.forced(reference) }
            #expect(try await bench.act(reference, "cancel", #"{"force":true}"#).status == 200)
        }
    }

    private func unsent() async throws -> [String] {
        let id = try await bench.exchange.read {
            try $0.list(InstallationJob.self, of: nil, inState: "failed-to-send", after: -1, limit: 100)
        }
        return id.map(\.reference)
    }

    /// One of those that nobody has closed yet.
    private func pickJob() -> String? {
        let references = wire.audit { $0.jobs.filter { $0.value.closings.isEmpty }.keys.sorted() }
        return references.isEmpty ? nil : references[draw(references.count, "job")]
    }

    // MARK: What partners say

    /// Everything that this partner has to say by now.
    private func speak(_ partner: PartnerID) async throws {
        let name = partner.rawValue
        while let errand = wire.withPartner(name, { $0.nextErrand(by: bench.clock.now) }) ?? nil {
            let about = "\(name) says \(errand.id) \(errand.attempts) \(errand.isRepeat)"
            let again = bench.clock.now + Double(1 + chance.draw(30, "\(about) again")) * 60
            let fate = chance.draw(8, about)
            let isDown = wire.isOut(partner: name)
            guard !isDown, fate != 0, let bytes = errand.bytes else {
                wire.withPartner(name) { $0.saysAgain(errand, at: again) }
                continue
            }
            var reply = try await say(bytes, errand.method, by: partner)
            if fate == 1 {
                // It had its effect, and the partner doesn't know.
                wire.withPartner(name) { $0.saysAgain(errand, at: again) }
                continue
            }
            if fate == 2 { reply = try await say(bytes, errand.method, by: partner) }
            let code = VisitAuditor.error(reply)
            wire.withPartner(name) { $0.heard(code, to: errand, at: bench.clock.now) }
        }
    }

    private func say(_ bytes: [UInt8], _ method: String, by partner: PartnerID) async throws -> String {
        let reply = try await bench.postRaw(method, bytes, by: partner)
        wire.audit { $0.said(Data(bytes), by: partner.rawValue, answered: reply) }
        return reply
    }

    // MARK: The end

    func judge() async throws {
        for reference in wire.audit({ $0.jobs.keys.sorted() }) {
            let reply = try await bench.get("jobs/\(reference)")
            let desk = Data(reply.text.utf8)
            wire.audit { $0.judge(reference, desk: desk, partners: Set(Self.partners.map(\.rawValue))) }
        }
        for number in stride(from: Int64(1), through: orders, by: 1) {
            let state = try await bench.order(number).stateName
            wire.audit { $0.judge(order: Int(number), state: state) }
        }
    }

    private func draw(_ count: Int, _ what: String) -> Int { chance.draw(count, "step \(steps) \(what)") }
}

/// The real courier to partners over the faulty wire; customers take what they are told.
private struct CourierOfVisits: Courier {
    private let partners: PartnerCourier
    private let wire: FaultyWire

    init(directory: Directory, wire: FaultyWire, clock: VirtualClock) {
        let (start, began) = (ContinuousClock.now, clock.now)
        let health = EndpointHealth { start + .seconds(clock.now.timeIntervalSince(began)) }
        partners = PartnerCourier(directory: directory, health: health) { wire.send($0) }
        self.wire = wire
    }

    func carry(_ parcel: Parcel) async -> Delivered {
        if case .customer = parcel.recipient {
            wire.audit { $0.customerHeard(parcel.message.operation, of: Int(parcel.entity.number)) }
        }
        guard parcel.recipient.partner != nil else { return Delivered(.delivered()) }
        return await partners.carry(parcel)
    }
}
