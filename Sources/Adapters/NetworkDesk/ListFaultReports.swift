import Domain
import Engine
import FoundationEssentials
import Formats
import Hummingbird
import Storage

extension NetworkDesk {
    /// `GET /operator/v1/fault-reports?state=&after=&limit=`: tickets by rising number, a page at a time.
    func list(_ request: Request) async throws -> ByteResponse {
        let query = request.uri.queryParameters
        let state = query["state"].map { String($0) }
        if let state, FaultStatus(rawValue: state) == nil {
            let allowed = FaultStatus.allCases.map(\.rawValue).joined(separator: ", ")
            throw APIError.malformed([Problem(pointer: "/state", code: .rule, message: "must be one of \(allowed)")])
        }
        let after = query["after"].flatMap { Int64($0) } ?? 0
        let limit = min(max(query["limit"].flatMap { Int($0) } ?? Self.pageSizeMax, 1), Self.pageSizeMax)
        let tickets = try await exchange.read {
            try $0.list(FaultReport.self, of: nil, inState: state, after: after, limit: limit)
        }
        return ByteResponse(
            bytes: JSONWriter.bytes { json in
                json.object { json in
                    json.array("faultReports") { json in
                        for ticket in tickets { json.object { ticket.writeForDesk(to: &$0) } }
                    }
                    if tickets.count == limit { json.field("next", tickets.last?.id.number) }
                }
            }
        )
    }

    /// `GET /operator/v1/fault-reports/{maintainerFaultReference}`.
    func one(_ parameters: Parameters) async throws -> ByteResponse {
        let id = try Self.id(parameters)
        guard let ticket = try await exchange.read({ try $0.find(id) }) else {
            throw Self.absent(try parameters.require("reference"))
        }
        return Self.response(ticket)
    }

    static func response(_ ticket: FaultReport) -> ByteResponse {
        ByteResponse(bytes: JSONWriter.bytes { json in json.object { ticket.writeForDesk(to: &$0) } })
    }
}

extension FaultReport {
    /// What the desk reads of a ticket.
    fileprivate func writeForDesk(to json: inout JSONWriter) {
        json.field("maintainerFaultReference", reference)
        json.field("buyerFaultReference", buyerReference)
        json.field("buyerIdentifier", buyerIdentifier)
        json.field("parentFaultReference", parentReference)
        json.field("serviceAffected", service.rawValue)
        json.field("type", details.type.name)
        json.field("description", details.description)
        json.field("status", status.rawValue)
        json.field("statusReason", statusReason)
        json.field("priorityLevel", priority)
        json.date("created", created)
        json.date("updated", updated)
        json.date("faultStartTime", details.started)
        json.field("faultLocation", details.location)
        json.field("siteAccessDetails", details.siteAccess)
        json.object("buyerTriage") { $0.triage(details.buyerTriage) }
        if let supplierTriage { json.object("supplierTriage") { $0.triage(supplierTriage) } }
        json.array("appointments") { json in
            for visit in visits { json.object { visit.writeForDesk(to: &$0) } }
        }
        json.array("updates") { json in
            for update in updates {
                json.object { json in
                    json.field("description", update.text)
                    json.field("updatedBy", update.by.rawValue)
                    json.date("updatedTime", update.at)
                }
            }
        }
        json.date("slaStarted", clock.started)
        json.array("slaPauses") { json in
            for pause in clock.pauses {
                json.object { json in
                    json.date("from", pause.from)
                    json.date("until", pause.until)
                    json.field("reason", pause.reason)
                }
            }
        }
    }
}

extension Visit {
    /// What the desk reads of an appointment; its news have the same member.
    func writeForDesk(to json: inout JSONWriter) {
        json.field("appointmentReservationKey", key)
        json.date("start", slot.start)
        json.date("end", slot.end)
        switch state {
        case .booked: json.field("state", "booked")
        case .confirmed: json.field("state", "confirmed")
        case .failed: json.field("state", "failed")
        case .cancelled: json.field("state", "cancelled")
        case .completed(let code):
            json.field("state", "completed")
            json.field("closureCode", code.rawValue)
        case .missed: json.field("state", "missed")
        }
    }
}

extension JSONWriter {
    fileprivate mutating func triage(_ triage: Triage) {
        field("complete", triage.isComplete)
        field("findings", triage.findings)
    }
}
