import Domain
import Engine
import Formats
import Hummingbird

extension TenantAPI {
    /// `POST /v1/service-problem-cancellations`: a tenant gives a problem up (G-115).
    ///
    /// Answers 201 once the wish is durable. It supersedes an amendment that is still open (§3.2). A problem that never left
    /// the house is cancelled here and now (decision 10).
    @Sendable func cancelProblem(request: Request, context: TenantContext) async throws -> ByteResponse {
        try await serve("POST /service-problem-cancellations", .problems, request, context) { call in
            let ((target, cancellation), warnings) = try call.read(Self.understandProblemCancellation)
            let id = try await exchange.draw(ProblemChange.self)
            return try await answerOnce(call, "CancelProblem", status: 201, warnings: warnings) { change in
                let known = try change.problem(target, of: call)
                let isSent = try change.hasLeft(known.id)
                let problem = try change.decide(known.id, of: call.owner) { problem, now in
                    try problem.askToCancel(id, cancellation, isSent: isSent, at: now)
                }
                return try change.promise(id, of: problem, .cancellation(wanted: cancellation), call)
            }
        }
    }

    /// `GET /v1/service-problem-cancellations/{id}`: ours.
    @Sendable func readProblemCancellation(request: Request, context: TenantContext) async throws -> ByteResponse {
        try await readChange("GET /service-problem-cancellations/{id}", request, context) { wish in
            if case .cancellation = wish { true } else { false }
        }
    }
}

extension TenantAPI {
    static func understandProblemCancellation(
        _ reader: ObjectReader,
        _ reading: TenantReading
    ) -> (ProblemTarget, ProblemCancellation)? {
        let target = ProblemTarget(reader)
        let reason = reader.requiredEnum("reasonCode", as: ProblemCancellation.Reason.self)
        let text = reader.optionalString("text", length: 1...1_000)
        guard let target, let reason else { return nil }
        return (target, ProblemCancellation(reason: reason, text: text))
    }
}
