import FoundationEssentials

/// How many engineers an area has left in each slot of one day: what keeps two visits from one engineer.
///
/// An area is 1,000 consecutive UPRNs (decision 28), and its day is one aggregate, so that two who want the last
/// engineer meet in one row.
package struct AppointmentDay: Aggregate {
    /// One slot of the day.
    package struct Slot: Codable, Equatable, Sendable {
        package let slot: TimeSlot
        package let capacity: Int
        package internal(set) var taken: Int

        package var isFree: Bool { taken < capacity }
    }

    package enum Input: Codable, Equatable, Sendable {
        /// An appointment no longer needs its slot.
        case givenBack(appointment: ID<Appointment>, start: Date)
    }
    package enum Alarm: String, CaseIterable, Sendable { case none }

    /// UPRNs in an area.
    package static let areaSize: Int64 = 1_000

    package static let kind = Kind.appointmentDay
    package let id: ID<AppointmentDay>
    package let created: Date
    package var updated: Date
    package let day: CivilDate
    package internal(set) var slots: [Slot]

    package init(uprn: Int64, day: CivilDate, engineers: Int, at now: Date) {
        id = Self.id(uprn: uprn, on: day)
        self.day = day
        slots = SlotCalendar.slots(on: day).map { Slot(slot: $0, capacity: engineers, taken: 0) }
        created = now
        updated = now
    }

    package var owner: Owner { .house }
    package var conversation: ConversationID { ConversationID("appointment-day-\(id)") }
    package var stateName: String { slots.contains(where: \.isFree) ? "open" : "full" }

    /// Which aggregate counts a day of the area that a UPRN lies in.
    package static func id(uprn: Int64, on day: CivilDate) -> ID<AppointmentDay> {
        // Days from 2020-01-01 stay below 100,000 until the year 2293.
        ID(uprn / areaSize * 100_000 + Int64(day.daysSince1970 - 18_262))
    }

    /// Takes an engineer of the slot.
    package mutating func take(_ wanted: TimeSlot) throws(BookingRefusal) {
        guard let index = slots.firstIndex(where: { $0.slot == wanted }) else {
            throw BookingRefusal(.slotUnknown, "No such slot is offered.")
        }
        guard slots[index].isFree else {
            throw BookingRefusal(.slotTaken, "The slot was taken by somebody quicker.")
        }
        slots[index].taken += 1
    }

    package mutating func hear(_ input: Input, at now: Date) throws(Rejection) -> [Effect] {
        switch input {
        case .givenBack(_, let start):
            guard let index = slots.firstIndex(where: { $0.slot.start == start }), slots[index].taken > 0 else {
                throw Rejection(.illegalTransition, "A slot was given back that nobody had taken.")
            }
            slots[index].taken -= 1
            return []
        }
    }

    package mutating func wake(_ alarm: Alarm, at now: Date) throws(Rejection) -> [Effect] { [] }
}
