import Domain
import Engine
import FoundationEssentials
import Storage
import Synchronization
import Testing

@testable import Adapters

/// A supplier that answers a tenant's questions slowly delays no other's, and no orders.
@Suite(.timeLimit(.minutes(1))) struct SharedConnectionsTests {
    @Test func `sixty slow questions of a tenant delay neither another's question nor orders, its own included`()
        async throws
    {
        let supplier = SlowSupplier()
        let shares = ConnectionShares()
        let questions = SharedQuestions(base: supplier, shares: shares, patience: .seconds(60))
        let courier = SharedCourier(base: supplier, shares: shares, patience: .zero)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 1...60 { group.addTask { _ = try await questions.availability(.of("A")) } }
            await supplier.holds(6)

            #expect(try await questions.availability(.of("B", isSlow: false)).offers.isEmpty)
            for tenant in ["A", "B"] { #expect(await courier.carry(.order(of: tenant)).status == 201) }

            supplier.answerAll()
            try await group.waitForAll()
        }
        #expect(supplier.most == 6)
    }

    @Test func `a question that gets no connection in time says that the supplier took too long`() async throws {
        let supplier = SlowSupplier()
        let questions = SharedQuestions(base: supplier, shares: ConnectionShares(), patience: .milliseconds(5))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 1...6 { group.addTask { _ = try await questions.availability(.of("A")) } }
            await supplier.holds(6)

            await #expect(throws: Unanswered.timedOut) { _ = try await questions.availability(.of("A")) }

            supplier.answerAll()
            try await group.waitForAll()
        }
    }

    @Test func `a message that gets no connection is put off, and no attempt is counted`() async throws {
        var limits = ConnectionShares.Limits()
        limits.perTenant = 1
        let shares = ConnectionShares(limits)
        let supplier = SlowSupplier()
        let questions = SharedQuestions(base: supplier, shares: shares, patience: .seconds(60))
        let courier = SharedCourier(base: supplier, shares: shares, patience: .zero)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { _ = try await questions.availability(.of("A")) }
            await supplier.holds(1)

            guard case .postponed = await courier.carry(.order(of: "A")).outcome else {
                return #expect(Bool(false), "not put off")
            }

            supplier.answerAll()
            try await group.waitForAll()
        }
    }
}

/// Keeps slow questions until it is told to answer them; everything else is done at once.
private final class SlowSupplier: SupplierQuestions, Courier {
    private struct State {
        var held: [CheckedContinuation<Void, Never>] = []
        var most = 0
        var isHolding = true
    }

    private let state = Mutex(State())

    var most: Int { state.withLock { $0.most } }

    func holds(_ count: Int) async {
        while state.withLock({ $0.held.count }) < count { await Task.yield() }
    }

    func answerAll() {
        let held = state.withLock { state in
            defer { state.held = [] }
            state.isHolding = false
            return state.held
        }
        for continuation in held { continuation.resume() }
    }

    func availability(_ question: AvailabilityQuestion) async throws -> AvailabilityAnswer {
        if question.address.identifier.id == "slow" {
            await withCheckedContinuation { continuation in
                let holds = state.withLock { state in
                    if state.isHolding { state.held.append(continuation) }
                    state.most = max(state.most, state.held.count)
                    return state.isHolding
                }
                if !holds { continuation.resume() }
            }
        }
        return AvailabilityAnswer(offers: [], site: SiteInformation(newLine: false), reasons: [])
    }

    func addresses(_ question: AddressesQuestion) async throws -> [KnownAddress] { [] }
    func slots(_ question: SlotsQuestion) async throws -> [TimeSlot] { [] }
    func reserve(_ question: ReserveQuestion) async throws -> ReservedSlot { throw Unanswered.notOffered }
    func carry(_ parcel: Parcel) async -> Delivered { Delivered(.delivered(), status: 201) }
}

extension AvailabilityQuestion {
    fileprivate static func of(_ tenant: TenantID, isSlow: Bool = true) -> AvailabilityQuestion {
        AvailabilityQuestion(
            asker: Asker(tenant: tenant, conversation: "c-1", requestID: "r-1"),
            address: PremisesAddress(identifier: .init(id: isSlow ? "slow" : "quick", type: "UPRN"))
        )
    }
}

extension Parcel {
    fileprivate static func order(of tenant: String) -> Parcel {
        var row = NativeBench.parcel(.testRequested).row
        row.content.share = "tenant/\(tenant)"
        return Parcel(row: row, attempt: 1, firstAttempt: row.content.created, now: row.content.created)
    }
}
