import Domain
import Engine
import FoundationEssentials

/// The scripted supplier's answers: every house of the town's footprint can be connected, every slot is free.
struct DummyDesk: SupplierQuestions {
    /// As long as any supplier holds one (G-045).
    static let heldFor: TimeInterval = 12 * 60 * 60

    let town: Town
    let time: TimeSource

    func addresses(_ question: AddressesQuestion) async throws -> [KnownAddress] { throw Unanswered.notOffered }

    func availability(_ question: AvailabilityQuestion) async throws -> AvailabilityAnswer {
        let premises = question.address.uprn.flatMap { town.premises(uprn: $0) }
        guard premises?.isInFootprint == true else {
            let reason =
                premises == nil
                ? AvailabilityAnswer.Reason(code: "ADDRESS_UNKNOWN", text: "No such address is known.")
                : AvailabilityAnswer.Reason(code: "NOT_IN_FOOTPRINT", text: "This address is not reached.")
            return answer(offers: [], reasons: [reason])
        }
        let sold = town.catalogue.listed
        return answer(
            offers: sold.map { .init(id: $0.id, name: $0.name, characteristics: ["LINE_PROFILE": Town.lineProfiles]) },
            reasons: []
        )
    }

    func slots(_ question: SlotsQuestion) async throws -> [TimeSlot] {
        try check(question.address, question.specification)
        guard let days = SlotCalendar.bookableDays(at: time.now()) else { return [] }
        let first = max(question.from ?? days.lowerBound, days.lowerBound)
        guard first <= days.upperBound else { return [] }
        return (first.daysSince1970...days.upperBound.daysSince1970).flatMap { number in
            SlotCalendar.slots(on: CivilDate(daysSince1970: number))
        }
    }

    /// The key is made of the reservation's number, so that who asks twice gets the same.
    func reserve(_ question: ReserveQuestion) async throws -> ReservedSlot {
        try check(question.address, question.specification)
        let now = time.now()
        guard let days = SlotCalendar.bookableDays(at: now), days.contains(question.slot.day),
            SlotCalendar.slots(on: question.slot.day).contains(question.slot)
        else { throw Unanswered.refused(reasons: ["No such slot is offered."]) }
        return ReservedSlot(
            reference: Self.key(of: question.reservation),
            expires: now + Self.heldFor,
            slot: question.slot
        )
    }

    static func key(of reservation: ID<Reservation>) -> String { "SCR-V\(reservation)" }

    private func check(_ address: PremisesAddress, _ specification: ServiceSpecification) throws {
        var reasons: [String] = []
        if address.uprn.flatMap({ town.premises(uprn: $0) })?.isInFootprint != true {
            reasons.append("The network does not reach this address.")
        }
        if !town.sells(specification.id) { reasons.append("There is no product \(specification.id).") }
        guard reasons.isEmpty else { throw Unanswered.refused(reasons: reasons) }
    }

    private func answer(offers: [AvailabilityAnswer.Offer], reasons: [AvailabilityAnswer.Reason]) -> AvailabilityAnswer
    {
        AvailabilityAnswer(
            offers: offers,
            site: SiteInformation(
                newLine: !offers.isEmpty,
                installationType: offers.isEmpty ? nil : "STANDARD",
                leadTimeDays: offers.isEmpty ? nil : SlotCalendar.leadTimeWorkingDays
            ),
            reasons: reasons
        )
    }
}
