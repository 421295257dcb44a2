import Domain
import FoundationEssentials
import Storage

/// The operator's book of visits: what both its doors, the Supplier API and the Ticketing API, show, hold, use and give
/// back. Rules in G-047.
///
/// Its functions work on a ``Change``, so that a slot, its appointment and whatever uses the key are one commit
/// (decision 2).
package struct AppointmentBook: Sendable {
    package let town: Town

    package init(town: Town) { self.town = town }

    /// What a customer wants a visit for.
    package struct Wish: Sendable {
        package let uprn: Int64
        package let purpose: AppointmentPurpose
        package let product: String
        /// The premises had a visit agreed before, which this one replaces.
        package let isReappointment: Bool

        package init(uprn: Int64, purpose: AppointmentPurpose, product: String, isReappointment: Bool = false) {
            self.uprn = uprn
            self.purpose = purpose
            self.product = product
            self.isReappointment = isReappointment
        }
    }

    /// Who wants it, and under which new number and key.
    package struct Booking: Sendable {
        package let id: ID<Appointment>
        package let key: String
        package let owner: Owner
        package let conversation: ConversationID
        /// What the customer calls it, where it names its reservations itself.
        package let customerReference: String?

        package init(
            id: ID<Appointment>,
            key: String,
            owner: Owner,
            conversation: ConversationID,
            customerReference: String? = nil
        ) {
            self.id = id
            self.key = key
            self.owner = owner
            self.conversation = conversation
            self.customerReference = customerReference
        }
    }

    /// A number and a key for a reservation, drawn before the change that uses them.
    package func draw(
        from exchange: Exchange,
        owner: Owner,
        conversation: ConversationID,
        customerReference: String? = nil
    ) async throws -> Booking {
        Booking(
            id: try await exchange.draw(Appointment.self),
            key: exchange.ids.key(length: 32),
            owner: owner,
            conversation: conversation,
            customerReference: customerReference
        )
    }

    /// The address that a service lives at: a sample's, or one that an order connected; `nil` once it was ceased.
    package func premises(of service: ServiceID, in change: Change) throws -> Town.Premises? {
        try premises(of: service, in: change.searched)
    }

    /// The same for who only asks.
    package func premises(of service: ServiceID, in state: any ReadTransaction) throws -> Town.Premises? {
        let cease = try state.find(SupplyOrder.self, by: SupplyOrder.ceaseLookup, service.rawValue, limit: 1).first
        guard cease?.isDone != true else { return nil }
        if let sample = town.premises(of: service) { return sample }
        guard let order = try order(thatMade: service, in: state), order.isDone else { return nil }
        return order.request.address.uprn.flatMap { town.premises(uprn: $0) }
    }

    /// The order that provided a service; a sample's has none.
    package func order(thatMade service: ServiceID, in change: Change) throws -> SupplyOrder? {
        try order(thatMade: service, in: change.storage)
    }

    /// The same for who only asks.
    package func order(thatMade service: ServiceID, in state: any ReadTransaction) throws -> SupplyOrder? {
        try state.find(SupplyOrder.self, by: SupplyOrder.serviceLookup, service.rawValue, limit: 1).first
    }

    /// The slots on offer, from a day on; empty beyond the horizon.
    package func slots(for wish: Wish, from: CivilDate? = nil, in change: Change) throws -> [TimeSlot] {
        try slots(for: wish, from: from, in: change.searched, at: change.now)
    }

    /// The same for who only asks: it takes no turn with those who write.
    package func slots(
        for wish: Wish,
        from: CivilDate? = nil,
        in state: any ReadTransaction,
        at now: Date
    ) throws -> [TimeSlot] {
        try check(wish)
        if let from, from < LondonTime.day(at: now) {
            throw BookingRefusal(.dateInPast, "\(from) is in the past.")
        }
        guard let days = bookableDays(for: wish, at: now) else { return [] }
        let first = max(from ?? days.lowerBound, days.lowerBound)
        guard first <= days.upperBound else { return [] }
        return try (first.daysSince1970...days.upperBound.daysSince1970).flatMap { number in
            let day = CivilDate(daysSince1970: number)
            guard SlotCalendar.isWorkingDay(day) else { return [TimeSlot]() }
            guard let known = try state.find(AppointmentDay.id(uprn: wish.uprn, on: day)) else {
                return town.engineersPerSlot > 0 ? SlotCalendar.slots(on: day) : []
            }
            return known.slots.filter(\.isFree).map(\.slot)
        }
    }

    /// Holds a slot for 12 hours under a key.
    @discardableResult
    package func reserve(
        _ slot: TimeSlot,
        for wish: Wish,
        as booking: Booking,
        in change: inout Change
    ) throws -> Appointment {
        try check(wish)
        try check(slot, for: wish, at: change.now)
        let earlier = try earlierAppointment(for: wish, of: booking.owner, in: &change)
        let dayID = AppointmentDay.id(uprn: wish.uprn, on: slot.day)
        if try change.find(dayID) == nil {
            try change.found(
                AppointmentDay(uprn: wish.uprn, day: slot.day, engineers: town.engineersPerSlot, at: change.now),
                []
            )
        }
        try change.decide(dayID) { day, _ in
            try day.take(slot)
            return []
        }
        let appointment = Appointment(
            id: booking.id,
            owner: booking.owner,
            conversation: booking.conversation,
            key: booking.key,
            purpose: wish.purpose,
            product: wish.product,
            uprn: wish.uprn,
            slot: slot,
            customerReference: booking.customerReference,
            replaces: earlier,
            at: change.now
        )
        return try change.found(appointment, appointment.reservedEffects)
    }

    /// The appointment behind a key, if this customer may use it for this; else the one refusal that tells nothing.
    package func find(
        key: String,
        purpose: AppointmentPurpose,
        of owner: Owner,
        in change: Change
    ) throws -> Appointment {
        guard
            let found = try change.find(Appointment.self, by: Appointment.keyLookup, key, limit: 1).first,
            found.owner == owner, found.purpose == purpose
        else { throw Appointment.unusable }
        return found
    }

    /// Uses a key: the visit is agreed, for an order or a ticket that is stored in the same commit (decision 2).
    @discardableResult
    package func use(
        key: String,
        purpose: AppointmentPurpose,
        of owner: Owner,
        at uprn: Int64?,
        by user: EntityRef,
        in change: inout Change
    ) throws -> Appointment {
        let appointment = try find(key: key, purpose: purpose, of: owner, in: change)
        guard uprn == nil || uprn == appointment.uprn else { throw Appointment.unusable }
        return try change.decide(appointment.id) { appointment, now in try appointment.confirm(by: user, at: now) }
    }

    /// Gives an unused reservation back, by the customer's own name for it.
    package func release(customerReference: String, of owner: Owner, in change: inout Change) throws {
        let value = "\(owner)/\(customerReference)"
        let found = try change.find(Appointment.self, by: Appointment.customerReferenceLookup, value, limit: 1)
        guard let appointment = found.first else { throw Rejection(.notFound, "There is no such reservation.") }
        try change.decide(appointment.id) { appointment, now in try appointment.release(at: now) }
    }

    /// Gives an unused reservation back.
    package func release(key: String, of owner: Owner, in change: inout Change) throws {
        guard
            let found = try change.find(Appointment.self, by: Appointment.keyLookup, key, limit: 1).first,
            found.owner == owner
        else { throw Rejection(.notFound, "There is no such reservation.") }
        try change.decide(found.id) { appointment, now in try appointment.release(at: now) }
    }
}

extension AppointmentBook {
    private func check(_ wish: Wish) throws {
        guard let premises = town.premises(uprn: wish.uprn) else {
            throw BookingRefusal(.unknownAddress, "The network does not reach this address.")
        }
        guard town.sells(wish.product) else {
            throw BookingRefusal(.unknownProduct, "There is no product \(wish.product).")
        }
        if wish.purpose == .provide, !premises.isInFootprint {
            throw BookingRefusal(.unknownAddress, "This address cannot be connected again.")
        }
    }

    /// Later where the premises are surveyed before anybody installs there (SUR, I-040).
    private func bookableDays(for wish: Wish, at now: Date) -> ClosedRange<CivilDate>? {
        let flags = town.premises(uprn: wish.uprn).map { town.flags(of: $0) } ?? []
        let needsSurvey = wish.purpose == .provide && flags.contains(.surveyFirst)
        return SlotCalendar.bookableDays(
            at: now,
            leadTime: needsSurvey
                ? SlotCalendar.leadTimeWorkingDaysWithSurvey : SlotCalendar.leadTimeWorkingDays
        )
    }

    private func check(_ slot: TimeSlot, for wish: Wish, at now: Date) throws {
        let (day, today) = (slot.day, LondonTime.day(at: now))
        guard day >= today else { throw BookingRefusal(.dateInPast, "\(day) is in the past.") }
        guard day <= today.adding(days: SlotCalendar.horizonDays) else {
            throw BookingRefusal(.beyondHorizon, "Visits are booked \(SlotCalendar.horizonDays) days ahead at most.")
        }
        guard let days = bookableDays(for: wish, at: now), days.contains(day),
            SlotCalendar.slots(on: day).contains(slot)
        else { throw BookingRefusal(.slotUnknown, "No such slot is offered.") }
    }

    /// The appointment that a reappointment replaces; for a first one, makes sure that the premises hold no other
    /// reservation (G-047).
    private func earlierAppointment(
        for wish: Wish,
        of owner: Owner,
        in change: inout Change
    ) throws -> ID<Appointment>? {
        let premises = Appointment.premises(uprn: wish.uprn, product: wish.product, purpose: wish.purpose)
        if wish.isReappointment {
            let known = try change.find(Appointment.self, by: Appointment.premisesLookup, premises, limit: 100)
            guard let latest = known.last(where: { $0.owner == owner && $0.canBeReplaced }) else {
                throw BookingRefusal(.noPriorAppointment, "No earlier appointment is known for this address.")
            }
            return latest.id
        }
        guard let live = try change.find(Appointment.self, by: Appointment.liveLookup, premises, limit: 1).first else {
            return nil
        }
        // Its timer may be due but not yet heard.
        let expired = try change.decide(live.id) { appointment, now in appointment.expireIfDue(at: now) }
        guard case .expired = expired.state else {
            throw BookingRefusal(.slotTaken, "This address already holds a reservation for such a visit.")
        }
        return nil
    }
}
