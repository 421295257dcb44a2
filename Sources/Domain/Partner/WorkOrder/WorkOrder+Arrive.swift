import FoundationEssentials

extension WorkOrder {
    /// The engineer is there: from here on the operator's `cancelJob` comes too late.
    package mutating func arrive(at location: Location, at time: Date, now: Date) throws(Rejection) -> [Effect] {
        try tell(
            .onSite(location: location),
            as: .onSite,
            reaching: .onSite,
            at: time,
            location: location,
            now: now
        )
    }
}
