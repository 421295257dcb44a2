import Engine
import Formats
import FoundationEssentials
import HTTPTypes

extension SupplierExamination {
    /// A slot that the supplier holds for the order to come.
    struct Booked {
        let key: String
    }

    /// `GET /available-appointments`, `POST /appointments`, `DELETE /appointments/{id}`.
    mutating func examineAppointments() async -> Booked? {
        let unknown = await line.ask(question(.get, samples.slots(of: SupplierSamples.unknownProduct)))
        judgeRefusal(.slotsUnknownProduct, unknown, is: [422])
        let answer = await line.ask(question(.get, samples.slots(of: samples.product)))
        let slots = answer["timeslots"]?.elements.compactMap(Slot.init) ?? []
        let count = answer["timeslots"]?.elements.count ?? 0
        judge(.slots, answer, is: [200]) { _ in
            guard count > 0 else { return "200, but no timeslots" }
            guard slots.count < count else { return nil }
            return "\(count - slots.count) of \(count) slots have no start and end with a zone"
        }
        // The last is the least likely to be wanted by anybody else.
        guard let slot = slots.last else {
            let rules: [SupplierRule] = [
                .reservationUnknownSlot, .reservation, .reservationAgain, .reservationOtherBody, .release,
            ]
            leave(rules, because: "there is no slot to hold")
            return nil
        }
        return await hold(slot)
    }

    private mutating func hold(_ slot: Slot) async -> Booked? {
        let never = samples.reservation(newNumber(), from: "2001-01-01T03:00:00Z", to: "2001-01-01T04:00:00Z")
        judgeRefusal(.reservationUnknownSlot, await line.ask(question(.post, "/appointments", never)), is: [422])

        let released = newNumber()
        let given = samples.reservation(released, from: slot.start, to: slot.end)
        _ = await line.ask(question(.post, "/appointments", given))
        let gone = await line.ask(question(.delete, "/appointments/\(released)"))
        let strange = await line.ask(question(.delete, "/appointments/\(newNumber())"))
        judge(.release, gone, is: [204]) { _ in
            strange.status == 404 ? nil : "a reservation that never was: expected 404, got \(strange.seen)"
        }

        let number = newNumber()
        let once = line.newID()
        let body = samples.reservation(number, from: slot.start, to: slot.end)
        let now = line.time.now()
        let first = await line.ask(question(.post, "/appointments", body, once: once))
        let isHeld = judge(.reservation, first, takes: .reservation, number: number) { answer in
            guard let expiry = answer["expiryDateTime"]?.string.flatMap(Self.moment) else { return nil }
            return expiry > now ? nil : "it has expired before it began: \(expiry.formatted(.iso8601))"
        }
        guard isHeld, let key = first["supplierReference"]?.name else {
            leave([.reservationAgain, .reservationOtherBody], because: "the slot is not held")
            return nil
        }
        let again = await line.ask(question(.post, "/appointments", body, once: once))
        judgeAgain(.reservationAgain, again, like: first, in: ["supplierReference", "expiryDateTime"])
        let other = samples.reservation(newNumber(), from: slot.start, to: slot.end)
        let mixed = await line.ask(question(.post, "/appointments", other, once: once))
        judgeRefusal(.reservationOtherBody, mixed, is: [422])
        return Booked(key: key)
    }

    /// With a zone, or it is no moment (G-043).
    static func moment(_ text: String) -> Date? { Timestamp.parse(text) }

    private struct Slot {
        let start: String
        let end: String

        init?(_ json: JSONValue) {
            guard let start = json["timeslotStartDateTime"]?.string, let end = json["timeslotEndDateTime"]?.string,
                let from = SupplierExamination.moment(start), let to = SupplierExamination.moment(end), from < to
            else { return nil }
            self.start = start
            self.end = end
        }
    }
}
