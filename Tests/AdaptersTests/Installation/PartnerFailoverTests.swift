import Domain
import Engine
import Foundation
import Storage
import Synchronization
import Testing

@testable import Adapters

/// Several endpoints of one partner (I-002).
@Suite struct PartnerFailoverTests {
    @Test func `where the first endpoint does not answer, the next is asked at once with the same message`() async {
        let network = Network(down: ["https://one.invalid"])
        let courier = network.courier()

        let delivered = await courier.carry(.createJob(1))

        #expect(delivered.outcome.reply == .taken)
        let asked = network.requests
        #expect(asked.map(\.url) == ["https://one.invalid/createJob", "https://two.invalid/createJob"])
        #expect(asked[0].body == asked[1].body)
        #expect(delivered.exchanged?.warnings.first?.contains("https://one.invalid did not take it") == true)
    }

    @Test func `an endpoint that failed is left alone, and asked again when its pause is over`() async {
        let network = Network(down: ["https://one.invalid"])
        let courier = network.courier()
        _ = await courier.carry(.createJob(1))

        _ = await courier.carry(.createJob(2))
        #expect(network.requests.suffix(1).map(\.url) == ["https://two.invalid/createJob"])
        network.mend()
        network.advance(by: .seconds(10))
        _ = await courier.carry(.createJob(3))

        #expect(network.requests.map(\.url).last == "https://one.invalid/createJob")
        #expect(network.requests.count == 4)
    }

    @Test func `a refusal is an answer: nobody else is asked`() async {
        let network = Network(refusing: true)

        let delivered = await network.courier().carry(.createJob(1))

        #expect(delivered.outcome.isRefusal)
        #expect(network.requests.count == 1)
    }

    @Test func `by profile a message goes to the endpoint as it is, also to the next`() async {
        let network = Network(down: ["https://one.invalid"])
        let courier = network.courier(profile: InstallationProfile(takesMethodInBody: true))

        _ = await courier.carry(.createJob(1))

        #expect(network.requests.map(\.url) == ["https://one.invalid", "https://two.invalid"])
    }

    @Test func `where none answers, the message waits for its next attempt`() async {
        let network = Network(down: ["https://one.invalid", "https://two.invalid"])

        let delivered = await network.courier().carry(.createJob(1))

        #expect(delivered.outcome.isRetry)
        #expect(network.requests.count == 2)
    }

    @Test func `by turns, jobs begin at different endpoints, and each stays at its own`() async {
        let network = Network()
        let courier = network.courier(.roundRobin)

        for job in [1, 1, 2, 2] as [Int64] { _ = await courier.carry(.createJob(job)) }

        let two = "https://two.invalid/createJob", one = "https://one.invalid/createJob"
        #expect(network.requests.map(\.url) == [two, two, one, one])
    }
}

/// A partner's two endpoints, some of which are down.
private final class Network: Sendable {
    private struct State {
        var down: Set<String>
        var requests: [OutboundRequest] = []
        var passed = Duration.zero
    }

    private let state: Mutex<State>
    private let isRefusing: Bool
    private let start = ContinuousClock.now

    init(down: Set<String> = [], refusing: Bool = false) {
        state = Mutex(State(down: down))
        isRefusing = refusing
    }

    var requests: [OutboundRequest] { state.withLock { $0.requests } }
    func mend() { state.withLock { $0.down = [] } }
    func advance(by duration: Duration) { state.withLock { $0.passed += duration } }

    func courier(
        _ choice: PartnerTerms.EndpointChoice = .inOrder,
        profile: InstallationProfile? = nil
    ) -> PartnerCourier {
        let terms = PartnerTerms(
            access: MutualTLSTerms(certificateFingerprints: [], sources: []),
            endpoint: Endpoint(url: "https://one.invalid"),
            alternates: [Endpoint(url: "https://two.invalid")],
            endpointChoice: choice,
            profile: profile
        )
        let party = Party(id: ID(1), role: .partner(id: "PARTNER1", terms: terms), at: .now)
        let health = EndpointHealth { self.start + self.state.withLock { $0.passed } }
        return PartnerCourier(directory: Directory([party]), health: health) { self.answer($0) }
    }

    private func answer(_ request: OutboundRequest) -> Result<OutboundResponse, OutboundFailure> {
        let isDown = state.withLock { state in
            state.requests.append(request)
            return state.down.contains { request.url.hasPrefix($0) }
        }
        if isDown { return .failure(OutboundFailure(.refused, "nobody listens there")) }
        let error = #"{"jsonrpc":"2.0","id":1,"error":{"code":-32002,"message":"no"}}"#
        return .success(OutboundResponse(status: 200, body: Array((isRefusing ? error : "{}").utf8)))
    }
}

extension Telling {
    fileprivate static let taken = Telling.installationJob(
        id: ID(1),
        input: .partnerAnswered(providerJobId: nil, placing: 1)
    )
}

extension Outcome {
    fileprivate var reply: Telling? { if case .delivered(let reply) = self { reply } else { nil } }
    fileprivate var isRetry: Bool {
        switch self {
        case .retry, .unreachable: true
        case .delivered, .postponed, .refused: false
        }
    }
    fileprivate var isRefusal: Bool { if case .refused = self { true } else { false } }
}

extension Parcel {
    fileprivate static func createJob(_ number: Int64) -> Parcel {
        let job = EntityRef(kind: .installationJob, number: number)
        let row = NewOutboxRow(
            recipient: .partner(id: "PARTNER1"),
            root: job,
            entity: job,
            messageID: "m",
            message: .jobCreated(placing: 1),
            contentType: "application/json",
            body: Array("{}".utf8),
            conversation: "c",
            created: .now
        )
        return Parcel(
            row: OutboxRow(number: 5, content: row, state: .queued, attempts: 0, firstAttempt: nil, lastError: nil),
            attempt: 1,
            firstAttempt: .now,
            now: .now
        )
    }
}
