import FoundationEssentials

extension InstallationJob {
    /// How long after its slot began a visit may be without a word from its engineer, before people are told.
    package static let patience: TimeInterval = 60 * 60

    /// The slot began an hour ago: if nobody is on the way yet, somebody must ring the partner.
    mutating func watch() -> [Effect] {
        guard case .open(let stage) = state, stage < .enRoute else { return [] }
        let remark = JobRemark.noWordFromEngineer
        self.remark(remark)
        let text = "Job \(reference) of partner \(partner): its slot began an hour ago, and nobody is on the way."
        return [.alert(Alert(.noWordFromEngineer, text))]
    }

    /// When the engineer was on site, by the partner's clock; an arrival that was only filled in has no time of its own.
    package var arrival: Date? { history.first { $0.happening == .onSite && !$0.isBackfilled }?.at }

    /// The engineer came after the slot was over, or has not come although it is.
    package func isLate(at now: Date) -> Bool {
        if let arrival { return arrival > pack.visit.slot.end }
        guard let stage, placedWith != nil else { return false }
        return stage < .onSite && now > pack.visit.slot.end
    }

    /// The slot began an hour ago, and nobody is on the way.
    package func isSilent(at now: Date) -> Bool {
        guard let stage, placedWith != nil else { return false }
        return stage < .enRoute && now >= pack.visit.slot.start + Self.patience
    }
}
