import Domain
import Engine
import Formats
import FoundationEssentials

/// Which fault a request is about: by the customer's number, or by ours.
struct FaultNamed: Sendable {
    /// The customer's number of the request itself.
    let number: Int64
    private let problem: Int64?
    private let reference: String?

    init?(_ object: ObjectReader) {
        let numbers = WholesaleLimits.numbers
        let number = object.requiredInteger("id", range: numbers)
        let problem = object.optionalInteger("serviceProblemId", range: numbers)
        reference = object.optionalString("supplierReference", length: WholesaleLimits.reference)
        if problem == nil, reference == nil, !object.has("serviceProblemId") {
            object.report(.missing, "serviceProblemId", "is missing, and so is supplierReference")
        }
        guard let number else { return nil }
        self.number = Int64(number)
        self.problem = problem.map(Int64.init)
    }

    /// Another customer's fault, or another tenant's, is as absent as one that never was.
    func fault(of asked: CustomerRequest, in change: Change) throws -> FaultReport {
        if let problem { return try change.fault(number: String(problem), of: asked) }
        return try change.fault(FaultReport.id(reference: reference ?? ""), of: asked)
    }
}

extension Change {
    /// A fault by its customer's own number.
    func fault(number: String, of asked: CustomerRequest) throws -> FaultReport {
        let value = FaultReport.customerReferenceValue(
            customer: asked.customer,
            tenant: asked.tenant,
            number: number
        )
        let found = try find(FaultReport.self, by: FaultReport.customerReferenceKey, value, limit: 1).first
        return try fault(found?.id, of: asked)
    }

    /// The fault that a resolution of ours is about.
    func fault(resolution reference: String, of asked: CustomerRequest) throws -> FaultReport {
        let name = reference.split(separator: "-", maxSplits: 1).first.map { String($0) } ?? ""
        return try fault(FaultReport.id(reference: name), of: asked)
    }

    func fault(_ id: ID<FaultReport>?, of asked: CustomerRequest) throws -> FaultReport {
        guard let id, let fault = try find(id, of: asked.owner), fault.buyerIdentifier.isExactly(asked.tenant) else {
            throw Rejection(.notFound, "There is no such problem.")
        }
        return fault
    }
}
