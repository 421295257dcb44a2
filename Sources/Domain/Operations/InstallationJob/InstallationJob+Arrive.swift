import FoundationEssentials

extension InstallationJob {
    /// `ON_SITE`: the engineer is there, and the appointment is attended (§3.6).
    package mutating func arrive(
        at location: Location,
        engineer: Engineer?,
        by report: PartnerReport,
        at now: Date
    ) throws(Rejection) -> [Effect] {
        let effects = try advance(to: .onSite, as: .onSite, by: report, location: location, at: now)
        meet(engineer)
        checkDay(of: report)
        return effects
    }
}
