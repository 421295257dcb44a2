import Domain
import Engine
import Formats
import FoundationEssentials
import HTTPTypes
import Hummingbird
import Storage

extension Wholesale {
    /// `POST /service-problems`: a customer reports a fault of a live line (G-090, G-110). The network desk works it like any
    /// other; that it is accepted follows as an update (202).
    ///
    /// An outage comes with the key of a repair visit, which is used in the same commit; anything else without (T-012).
    @Sendable func reportFault(request: Request, context: CustomerContext) async throws -> ByteResponse {
        try await serve(request, context, as: "ReportFault") { asked in
            let wish = try FaultWish(reading: asked.body)
            let id = try await exchange.draw(FaultReport.self)
            let (book, pace) = (book, pace())
            return try await answer(asked) { change in
                let premises = try book.premises(of: wish.service, in: change)
                try wish.check(isServiceKnown: premises != nil)
                let visit = try book.visit(
                    behind: wish.appointmentKey,
                    of: asked.owner,
                    for: EntityRef(kind: FaultReport.kind, number: id.number),
                    in: &change
                )
                let (fault, effects) = try FaultReport.add(
                    id,
                    claim: wish.claim(of: asked, triage: try wish.triage(of: asked, in: change), at: change.now),
                    visit: visit,
                    prior: nil,
                    isServiceKnown: premises != nil,
                    pace: pace,
                    at: change.now
                )
                let reported = try change.found(fault, effects)
                return CustomerAnswer(status: 202, about: reported.ref) { json in json.object { $0.fault(reported) } }
            }
        }
    }

    /// `GET /service-problems/{id}`: a fault as it is now, by the customer's number; for reconciliation.
    @Sendable func showFault(request: Request, context: CustomerContext) async throws -> ByteResponse {
        try await serve(request, context, as: "ShowFault") { asked in
            let number = try context.parameters.require("id")
            return try await look(asked) { state in
                let found = try state.fault(number: number, of: asked)
                return CustomerAnswer(status: 200, about: found.ref) { json in json.object { $0.fault(found) } }
            }
        }
    }
}

extension AppointmentBook {
    /// The repair visit that a customer's key stands for, agreed in this commit; the service decides where (decision 28).
    func visit(behind key: String?, of owner: Owner, for fault: EntityRef, in change: inout Change) throws -> Visit? {
        guard let key else { return nil }
        do {
            let used = try use(key: key, purpose: .repair, of: owner, at: nil, by: fault, in: &change)
            return Visit(key: used.key, slot: used.slot, appointment: used.id)
        } catch let refusal as Rejection {
            let problem = Rejection.Problem("/appointmentSupplierReference", refusal.message)
            throw Rejection(refusal.code, refusal.message, problems: [problem])
        }
    }
}

extension ReadTransaction {
    /// A fault by its customer's own number. Another customer's, or another tenant's, is as absent as one that never was.
    func fault(number: String, of asked: CustomerRequest) throws -> FaultReport {
        let value = FaultReport.customerReferenceValue(
            customer: asked.customer,
            tenant: asked.tenant,
            number: number
        )
        guard let fault = try find(FaultReport.self, by: FaultReport.customerReferenceKey, value, limit: 1).first else {
            throw Rejection(.notFound, "There is no such problem.")
        }
        return fault
    }
}
