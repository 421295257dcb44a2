import Domain
import Formats
import FoundationEssentials

/// A service problem as its tenant reads it (G-110, G-112).
enum ProblemView {
    static func json(_ problem: ServiceProblem) -> [UInt8] {
        JSONWriter.bytes(reserving: 2_048) { json in
            json.object { write(problem, withUpdates: true, to: &$0) }
        }
    }

    static func write(_ problem: ServiceProblem, withUpdates: Bool, to json: inout JSONWriter) {
        let report = problem.report
        json.number("id", problem.id)
        json.field("status", problem.status.rawValue)
        json.field("externalIdentifier", report.externalIdentifier)
        json.field("supplier", report.supplier.rawValue)
        json.field("supplierIdentifier", problem.maintainerFaultReference)
        json.field("problemType", report.problemType.rawValue)
        json.field("problemText", report.problemText)
        json.field("serviceId", report.serviceID.rawValue)
        json.specification(report.specification)
        if let address = report.address { json.identifier("address", address) }
        json.number("serviceTestId", report.test)
        json.characteristics("characteristics", report.characteristics)
        json.contact("primaryContact", report.primaryContact)
        json.contact("secondaryContact", report.secondaryContact)
        json.number("appointmentReservationId", report.reservation)
        json.number("parentServiceProblemId", report.parent)
        json.site(report.site)
        if let resolution = problem.resolution ?? problem.refusedResolutions.last {
            json.object("resolution") { ResolutionView.write(resolution, of: problem.id, to: &$0) }
        }
        json.date("created", problem.created)
        json.date("updated", problem.updated)
        if withUpdates { KCIView.writeUpdates(problem.log, of: .serviceProblem, to: &json) }
    }
}

/// A resolution as its tenant reads and answers it (G-116, G-117).
enum ResolutionView {
    static func json(_ resolution: Resolution, of problem: ID<ServiceProblem>) -> [UInt8] {
        JSONWriter.bytes { json in
            json.object { write(resolution, of: problem, to: &$0) }
        }
    }

    static func write(_ resolution: Resolution, of problem: ID<ServiceProblem>, to json: inout JSONWriter) {
        json.number("id", resolution.id)
        json.number("serviceProblemId", problem)
        json.field("status", resolution.status.rawValue)
        json.date("resolvedDate", resolution.resolvedDate)
        json.date("closedDate", resolution.closedDate)
        json.date("dueBy", resolution.dueBy)
        json.object("resolutionDetails") { json in
            json.field("resolutionCode", resolution.code)
            json.field("resolutionCategory", resolution.findings?.category)
            json.field("resolutionText", resolution.text)
            json.strings("supplierCodes", resolution.supplierCodes)
            json.strings("faultCode", resolution.findings?.faultCodes ?? [])
        }
        json.strings("slaViolation", resolution.violations)
        json.field("tenantNotes", resolution.tenantNotes)
    }
}
