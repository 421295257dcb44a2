import FoundationEssentials
import Formats

extension Ticketing {
    /// All that serving an `addFaultReport` does before the first look at the store: parse, take it out of its envelope,
    /// validate, read. For the benchmark, which holds it beside bare libxml2.
    ///
    /// - Returns: the buyer's reference of the report.
    package static func understand(_ bytes: [UInt8], schemas: TicketingSchemas, at now: Date) throws -> String {
        let request = try TicketingRequest(bytes, brokenXMLStatus: 500)
        _ = try request.operation(expected: .addFaultReport, schemas: schemas)
        return try AddFaultReport(TicketFields(request.element), at: now).buyerReference
    }
}
