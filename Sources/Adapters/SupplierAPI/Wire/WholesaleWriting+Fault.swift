import Domain
import Formats
import FoundationEssentials

extension JSONWriter {
    /// The members of a fault: in answers, and in every update about it, then as it stood at that moment.
    mutating func fault(_ fault: FaultReport, _ moment: FaultMoment? = nil) {
        field("id", Int(fault.buyerReference))
        field("tenant", fault.buyerIdentifier)
        field("supplierReference", fault.reference)
        field("status", (moment?.status ?? fault.status).supplierAPIStatus.rawValue)
        field("serviceId", fault.service.rawValue)
        field("appointmentSupplierReference", fault.openVisit?.key)
        if let resolution = moment?.resolution { object("resolution") { $0.resolution(resolution) } }
        date("created", fault.created)
        date("updated", fault.updated)
    }

    private mutating func resolution(_ resolution: FaultMoment.Resolution) {
        field("id", resolution.reference)
        field("resolutionCode", resolution.code)
        field(
            "resolutionText",
            resolution.text.flatMap { $0.isEmpty ? nil : $0.cut(to: WholesaleLimits.note.upperBound) }
        )
        strings("supplierCodes", resolution.supplierCodes)
        strings("slaViolation", resolution.isLate ? ["EXCEEDED_SLA_TIME_TO_REPAIR"] : [])
    }
}

extension FaultStatus {
    /// The status as customers read it: G-113's words (§3.4).
    fileprivate var supplierAPIStatus: ServiceProblem.Status {
        switch self {
        case .pending: .sentToSupplier
        case .rejected: .rejected
        case .accepted: .acknowledged
        case .open, .inProgress, .reopened: .inProgress
        case .onHold: .pending
        case .resolved: .resolved
        case .closed: .completed
        case .cancelled: .cancelled
        }
    }
}
