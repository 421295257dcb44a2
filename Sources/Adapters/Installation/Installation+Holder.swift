import Domain
import Engine

extension Installation {
    /// A job that was this partner's and went to another is not its own any more (−32005); to everybody else another's
    /// job is as absent as one that never was (decision 36).
    static func requireHolder(of id: ID<InstallationJob>, _ partner: PartnerID, in change: Change) throws {
        guard let job = try change.find(id), job.formerPartners?.contains(partner) == true else { return }
        throw Rejection(.notYours, "Job \(job.reference) has gone to another partner.")
    }
}
