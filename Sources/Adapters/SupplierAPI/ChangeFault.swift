import Domain
import Engine
import Formats
import FoundationEssentials
import HTTPTypes
import Hummingbird

extension Wholesale {
    /// `POST /service-problem-amendments`: a customer changes a fault or adds to it (G-114). Taken in (202) and decided at
    /// once: AMENDED follows, with the customer's number of the request.
    @Sendable func amendFault(request: Request, context: CustomerContext) async throws -> ByteResponse {
        try await serve(request, context, as: "AmendFault") { asked in
            let wish = try FaultAmendmentWish(reading: asked.body)
            let book = book
            return try await answer(asked) { change in
                let fault = try wish.about.fault(of: asked, in: change)
                let amendment = wish.amendment(of: fault, at: change.now)
                guard amendment.comment != nil || wish.appointmentKey != nil else {
                    let problem = Rejection.Problem("", "must change something")
                    throw Rejection(.invalid, "The amendment changes nothing.", problems: [problem])
                }
                let visit = try book.visit(
                    behind: wish.appointmentKey,
                    of: asked.owner,
                    for: fault.ref,
                    in: &change
                )
                let amended = try Self.decide(fault, &change) { fault, now in
                    try fault.amend(amendment, visit: visit, as: wish.about.number, at: now)
                }
                return Self.taken(wish.about, amended)
            }
        }
    }

    /// `POST /service-problem-cancellations`: a customer gives a fault up (G-115). Taken in (202) and decided at once:
    /// CANCELLED follows. Once an engineer's visit has begun it is refused.
    @Sendable func cancelFault(request: Request, context: CustomerContext) async throws -> ByteResponse {
        try await serve(request, context, as: "CancelFault") { asked in
            let (about, reason) = try Self.understandCancellation(asked.body)
            return try await answer(asked) { change in
                let fault = try about.fault(of: asked, in: change)
                let cancelled = try Self.decide(fault, &change) { fault, now in
                    try fault.cancel(because: reason, as: about.number, at: now)
                }
                return Self.taken(about, cancelled)
            }
        }
    }

    /// `PATCH /service-problem-resolutions/{id}`: a customer takes a resolution, or says why not (G-116). `id` is the
    /// operator's own name of it, from CONFIRM. What follows is told as COMPLETED, or as UPDATE with work under way again.
    @Sendable func answerFaultResolution(request: Request, context: CustomerContext) async throws -> ByteResponse {
        try await serve(request, context, as: "AnswerFaultResolution") { asked in
            let reference = try context.parameters.require("id")
            let (isAccepted, notes) = try Self.understandAnswer(asked.body)
            return try await answer(asked) { change in
                let fault = try change.fault(resolution: reference, of: asked)
                let answered = try Self.decide(fault, &change) { fault, now in
                    guard fault.resolutionReference.isExactly(reference) else { throw Self.noLongerOpen }
                    return try fault.answer(accepted: isAccepted, because: notes, at: now)
                }
                return CustomerAnswer(status: 200, about: answered.ref) { json in
                    json.object { json in
                        json.field("id", reference)
                        json.field("serviceProblemId", Int(answered.buyerReference))
                        json.field("status", isAccepted ? "ACCEPTED" : "REJECTED")
                    }
                }
            }
        }
    }

    private static func understandCancellation(_ body: [UInt8]) throws -> (FaultNamed, reason: String) {
        try WholesaleReading.read(body) { object -> (FaultNamed, reason: String)? in
            let reason = object.requiredEnum("reasonCode", as: ProblemCancellation.Reason.self)
            let text = object.optionalString("text", length: WholesaleLimits.note)
            let about = FaultNamed(object)
            guard let about, let reason else { return nil }
            return (about, reason: [reason.rawValue, text].compactMap(\.self).joined(separator: ": "))
        }
    }

    private static func understandAnswer(_ body: [UInt8]) throws -> (isAccepted: Bool, notes: String?) {
        try WholesaleReading.read(body) { object in
            let status = object.requiredChoice("status", from: ["ACCEPTED", "REJECTED"])
            let notes = object.optionalString("tenantNotes", length: WholesaleLimits.note)
            if status == "REJECTED", !object.has("tenantNotes") {
                object.report(.missing, "tenantNotes", "is required with REJECTED")
            }
            return status.map { ($0 == "ACCEPTED", notes) }
        }
    }

    private static let noLongerOpen = Rejection(
        .illegalTransition,
        "The resolution is no longer open.",
        problems: [Rejection.Problem("/status", "the resolution is no longer open")]
    )

    /// The ticket's own refusals point to fields of another contract: here they are about the problem that was named.
    private static func decide(
        _ fault: FaultReport,
        _ change: inout Change,
        _ decide: (inout FaultReport, Date) throws -> [Effect]
    ) throws -> FaultReport {
        do {
            return try change.decide(fault.id, decide)
        } catch let rejection as Rejection {
            let problems = rejection.problems.map { problem in
                problem.pointer.hasPrefix("/")
                    ? problem : Rejection.Problem("", "\(problem.pointer) \(problem.message)")
            }
            throw Rejection(rejection.code, rejection.message, problems: problems)
        }
    }

    private static func taken(_ about: FaultNamed, _ fault: FaultReport) -> CustomerAnswer {
        CustomerAnswer(status: 202, about: fault.ref) { json in
            json.object { json in
                json.field("id", about.number)
                json.field("supplierReference", fault.reference)
                json.field("status", "PENDING")
            }
        }
    }
}
