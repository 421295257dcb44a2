import Domain
import Engine
import Formats

/// Problems by the native contract: reports, amendments, cancellations and answers to resolutions (G-090, G-091).
enum NativeProblems {
    static func report(_ problem: ServiceProblem) -> [UInt8] {
        let report = problem.report
        return JSONWriter.bytes(reserving: 1_024) { json in
            json.object { json in
                json.field("tenant", problem.tenant.rawValue)
                json.field("id", problem.id.number)
                json.field("externalIdentifier", report.externalIdentifier)
                json.field("problemType", report.problemType.rawValue)
                json.field("problemText", report.problemText)
                json.field("serviceId", report.serviceID.rawValue)
                json.wholesaleSpecification(report.specification)
                if let address = report.address { json.wholesaleAddress(address) }
                json.field("serviceTestId", report.test?.number)
                json.wholesaleCharacteristics("characteristics", report.characteristics)
                json.wholesaleContact("primaryContact", report.primaryContact)
                json.wholesaleContact("secondaryContact", report.secondaryContact)
                json.field("appointmentSupplierReference", problem.visit?.supplierReference)
                json.field("parentServiceProblemId", report.parent?.number)
                json.wholesaleSite(report.site)
            }
        }
    }

    /// - Throws: ``UnspeakableMessage`` where the request is no longer open: nothing would be asked.
    static func change(_ id: ID<ProblemChange>, of problem: ServiceProblem) throws -> [UInt8] {
        guard let open = problem.openChange, open.id == id else {
            throw UnspeakableMessage("a request that is no longer open")
        }
        return JSONWriter.bytes { json in
            json.object { json in
                json.field("tenant", problem.tenant.rawValue)
                json.field("id", id.number)
                json.field("serviceProblemId", problem.id.number)
                json.field("supplierReference", problem.maintainerFaultReference)
                switch open.wish {
                case .amendment(let amendment):
                    json.wholesaleChanges(amendment)
                    json.field("appointmentSupplierReference", open.visit?.supplierReference)
                case .cancellation(let cancellation):
                    json.field("reasonCode", cancellation.reason.rawValue)
                    json.field("text", cancellation.text)
                }
            }
        }
    }

    static func answer(of problem: ServiceProblem, accepted: Bool, notes: String?) -> [UInt8] {
        JSONWriter.bytes { json in
            json.object { json in
                json.field("tenant", problem.tenant.rawValue)
                json.field("serviceProblemId", problem.id.number)
                json.field("status", accepted ? "ACCEPTED" : "REJECTED")
                json.field("tenantNotes", notes)
            }
        }
    }

    /// As this contract names it; a message of a problem's goes by another as well.
    static func operation(of message: Message) -> String? {
        switch message {
        case .problemRaised: "POST /service-problems"
        case .problemAmended: "POST /service-problem-amendments"
        case .problemCancelled: "POST /service-problem-cancellations"
        case .resolutionAnswered: "PATCH /service-problem-resolutions"
        case _: nil
        }
    }

    /// 201 is done, 202 will be decided.
    static func reply(_ reference: String?, isDone: Bool, to parcel: Parcel) -> Telling? {
        let problem = ID<ServiceProblem>(parcel.entity.number)
        return switch parcel.message {
        case .problemRaised:
            .serviceProblem(
                id: problem,
                input: isDone ? .supplierAcknowledged(reference: reference) : .supplierAccepted(reference: reference)
            )
        case .problemAmended(let change), .problemCancelled(let change):
            .serviceProblem(id: problem, input: isDone ? .changeMade(change: change) : .changeTaken(change: change))
        case .resolutionAnswered: .serviceProblem(id: problem, input: .answerDelivered)
        case _: nil
        }
    }

    static func rejection(_ reasons: [String], of parcel: Parcel) -> Telling? {
        let problem = ID<ServiceProblem>(parcel.entity.number)
        let reason = reasons.joined(separator: " ")
        return switch parcel.message {
        case .problemRaised: .serviceProblem(id: problem, input: .ticketRejected(reason: reason))
        case .problemAmended(let change), .problemCancelled(let change):
            .serviceProblem(id: problem, input: .changeRefused(change: change, reason: reason))
        case .resolutionAnswered: .serviceProblem(id: problem, input: .answerFailed(reason: reason))
        case _: nil
        }
    }
}

extension JSONWriter {
    /// The members of an amendment that change something (G-114).
    fileprivate mutating func wholesaleChanges(_ amendment: ProblemAmendment) {
        field("problemText", amendment.problemText)
        if amendment.isEscalation { field("escalationRequest", true) }
        wholesaleContactChange("primaryContact", amendment.primaryContact)
        wholesaleContactChange("secondaryContact", amendment.secondaryContact)
        if !amendment.characteristics.isEmpty {
            wholesaleCharacteristics("characteristics", amendment.characteristics)
        }
        wholesaleSite(amendment.site)
    }
}
