import Domain
import Engine
import Formats
import FoundationEssentials
import Hummingbird
import Storage

extension TenantAPI {
    /// `GET /v1/service-problem-resolutions/{id}`: what the supplier did, and what the tenant said to it (G-116).
    @Sendable func readResolution(request: Request, context: TenantContext) async throws -> ByteResponse {
        try await serve("GET /service-problem-resolutions/{id}", .read, request, context) { call in
            let id: ID<Resolution> = try call.id(context.parameters.get("id"))
            let lookup = ServiceProblem.lookup(resolution: id)
            let problems = try await exchange.read {
                try $0.find(ServiceProblem.self, by: lookup.key, lookup.value, limit: 1)
            }
            guard let problem = problems.first, problem.owner == call.owner, let resolution = problem.resolution(id)
            else { throw TenantCall.nothingThere }
            return try await look(call, about: problem.ref, ResolutionView.json(resolution, of: problem.id))
        }
    }

    /// `PATCH /v1/service-problem-resolutions/{id}`: a tenant accepts or rejects a resolution (G-116).
    ///
    /// Answers 200 once the answer is on its way; the supplier closes or re-opens its ticket, and a KCI says so.
    @Sendable func answerResolution(request: Request, context: TenantContext) async throws -> ByteResponse {
        try await serve("PATCH /service-problem-resolutions/{id}", .problems, request, context) { call in
            let id: ID<Resolution> = try call.id(context.parameters.get("id"))
            let ((isAccepted, notes), warnings) = try call.read(Self.understandResolution)
            return try await answerOnce(call, "AnswerResolution", status: 200, warnings: warnings) { change in
                let lookup = ServiceProblem.lookup(resolution: id)
                let problems = try change.find(ServiceProblem.self, by: lookup.key, lookup.value, limit: 1)
                guard let problem = problems.first, problem.owner == call.owner else { throw TenantCall.nothingThere }
                let answered = try change.decide(problem.id, of: call.owner) { problem, now in
                    try problem.answer(id, accepted: isAccepted, notes: notes, at: now)
                }
                guard let resolution = answered.resolution(id) else { throw TenantCall.nothingThere }
                return Promise(entity: answered.ref, view: ResolutionView.json(resolution, of: answered.id))
            }
        }
    }
}

extension TenantAPI {
    static func understandResolution(
        _ reader: ObjectReader,
        _ reading: TenantReading
    ) -> (isAccepted: Bool, notes: String?)? {
        let status = reader.requiredChoice("status", from: ["ACCEPTED", "REJECTED"])
        let notes = reader.optionalString("tenantNotes", length: 1...1_000)
        if status == "REJECTED", !reader.has("tenantNotes") {
            reader.report(.missing, "tenantNotes", "is required with REJECTED")
        }
        guard let status else { return nil }
        return (status == "ACCEPTED", notes)
    }
}
