import Domain
import Foundation
import Synchronization

@testable import Adapters

/// The network between the operator and its partners, which loses, delays and repeats; and the partners at its end.
final class FaultyWire: Sendable {
    /// What becomes of one attempt.
    enum Fate: CaseIterable, Sendable {
        /// It never arrives.
        case lostBefore
        /// It arrives and has its effect; the answer does not come back.
        case answerLost
        /// It arrives long after the operator gave the attempt up.
        case late
        /// It arrives now, and once more later.
        case twice
        case serverError, internalError
        /// The connection stands, and nothing comes: as good as lost.
        case halfOpen
        case fine
    }

    /// A time in which something is wrong with a host.
    struct Outage {
        enum Kind {
            /// It says 503.
            case unavailable
            case silent
            /// What is sent arrives, and no answer ever comes back.
            case unanswering
        }

        let host: String
        let from: Date
        let until: Date
        let kind: Kind
    }

    private struct Delayed {
        let partner: String
        let body: [UInt8]
        let due: Date
    }

    private struct State {
        var partners: [String: PlayedPartner]
        var auditor = VisitAuditor()
        var attempts: [String: Int] = [:]
        var delayed: [Delayed] = []
        var planted: [Fate: Int] = [:]
        var refusedByOutage = 0
    }

    private let chance: Chance
    private let outages: [Outage]
    private let now: @Sendable () -> Date
    private let state: Mutex<State>

    init(partners: [PlayedPartner], outages: [Outage], chance: Chance, now: @escaping @Sendable () -> Date) {
        let named = Dictionary(uniqueKeysWithValues: partners.map { ($0.name, $0) })
        state = Mutex(State(partners: named))
        self.outages = outages
        self.chance = chance
        self.now = now
    }

    /// All of a partner is down: then it says nothing either.
    func isOut(partner: String) -> Bool {
        let now = now()
        return Outages.hosts(of: partner).allSatisfy { host in
            outages.contains { $0.host == host && $0.kind == .silent && $0.from <= now && now < $0.until }
        }
    }

    /// How often each fault was planted, so that a run in which none was proves nothing unnoticed.
    var planted: [Fate: Int] { state.withLock { $0.planted } }
    var refusedByOutage: Int { state.withLock { $0.refusedByOutage } }

    func audit<Value: Sendable>(_ body: (inout VisitAuditor) throws -> Value) rethrows -> Value {
        try state.withLock { try body(&$0.auditor) }
    }

    @discardableResult
    func withPartner<Value: Sendable>(_ name: String, _ body: (inout PlayedPartner) throws -> Value) rethrows -> Value?
    {
        try state.withLock { state in
            guard var partner = state.partners[name] else { return nil }
            defer { state.partners[name] = partner }
            return try body(&partner)
        }
    }

    /// When something arrives late, or a partner has something to say.
    var nextDue: Date? {
        state.withLock { state in
            (state.delayed.map(\.due) + state.partners.values.compactMap(\.nextDue)).min()
        }
    }

    /// What the operator's courier calls.
    func send(_ request: OutboundRequest) -> Result<OutboundResponse, OutboundFailure> {
        let now = now()
        guard let url = URL(string: request.url), let host = url.host() else {
            return .failure(OutboundFailure(.dns, "no such host"))
        }
        let partner = host.split(separator: ".").dropFirst().first.map { $0.uppercased() } ?? ""
        return state.withLock { state in
            if let outage = outages.first(where: { $0.host == host && $0.from <= now && now < $0.until }) {
                state.refusedByOutage += 1
                switch outage.kind {
                case .unavailable: return .success(OutboundResponse(status: 503, body: []))
                case .silent: return Self.silence
                case .unanswering:
                    arrive(request.body, at: partner, now, &state)
                    return Self.silence
                }
            }
            let fate = fate(of: request, to: partner, &state)
            state.planted[fate, default: 0] += 1
            switch fate {
            case .lostBefore: return .failure(OutboundFailure(.refused, "nobody listens there"))
            case .halfOpen: return Self.silence
            case .serverError: return .success(OutboundResponse(status: 500, body: []))
            case .internalError:
                let body = #"{"jsonrpc":"2.0","id":null,"error":{"code":-32603,"message":"try again"}}"#
                return .success(OutboundResponse(status: 200, body: Array(body.utf8)))
            case .late:
                delay(request.body, to: partner, &state)
                return Self.silence
            case .answerLost:
                arrive(request.body, at: partner, now, &state)
                return .failure(OutboundFailure(.other, "the connection ended"))
            case .twice:
                delay(request.body, to: partner, &state)
                return .success(OutboundResponse(status: 200, body: arrive(request.body, at: partner, now, &state)))
            case .fine:
                return .success(OutboundResponse(status: 200, body: arrive(request.body, at: partner, now, &state)))
            }
        }
    }

    /// Brings what was on its way for long.
    func deliverLate() {
        let now = now()
        state.withLock { state in
            let due = state.delayed.filter { $0.due <= now }
            state.delayed.removeAll { $0.due <= now }
            for message in due { arrive(message.body, at: message.partner, now, &state) }
        }
    }

    private static var silence: Result<OutboundResponse, OutboundFailure> {
        .failure(OutboundFailure(.timeout, "no answer within 10 s"))
    }

    /// Half of all attempts go wrong in some way.
    private func fate(of request: OutboundRequest, to partner: String, _ state: inout State) -> Fate {
        let text = String(decoding: request.body.prefix(200), as: UTF8.self)
        // Without its number, which depends on what else was committed.
        let kind = text.firstMatch(of: /"method".*?"ref":"[^"]*"/)?.output ?? ""
        let message = "\(partner) \(kind)"
        state.attempts[message, default: 0] += 1
        let all = Fate.allCases
        let drawn = chance.draw(all.count * 2, "fate of \(message) \(state.attempts[message, default: 0])")
        return drawn < all.count ? all[drawn] : .fine
    }

    private func delay(_ body: [UInt8], to partner: String, _ state: inout State) {
        let minutes = 1 + chance.draw(240, "delay \(state.delayed.count) \(body.count)")
        state.delayed.append(Delayed(partner: partner, body: body, due: now() + Double(minutes) * 60))
    }

    /// Reaches the partner, which acts on it: the auditor sees both what came and what was answered.
    @discardableResult
    private func arrive(_ body: [UInt8], at name: String, _ now: Date, _ state: inout State) -> [UInt8] {
        guard var partner = state.partners[name] else { return [] }
        let reply = partner.hear(body, at: now)
        state.partners[name] = partner
        state.auditor.arrived(Data(body), at: name, answered: reply)
        return Array(reply.utf8)
    }
}
