import Domain
import Engine
import Foundation
import HummingbirdTesting
import Storage
import Testing

@testable import Adapters

/// Problems between gateway and operator on real sockets, by the native contract alone.
@Suite struct NativeProblemFlowTests {
    @Test func `a problem goes south, is worked on, refused, resolved again and confirmed`() async throws {
        try await SupplyBench.run(.live) { bench async throws in
            let native = try await NativeBench(bench)
            try await native.raise()
            await native.settle()
            #expect(try await native.problem()?.status == .acknowledged)
            #expect(try await native.problem()?.maintainerFaultReference == "CS0000001")
            try await bench.work { try $0.triage(findings: "f", isNetworkFault: true, because: nil, at: $1) }
            try await bench.work { try $0.hold(because: "Which router is it?", at: $1) }
            await native.settle()
            #expect(try await native.problem()?.status == .pending)

            try await native.amend(ID(71), ProblemAmendment(site: SiteNotes(notes: "A grey one")))
            await native.settle()
            #expect(try await native.problem()?.status == .inProgress)
            try await bench.work { try $0.resolve(because: "Splice mended", at: $1) }
            await native.settle()
            let first = try #require(try await native.problem()?.resolution)
            try await native.answer(first.id, accepted: false, notes: "Still dark")
            await native.settle()
            #expect(try await native.problem()?.status == .inProgress)
            try await bench.work { try $0.start(because: nil, at: $1) }
            try await bench.work { try $0.resolve(because: "Port replaced", at: $1) }
            await native.settle()
            let second = try #require(try await native.problem()?.resolution)
            try await native.answer(second.id, accepted: true, notes: nil)
            await native.settle()

            let problem = try #require(try await native.problem())
            #expect(problem.status == .completed)
            #expect(problem.resolution?.status == .accepted)
            #expect(problem.resolution?.reference == "CS0000001-2")
            #expect(problem.resolution(first.id)?.status == .rejected)
            #expect(
                problem.log.entries.map(\.kci.headline) == [
                    "UPDATE", "ACKNOWLEDGED", "COMMITTED", "INFORMATION_REQUIRED", "UPDATE", "AMENDED", "RESUMED",
                    "CONFIRM", "UPDATE", "UPDATE", "CONFIRM", "COMPLETED",
                ]
            )
            #expect(try await bench.census(.faultReport) == ["closed": 1])
            #expect(try await bench.census(.problemChange) == ["COMPLETED": 1])
            await native.shutdown()
        }
    }

    @Test func `a problem is given up, and its supplier says so`() async throws {
        try await SupplyBench.run(.live) { bench async throws in
            let native = try await NativeBench(bench)
            try await native.raise()
            await native.settle()

            try await native.cancelProblem(ID(72))
            await native.settle()

            #expect(try await native.problem()?.status == .cancelled)
            #expect(try await bench.census(.faultReport) == ["cancelled": 1])
            #expect(try await bench.census(.problemChange) == ["COMPLETED": 1])
            await native.shutdown()
        }
    }

    @Test func `what the supplier refuses is told with its reasons`() async throws {
        try await SupplyBench.run(.live) { bench async throws in
            let native = try await NativeBench(bench)
            try await native.raise(service: "S9")
            await native.settle()

            let problem = try #require(try await native.problem())
            #expect(problem.status == .rejected)
            #expect(problem.log.entries.last?.kci.headline == "TERMINATED")
            await native.shutdown()
        }
    }

    @Test func `a request that the supplier refuses leaves the problem as it was`() async throws {
        try await SupplyBench.run(.live) { bench async throws in
            let native = try await NativeBench(bench)
            try await native.raise()
            await native.settle()
            try await bench.work { try $0.cancel(by: .seller, because: "Raised twice", at: $1) }
            // The news is still on its way when the tenant asks.
            try await native.amend(ID(71), ProblemAmendment(site: SiteNotes(notes: "A grey one")))
            await native.settle()

            #expect(try await native.problem()?.status == .cancelled)
            #expect(try await bench.census(.problemChange) == ["REJECTED": 1])
            await native.shutdown()
        }
    }

    @Test(arguments: [
        (201, #"{"supplierReference":"P-1"}"#, "ACKNOWLEDGED"),
        (202, #"{"supplierReference":"P-1"}"#, "SENT_TO_SUPPLIER"),
        (201, #"{"supplierReference":7}"#, "ACKNOWLEDGED"),
        (422, #"{"messages":["no such service"]}"#, "REJECTED"),
    ])
    func `an answer to a report is read as the contract has it`(
        status: Int,
        body: String,
        expected: String
    ) async throws {
        let answer = OutboundResponse(status: status, headers: [:], body: Array(body.utf8))
        let parcel = NativeBench.parcel(.problemRaised)

        let outcome = NativeSupplier.judged(answer, to: parcel)

        #expect(try NativeBench.problemAfter(outcome.reply) == expected)
    }

    @Test(arguments: [404, 400, 501])
    func `a supplier that knows nothing of problems is no way to raise one`(status: Int) {
        let answer = OutboundResponse(status: status, headers: [:], body: [])

        let outcome = NativeSupplier.judged(answer, to: NativeBench.parcel(.problemRaised))

        #expect(outcome.isRefusal)
    }

    @Test(arguments: [408, 429, 500, 503])
    func `a supplier that is slow or down is tried again`(status: Int) {
        let answer = OutboundResponse(status: status, headers: [:], body: [])

        let outcome = NativeSupplier.judged(answer, to: NativeBench.parcel(.problemRaised))

        #expect(!outcome.isRefusal && outcome.reply == nil)
    }
}

extension Outcome {
    fileprivate var reply: Telling? {
        switch self {
        case .delivered(let reply), .refused(_, let reply): reply
        case .retry, .unreachable, .postponed: nil
        }
    }

    fileprivate var isRefusal: Bool {
        switch self {
        case .refused: true
        case .delivered, .retry, .unreachable, .postponed: false
        }
    }
}

extension NativeBench {
    /// Problem 1 of TENANT1.
    static func problem(
        _ id: ID<ServiceProblem> = ID(1),
        service: ServiceID = "S1000001",
        at now: Date
    ) throws -> (ServiceProblem, [Effect]) {
        let report = ProblemReport(
            supplier: "DUMMY_SUPPLIER",
            problemType: .performance,
            problemText: "No light since this morning",
            serviceID: service,
            specification: ServiceSpecification(id: "ftthl2r"),
            characteristics: [Characteristic(name: "SERVICE_HAS_WORKED", value: "false")],
            primaryContact: Contact(name: "Asha Example", phoneNumber: "+44 20 7946 0000")
        )
        let around = ServiceProblem.Circumstances(buyerIdentifier: "BUYER-TENANT1", isReferenceFree: true)
        return try ServiceProblem.raise(id, report, around, for: "TENANT1", in: "conversation-1", at: now)
    }

    static func problemAfter(_ reply: Telling?) throws -> String {
        var (problem, _) = try problem(at: SupplyBench.start)
        if case .serviceProblem(_, let input)? = reply { _ = try problem.hear(input, at: SupplyBench.start) }
        return problem.stateName
    }

    func raise(service: ServiceID = "S1000001") async throws {
        try await bench.exchange.change(Cause("test", by: "test")) { change in
            let (problem, effects) = try Self.problem(service: service, at: change.now)
            try change.found(problem, effects)
        }
    }

    func amend(_ id: ID<ProblemChange>, _ amendment: ProblemAmendment) async throws {
        try await ask(id, .amendment(wanted: amendment)) { try $0.amend(id, amendment, at: $1) }
    }

    func cancelProblem(_ id: ID<ProblemChange>) async throws {
        let wanted = ProblemCancellation(reason: .issueResolved)
        try await ask(id, .cancellation(wanted: wanted)) { try $0.askToCancel(id, wanted, at: $1) }
    }

    private func ask(
        _ id: ID<ProblemChange>,
        _ wish: ProblemChange.Wish,
        _ decide: @escaping @Sendable (inout ServiceProblem, Date) throws -> [Effect]
    ) async throws {
        try await bench.exchange.change(Cause("test", by: "test")) { change in
            let problem = try change.decide(ID<ServiceProblem>(1), decide)
            try change.found(ProblemChange(id: id, of: problem, wish, in: "conversation-1", at: change.now), [])
        }
    }

    func answer(_ id: ID<Resolution>, accepted: Bool, notes: String?) async throws {
        _ = try await bench.exchange.change(ID<ServiceProblem>(1), of: nil, Cause("test", by: "test")) { problem, now in
            try problem.answer(id, accepted: accepted, notes: notes, at: now)
        }
    }

    func problem() async throws -> ServiceProblem? {
        try await bench.exchange.read { try $0.find(ID<ServiceProblem>(1)) }
    }

    /// Carries what is due, and fires what that sets going, until nothing is.
    func settle() async {
        await deliver()
        await bench.fireTimers()
        await deliver()
    }
}
