import Domain
import FoundationEssentials
import Formats

/// What the desk reads of a job, as JSON and as a row.
enum JobView {
    static func json(_ job: InstallationJob, at now: Date) -> [UInt8] {
        JSONWriter.bytes(reserving: 2_048) { json in json.object { write(job, at: now, to: &$0) } }
    }

    static func write(_ job: InstallationJob, at now: Date, to json: inout JSONWriter) {
        let slot = job.pack.visit.slot
        json.field("reference", job.reference)
        json.field("partner", job.partner.rawValue)
        json.strings("formerPartners", job.formerPartners?.map(\.rawValue) ?? [])
        json.field("state", job.stateName)
        json.field("stage", job.stage?.rawValue)
        json.field("jobType", job.pack.jobType.rawValue)
        json.field("orderReference", job.pack.orderReference)
        json.field("serviceId", job.pack.serviceID.rawValue)
        json.field("uprn", job.pack.address.uprn)
        json.field("postcode", job.pack.postcode)
        json.object("appointment") { json in
            json.field("appointmentReservationKey", job.pack.visit.key)
            json.field("appointmentDate", slot.day.description)
            json.field("appointmentStartTime", slot.startTime)
            json.field("appointmentEndTime", slot.endTime)
        }
        json.field("providerJobId", job.providerJobId)
        json.date("arrived", job.arrival)
        json.field("secondsAfterSlotBegan", job.delay.map { Int($0) })
        json.field("late", job.isLate(at: now))
        json.field("silent", job.isSilent(at: now))
        if let engineer = job.engineer {
            json.object("engineerDetails") { json in
                json.field("engineerId", engineer.engineerId)
                json.field("name", engineer.name)
                json.field("phoneNumber", engineer.phoneNumber)
            }
        }
        if case .closed(let report, let closure) = job.state {
            json.object("closure") { json in
                json.field("closureCode", closure.code.canonical)
                json.field("secondaryClosureCode", closure.secondary)
                json.field("closureDescription", closure.description)
                json.field("provisioned", closure.isProvisioned)
                json.date("closedAt", report.closedAt)
            }
        }
        json.field("reason", job.reason)
        json.array("provisioning") { json in
            for result in job.provisioning.results {
                json.object { json in
                    json.field("result", result.outcome.rawValue)
                    json.date("at", result.at)
                    json.date("retryAt", result.retryAt)
                }
            }
        }
        json.strings("remarks", job.remarks.map(\.text))
        json.date("created", job.created)
        json.date("updated", job.updated)
    }

    static let columns = [
        "reference", "partner", "formerPartners", "state", "jobType", "orderReference", "serviceId",
        "appointmentDate", "appointmentStartTime", "appointmentEndTime", "providerJobId", "arrived",
        "secondsAfterSlotBegan", "late", "silent", "closureCode", "secondaryClosureCode", "closedAt", "remarks",
    ]

    /// In the order of ``columns``; the parts of a list divided by `; `.
    static func cells(_ job: InstallationJob, at now: Date) -> [String] {
        let slot = job.pack.visit.slot
        let closing = job.closing
        return [
            job.reference, job.partner.rawValue, (job.formerPartners ?? []).map(\.rawValue).joined(separator: "; "),
            job.stateName, job.pack.jobType.rawValue, job.pack.orderReference, job.pack.serviceID.rawValue,
            slot.day.description, slot.startTime, slot.endTime, job.providerJobId ?? "",
            job.arrival.map(Timestamp.format) ?? "", job.delay.map { String(Int($0)) } ?? "",
            String(job.isLate(at: now)), String(job.isSilent(at: now)), closing?.code.canonical ?? "",
            closing?.secondary ?? "", closing.map { Timestamp.format($0.closedAt) } ?? "",
            job.remarks.map(\.text).joined(separator: "; "),
        ]
    }
}

extension InstallationJob {
    var closing: ClosingReport? {
        guard case .closed(let report, _) = state else { return nil }
        return report
    }

    /// From the slot's begin to the engineer's arrival.
    var delay: TimeInterval? { arrival?.timeIntervalSince(pack.visit.slot.start) }

    /// Why nobody has it, or why there is no visit.
    fileprivate var reason: String? {
        switch state {
        case .declined(let code, let reason): code == 0 ? reason : "\(code) \(reason)"
        case .failedToSend(let reason): reason
        case .cancelRequested(let reason, _, _), .cancelled(let reason, _): reason.rawValue
        case .open, .closed: nil
        }
    }
}
