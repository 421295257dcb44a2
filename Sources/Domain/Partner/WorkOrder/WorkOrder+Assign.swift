import FoundationEssentials

extension WorkOrder {
    /// The office names an engineer, or another one in the first one's place.
    package mutating func assign(_ engineer: Engineer, at time: Date, now: Date) throws(Rejection) -> [Effect] {
        let effects = try tell(
            .assigned(engineer: engineer),
            as: .assigned,
            reaching: .assigned,
            at: time,
            now: now
        )
        self.engineer = engineer
        return effects
    }
}
