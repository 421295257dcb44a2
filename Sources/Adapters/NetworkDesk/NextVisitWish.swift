import Domain
import Engine
import FoundationEssentials
import Formats

/// The next visit that the desk books for the order of a job: on a slot of the operator's book where somebody must be at
/// home, on a date alone where not.
struct NextVisitWish: Sendable {
    let words: JobWords
    let booking: AppointmentBook.Booking?
    let book: AppointmentBook

    /// Works outside need nobody at home.
    static func needsAppointment(_ type: JobPack.JobType) -> Bool {
        switch type {
        case .install, .revisit: true
        case .external, .civils: false
        }
    }

    /// Books it and sends it, in one commit.
    ///
    /// - Returns: `{orderReference, reference}`, the latter of the new job.
    func book(after id: ID<InstallationJob>, in change: inout Change) throws -> [UInt8] {
        let job = try change.require(id)
        let order = try change.require(job.pack.supplyOrder)
        let slot = try slot(at: change.now)
        let type = words.jobType ?? .revisit
        let next: SupplyOrder.NextSlot
        if Self.needsAppointment(type) {
            next = .init(agreed: try agree(slot, for: order, in: &change))
        } else {
            next = .init(onDateOf: slot)
        }
        let sent = try change.decide(order.id) { try $0.book(type, next, at: $1) }
        return JSONWriter.bytes { json in
            json.object { json in
                json.field("orderReference", sent.reference)
                json.field("reference", sent.openJob.map { InstallationJob.reference($0) })
            }
        }
    }

    private func slot(at now: Date) throws -> TimeSlot {
        let slots = words.day.map { SlotCalendar.slots(on: $0) } ?? []
        let wanted = slots.first { words.startTime == nil || $0.startTime == words.startTime }
        guard let wanted, wanted.start > now else {
            throw Rejection(
                .invalid,
                "There is no such slot.",
                problems: [.init("/appointmentDate", "is no working day to come, or has no slot at that time")]
            )
        }
        return wanted
    }

    /// Takes the slot for the order's customer, and uses it.
    private func agree(
        _ slot: TimeSlot,
        for order: SupplyOrder,
        in change: inout Change
    ) throws -> SupplyRequest.AgreedVisit {
        guard let booking, let uprn = order.request.address.uprn else {
            throw BookingRefusal(.unknownAddress, "The address has no UPRN, so no visit can be booked.")
        }
        let wish = AppointmentBook.Wish(uprn: uprn, purpose: .provide, product: order.request.specification.id)
        let held = AppointmentBook.Booking(
            id: booking.id,
            key: booking.key,
            owner: order.owner,
            conversation: order.conversation
        )
        try book.reserve(slot, for: wish, as: held, in: &change)
        let used = try book.use(
            key: held.key,
            purpose: .provide,
            of: order.owner,
            at: uprn,
            by: order.ref,
            in: &change
        )
        return SupplyRequest.AgreedVisit(appointment: used.id, key: used.key, slot: used.slot)
    }
}
