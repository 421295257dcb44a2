import Domain
import Engine
import Formats
import FoundationEssentials
import Hummingbird
import Storage

extension TenantAPI {
    /// `POST /v1/service-problem-amendments`: a tenant changes or adds to what it reported (G-114).
    ///
    /// Answers 201 once the request and the use of its reservation are durable; what the supplier makes of it is told.
    @Sendable func amendProblem(request: Request, context: TenantContext) async throws -> ByteResponse {
        try await serve("POST /service-problem-amendments", .problems, request, context) { call in
            let ((target, amendment), warnings) = try call.read(Self.understandProblemAmendment)
            let id = try await exchange.draw(ProblemChange.self)
            return try await answerOnce(call, "AmendProblem", status: 201, warnings: warnings) { change in
                let problem = try change.problem(target, of: call)
                try amendment.check(against: problem.report)
                var visit: BookedVisit?
                if let reservation = amendment.reservation {
                    visit = try change.use(
                        reservation,
                        by: problem.ref,
                        of: problem.report.supplier,
                        for: .repair,
                        call.owner
                    )
                }
                try change.decide(problem.id, of: call.owner) { problem, now in
                    try problem.amend(id, amendment, visit: visit, at: now)
                }
                return try change.promise(id, of: problem, .amendment(wanted: amendment), call)
            }
        }
    }

    /// `GET /v1/service-problem-amendments/{id}`: ours.
    @Sendable func readProblemAmendment(request: Request, context: TenantContext) async throws -> ByteResponse {
        try await readChange("GET /service-problem-amendments/{id}", request, context) { wish in
            if case .amendment = wish { true } else { false }
        }
    }

    /// An amendment isn't found where cancellations are, nor the other way about.
    func readChange(
        _ operation: String,
        _ request: Request,
        _ context: TenantContext,
        _ isWanted: @escaping @Sendable (ProblemChange.Wish) -> Bool
    ) async throws -> ByteResponse {
        try await serve(operation, .read, request, context) { call in
            let id: ID<ProblemChange> = try call.id(context.parameters.get("id"))
            let found = try await exchange.find(id)
            guard let found, found.owner == call.owner, isWanted(found.wish) else { throw TenantCall.nothingThere }
            return try await look(call, about: found.ref, ProblemChangeView.json(found))
        }
    }
}

/// What a request of a tenant's is about, before it is known whether there is such a problem.
struct ProblemTarget: Sendable {
    let problem: ID<ServiceProblem>
    /// If named, it must be the problem's.
    let supplier: SupplierID?

    init?(_ reader: ObjectReader) {
        let problem = reader.requiredInteger("serviceProblemId", range: 1...Int(ReadingLimits.idMax))
        supplier = reader.optionalString("supplier", length: 1...20, pattern: .supplier).map { SupplierID($0) }
        guard let problem else { return nil }
        self.problem = ID(Int64(problem))
    }
}

extension Change {
    /// The problem that a request names. Another tenant's is as absent as one that never was.
    func problem(_ target: ProblemTarget, of call: TenantCall) throws -> ServiceProblem {
        guard let problem = try find(target.problem, of: call.owner) else {
            throw Rejection(
                .invalid,
                "There is no such problem.",
                problems: [Rejection.Problem("/serviceProblemId", "names no problem of yours")]
            )
        }
        guard target.supplier == nil || target.supplier == problem.report.supplier else {
            throw Rejection(
                .invalid,
                "The problem is another supplier's.",
                problems: [Rejection.Problem("/supplier", "is not the problem's")]
            )
        }
        return problem
    }

    /// Stores the request beside its problem, and promises it.
    mutating func promise(
        _ id: ID<ProblemChange>,
        of problem: ServiceProblem,
        _ wish: ProblemChange.Wish,
        _ call: TenantCall
    ) throws -> TenantAPI.Promise {
        let asked = ProblemChange(id: id, of: problem, wish, in: call.conversation, at: now)
        let founded = try found(asked, [])
        return TenantAPI.Promise(
            entity: founded.ref,
            view: ProblemChangeView.json(founded),
            location: "/v1/\(ProblemChangeView.collection(of: wish))/\(id)"
        )
    }
}

extension ProblemAmendment {
    /// Before its reservation is used up: a refusal names every rule that it breaks.
    fileprivate func check(against report: ProblemReport) throws {
        let problems = problems(for: report)
        guard problems.isEmpty else { throw Rejection(.invalid, "The amendment breaks a rule.", problems: problems) }
    }
}

extension TenantAPI {
    static func understandProblemAmendment(
        _ reader: ObjectReader,
        _ reading: TenantReading
    ) -> (ProblemTarget, ProblemAmendment)? {
        let target = ProblemTarget(reader)
        let amendment = ProblemAmendment(
            problemText: reader.optionalString("problemText", length: 10...80),
            isEscalation: reader.optionalBool("escalationRequest") ?? false,
            reservation: reader.id("appointmentReservationId", of: Reservation.self),
            primaryContact: reader.contactChange("primaryContact", reading),
            secondaryContact: reader.contactChange("secondaryContact", reading),
            characteristics: reader.characteristics("characteristics", atLeast: 0, reading) ?? [],
            site: reader.site()
        )
        return target.map { ($0, amendment) }
    }
}
