/// Which alarm of which entity. An entity has at most one timer of a name.
package struct TimerKey: Hashable, Codable, Sendable, CustomStringConvertible {
    package let entity: EntityRef
    package let alarm: String

    package init(entity: EntityRef, alarm: String) {
        self.entity = entity
        self.alarm = alarm
    }

    package var description: String { "\(entity)/\(alarm)" }
}

extension Aggregate {
    /// The key of one of its own alarms.
    package func timer(_ alarm: Alarm) -> TimerKey { TimerKey(entity: ref, alarm: alarm.rawValue) }
}
