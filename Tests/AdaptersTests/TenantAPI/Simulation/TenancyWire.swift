import Domain
import Foundation
import Synchronization

@testable import Adapters

/// The network between the gateway and everybody else, which loses, delays and repeats; the suppliers at one end of it, and at
/// the other the tenants' endpoints, whose fate the auditor sees.
final class TenancyWire: Sendable {
    /// What becomes of one call.
    enum Fate: CaseIterable, Sendable {
        case fine
        /// It never arrives.
        case lostBefore
        /// It arrives and has its effect; the answer does not come back.
        case answerLost
        /// 500, and nothing was done.
        case serverError
        /// 502, though it was done.
        case actedThenFailed
        /// 429 or 503 with `Retry-After`.
        case askedToWait
        /// Done, and answered with what is no answer of the contract.
        case nonsense
        /// The tenant says 400 or 410: it will not have this one.
        case refused
    }

    struct Outage {
        let host: String
        let from: Date
        let until: Date
        let fate: Fate
    }

    private struct State {
        var suppliers: [SupplierID: PlayedSupplier]
        var auditor = TenancyAuditor()
        var attempts: [String: Int] = [:]
        var planted: [Fate: Int] = [:]
        var isCalm = false
    }

    private let chance: Chance
    private let outages: [Outage]
    private let now: @Sendable () -> Date
    private let state: Mutex<State>

    init(chance: Chance, from start: Date, now: @escaping @Sendable () -> Date) {
        let played = TenancyLife.suppliers.map { ($0, PlayedSupplier(name: $0.rawValue, chance: chance)) }
        state = Mutex(State(suppliers: Dictionary(uniqueKeysWithValues: played)))
        outages = Self.outages(by: chance, from: start)
        self.chance = chance
        self.now = now
    }

    /// How often each fault was planted, so that a run in which none was proves nothing unnoticed.
    var planted: [Fate: Int] { state.withLock { $0.planted } }

    /// From now on nothing is lost any more, and everybody listens.
    func calm() { state.withLock { $0.isCalm = true } }

    func audit<Value: Sendable>(_ body: (inout TenancyAuditor) throws -> Value) rethrows -> Value {
        try state.withLock { try body(&$0.auditor) }
    }

    func withSupplier<Value: Sendable>(
        _ id: SupplierID,
        _ body: (inout PlayedSupplier) throws -> Value
    ) rethrows -> Value? {
        try state.withLock { state in
            guard var supplier = state.suppliers[id] else { return nil }
            defer { state.suppliers[id] = supplier }
            return try body(&supplier)
        }
    }

    /// When a supplier has something to do or to say.
    var nextDue: Date? { state.withLock { $0.suppliers.values.compactMap(\.nextDue).min() } }

    /// What the gateway's couriers call.
    func send(_ request: OutboundRequest) -> Result<OutboundResponse, OutboundFailure> {
        let now = now()
        guard let host = URL(string: request.url)?.host() else {
            return .failure(OutboundFailure(.dns, "no such host"))
        }
        return state.withLock { state in
            let fate = state.isCalm ? .fine : fate(of: request, to: host, at: now, &state)
            state.planted[fate, default: 0] += 1
            let name = String(host.prefix { $0 != "." }).uppercased()
            if var supplier = state.suppliers[SupplierID(name)] {
                defer { state.suppliers[SupplierID(name)] = supplier }
                return bring(request, to: &supplier, fate, at: now)
            }
            return bring(request, toTenant: name, fate, &state)
        }
    }

    // MARK: -

    private func bring(
        _ request: OutboundRequest,
        to supplier: inout PlayedSupplier,
        _ fate: Fate,
        at now: Date
    ) -> Result<OutboundResponse, OutboundFailure> {
        switch fate {
        case .fine, .refused: return .success(supplier.hear(request, at: now))
        case .lostBefore: return .failure(OutboundFailure(.refused, "nobody listens there"))
        case .serverError: return .success(OutboundResponse(status: 500))
        case .askedToWait: return .success(OutboundResponse(status: 503, headers: ["Retry-After": "40"]))
        case .answerLost:
            _ = supplier.hear(request, at: now)
            return .failure(OutboundFailure(.timeout, "no answer within 10 s"))
        case .actedThenFailed:
            _ = supplier.hear(request, at: now)
            return .success(OutboundResponse(status: 502))
        case .nonsense:
            let answer = supplier.hear(request, at: now)
            guard answer.status < 300, !request.url.hasSuffix("/token") else { return .success(answer) }
            return .success(OutboundResponse(status: answer.status, body: Array("<html>Welcome!".utf8)))
        }
    }

    private func bring(
        _ request: OutboundRequest,
        toTenant name: String,
        _ fate: Fate,
        _ state: inout State
    ) -> Result<OutboundResponse, OutboundFailure> {
        func arrives(isTaken: Bool, isAnswerLost: Bool = false) {
            let headers = Dictionary(request.headers.map { ($0.name, $0.value) }) { first, _ in first }
            state.auditor.arrived(
                Data(request.body),
                at: name,
                in: headers["X-Conversation-ID"] ?? "",
                isTaken: isTaken,
                isAnswerLost: isAnswerLost
            )
        }
        switch fate {
        case .fine, .nonsense:
            arrives(isTaken: true)
            return .success(OutboundResponse(status: fate == .fine ? 204 : 200, body: Array("<html>Thanks".utf8)))
        case .lostBefore: return .failure(OutboundFailure(.timeout, "no answer within 10 s"))
        case .answerLost:
            arrives(isTaken: true, isAnswerLost: true)
            return .failure(OutboundFailure(.other, "the connection ended"))
        case .actedThenFailed:
            arrives(isTaken: true, isAnswerLost: true)
            return .success(OutboundResponse(status: 502))
        case .serverError:
            arrives(isTaken: false)
            return .success(OutboundResponse(status: 500))
        case .askedToWait:
            return .success(OutboundResponse(status: 429, headers: ["Retry-After": "25"]))
        case .refused:
            arrives(isTaken: false)
            return .success(OutboundResponse(status: 410))
        }
    }

    private func fate(of request: OutboundRequest, to host: String, at now: Date, _ state: inout State) -> Fate {
        if let outage = outages.first(where: { $0.host == host && $0.from <= now && now < $0.until }) {
            return outage.fate
        }
        guard !request.url.hasSuffix("/token") else { return .fine }
        let id = request.headers.first { $0.name == "X-Request-ID" }?.value ?? ""
        let message = "\(host) \(id)"
        state.attempts[message, default: 0] += 1
        let thing = "fate of \(message) \(state.attempts[message, default: 0])"
        let isTenants = host.hasPrefix("tenant")
        guard chance.draw(isTenants ? 6 : 3, thing) == 0 else { return .fine }
        let faults = Fate.allCases.filter { $0 != .fine && (isTenants || $0 != .refused) }
        return chance.pick(faults, "which \(thing)")
    }

    /// Hours in which an endpoint is silent, busy, gone or cannot answer; and in some seeds days without a supplier, longer
    /// than anything is tried.
    private static func outages(by chance: Chance, from start: Date) -> [Outage] {
        var outages: [Outage] = []
        func add(_ host: String, _ name: String, hours: Int, _ fate: Fate) {
            let from = start + Double(chance.draw(48, "\(name) begins")) * 3_600
            outages.append(Outage(host: host, from: from, until: from + Double(hours) * 3_600, fate: fate))
        }
        let fates: [Fate] = [.lostBefore, .answerLost, .serverError, .actedThenFailed, .askedToWait, .refused]
        for tenant in TenancyLife.tenants {
            for number in 0..<2 {
                let name = "outage \(number) of \(tenant)"
                let fate = chance.pick(fates, name)
                let hours = 1 + chance.draw(5, "hours of \(name)")
                add("\(tenant.rawValue.lowercased()).invalid", name, hours: hours, fate)
            }
        }
        add("alpha.invalid", "outage of ALPHA", hours: 3, .lostBefore)
        let isLong = chance.draw(3, "how long BETA is away") == 0
        add("beta.invalid", "outage of BETA", hours: isLong ? 80 : 6, chance.pick(fates, "how BETA is away"))
        return outages
    }
}
