import FoundationEssentials

extension InstallationJob {
    /// `ENGINEER_ASSIGNED`: who will come. May come again, for somebody else; the latest by its own time stays.
    package mutating func assign(_ engineer: Engineer, by report: PartnerReport, at now: Date) throws(Rejection)
        -> [Effect]
    {
        let isLatest = !history.contains { $0.happening == .assigned && !$0.isBackfilled && $0.at > report.eventTime }
        let effects = try advance(to: .assigned, as: .assigned, by: report, at: now)
        if isLatest || self.engineer == nil { self.engineer = engineer }
        return effects
    }
}
