import FoundationEssentials

extension WorkOrder {
    /// The engineer is on the way.
    package mutating func setOut(from location: Location, at time: Date, now: Date) throws(Rejection) -> [Effect] {
        try tell(
            .enRoute(location: location),
            as: .enRoute,
            reaching: .enRoute,
            at: time,
            location: location,
            now: now
        )
    }
}
