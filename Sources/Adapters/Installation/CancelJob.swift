import Domain
import FoundationEssentials
import Formats

/// `cancelJob`, operator to partner: the job is taken back (G-129).
package struct CancelJob: Equatable, Sendable {
    package static let method = "cancelJob"

    package let reference: String
    package let providerJobId: String?
    package let reason: JobCancellation
}

extension CancelJob {
    static func spell(_ job: InstallationJob, reason: JobCancellation, sent: Date) -> [UInt8] {
        DispatchMessage.spell(method: method, job: job, sent: sent) { content in
            content.field("providerJobId", job.providerJobId)
            content.field("reasonCode", reason.rawValue)
            content.moment("cancelledAt", sent)
            // Ours: the partner is not asked any more (§3.7).
            if job.isCancelledByForce { content.field("force", true) }
        } response: { response in
            response.field("expected", "ack")
        }
    }

    /// As a partner reads it.
    init(_ message: DispatchMessage, _ leniencies: Leniencies) throws(RPCRefusal) {
        self = try message.read(leniencies) { content, _ in
            let providerJobId = content.optionalString("providerJobId", length: 1...50)
            let reason = content.requiredEnum("reasonCode", as: JobCancellation.self)
            _ = content.optionalString("reasonText", length: 1...500)
            _ = content.optionalBool("force")
            let cancelledAt = content.requiredMoment("cancelledAt", leniencies)
            guard let reason, cancelledAt != nil else { return nil }
            return CancelJob(reference: message.reference, providerJobId: providerJobId, reason: reason)
        }
    }
}
