/// A visit that is booked with a supplier, as orders and problems keep it: a copy, so that a message can be spelt from
/// the entity alone.
package struct BookedVisit: Codable, Equatable, Sendable {
    /// Ours; absent for a visit that the supplier moved on its own.
    package let reservation: ID<Reservation>?
    /// The supplier's key, which confirms the slot (G-046).
    package let supplierReference: String
    package let slot: TimeSlot

    package init(reservation: ID<Reservation>?, supplierReference: String, slot: TimeSlot) {
        self.reservation = reservation
        self.supplierReference = supplierReference
        self.slot = slot
    }
}
