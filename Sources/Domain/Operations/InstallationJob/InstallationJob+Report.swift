import FoundationEssentials

extension InstallationJob {
    /// `PROGRESS`: answers on the way. It shows that the partner has the job, and moves nothing else.
    package mutating func report(_ report: PartnerReport, at now: Date) throws(Rejection) -> [Effect] {
        try advance(to: .accepted, as: .progress, by: report, at: now)
    }
}
