import FoundationEssentials

extension InstallationJob {
    /// `EN_ROUTE`: the engineer is on the way. The order can no longer be cancelled (decision 30).
    package mutating func setOut(
        from location: Location,
        engineer: Engineer?,
        by report: PartnerReport,
        at now: Date
    ) throws(Rejection) -> [Effect] {
        let effects = try advance(to: .enRoute, as: .enRoute, by: report, location: location, at: now)
        meet(engineer)
        checkDay(of: report)
        return effects
    }

    /// An engineer named on the way stands in for an assignment that never came.
    mutating func meet(_ engineer: Engineer?) {
        if self.engineer == nil { self.engineer = engineer }
    }

    /// Another day than the appointment's is odd, not wrong (§3.7).
    mutating func checkDay(of report: PartnerReport) {
        let day = LondonTime.day(at: report.eventTime)
        if day != pack.visit.slot.day { remark(.notOnTheDay(day: day)) }
    }
}
