import Engine
import FoundationEssentials
import Logging

/// Looks at a peer from outside, step by step, and says of each what was seen and what to do next (N-02). What is the same
/// in every contract is here; path and echo are the contract's own.
struct PeerDoctor: Sendable {
    let peer: Peer
    let time: TimeSource
    /// Where the contract demands certificates: `T-003`.
    let clause: String
    /// A request that changes nothing, and that whoever is let in gets an answer to.
    let probe: OutboundRequest
    let path: @Sendable (PeerDoctor) async -> DoctorStep
    let echo: @Sendable (PeerDoctor) async -> DoctorStep

    /// For an answer over HTTP: as long as the contracts give a supplier.
    static let answerDeadline: Duration = .seconds(10)

    /// Every step, in order; what cannot be tried says so.
    func examine() async -> [DoctorStep] {
        var steps: [DoctorStep] = []
        for name in DoctorStep.Name.allCases {
            let passed = Set(steps.filter { $0.outcome == .passed }.map(\.name))
            if let missing = name.needs.first(where: { !passed.contains($0) }) {
                steps.append(DoctorStep(name, .untried, "needs the step \(missing.rawValue)"))
            } else {
                steps.append(await take(name))
            }
        }
        return steps
    }

    private func take(_ name: DoctorStep.Name) async -> DoctorStep {
        switch name {
        case .certificate: OwnCertificate.examine(peer.identity, at: time.now())
        case .name: await PeerName.examine(peer)
        case .connection: await PeerConnection.examine(peer)
        case .tls: await PeerCertificate.examine(peer, at: time.now())
        case .stranger: await stranger()
        case .acceptance: await acceptance()
        case .path: await path(self)
        case .echo: await echo(self)
        }
    }

    private func stranger() async -> DoctorStep {
        switch await send(probe, asOurselves: false) {
        case .failure(let failure) where failure.kind == .tls || failure.kind == .other:
            DoctorStep(.stranger, .passed, "refused in the handshake")
        case .failure(let failure):
            DoctorStep(.stranger, .failed, failure.text, advice: "Try again: this is no refusal, but no answer.")
        case .success(let answer) where answer.status == 401 || answer.status == 403:
            DoctorStep(.stranger, .passed, "answered \(answer.status)")
        case .success(let answer):
            DoctorStep(
                .stranger,
                .failed,
                "answered \(answer.status) without a client certificate",
                advice: "Tell the peer: whoever has no certificate must be refused (\(clause))."
            )
        }
    }

    private func acceptance() async -> DoctorStep {
        switch await send(probe) {
        case .failure(let failure) where failure.kind == .tls:
            DoctorStep(
                .acceptance,
                .failed,
                failure.text,
                advice: "Ask the peer which authority it takes clients from."
            )
        case .failure(let failure):
            DoctorStep(
                .acceptance,
                .failed,
                failure.text,
                advice: "The peer may drop who comes from an address that it does not know: give it the one above."
            )
        case .success(let answer) where answer.status == 401:
            DoctorStep(
                .acceptance,
                .failed,
                "answered 401",
                advice: "Have the peer register this certificate; its fingerprint is above."
            )
        case .success(let answer) where answer.status == 403:
            DoctorStep(
                .acceptance,
                .failed,
                "answered 403",
                advice: "Have the peer allow the address that we come from, which is above, for this certificate."
            )
        case .success(let answer):
            DoctorStep(.acceptance, .passed, "answered \(answer.status)")
        }
    }

    /// Any address is good: it is a person who asks, about a peer of their own.
    func send(
        _ request: OutboundRequest,
        asOurselves: Bool = true
    ) async -> Result<OutboundResponse, OutboundFailure> {
        let anywhere = ["0.0.0.0/0", "::/0"].compactMap(AddressRange.init)
        do {
            let call = try OutboundCall(
                identity: asOurselves ? peer.identity : nil,
                authorities: peer.identity.authorities,
                policy: AddressPolicy(.publicAnd(allowed: anywhere)),
                limits: .init(deadline: Self.answerDeadline),
                logger: Logger(label: "doctor") { _ in SwiftLogNoOpLogHandler() }
            )
            let result = await call.send(request)
            await call.shutdown()
            return result
        } catch {
            return .failure(OutboundFailure(.tls, "our own files cannot be used: \(error)"))
        }
    }
}
