import Domain
import Engine
import Foundation
import Formats
import Logging
import Storage
import Testing

@testable import Adapters

/// Slots that many want and few engineers serve (G-047, §3.6).
@Suite struct FewEngineersTests {
    @Test func `of 256 who want a slot at once, as many get it as there are engineers`() async throws {
        try await withTicketing(engineersPerSlot: 7) { bench in
            let answers = try await withThrowingTaskGroup(of: String.self) { group in
                for number in 0..<256 { group.addTask { try await bench.reserve(number) } }
                return try await group.reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
            }

            #expect(answers == ["reserved": 7, "SLOT_TAKEN": 249])
            #expect(try await bench.taken() == 7)
            #expect(try await bench.appointments().count == 7)
        }
    }

    @Test func `the same buyer's message sent 64 times at once reserves once`() async throws {
        try await withTicketing(engineersPerSlot: 7) { bench in
            let body = Samples.reserve(CorpusMessage.slot)
            let answers = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<64 { group.addTask { try await bench.call("reserveAppointment", body).text } }
                return try await group.reduce(into: Set<String>()) { $0.insert($1) }
            }

            #expect(answers.count == 1)
            #expect(try await bench.taken() == 1)
        }
    }

    @Test func `what runs out gives its engineer back once, and the slot can be had again`() async throws {
        try await withTicketing(engineersPerSlot: 1) { bench in
            let first = try await bench.reserve(1)
            #expect(first == "reserved")
            bench.clock.move(to: bench.clock.now + Appointment.reservationLife - 1)
            await bench.settleAll()
            #expect(try await bench.reserve(2) == "SLOT_TAKEN")

            bench.clock.move(to: bench.clock.now + 1)
            await bench.settleAll()
            await bench.settleAll()

            #expect(try await bench.taken() == 0)
            #expect(try await bench.reserve(3) == "reserved")
            #expect(try await bench.reserve(4) == "SLOT_TAKEN")
        }
    }

    @Test func `who comes before the timer does not make it give back twice`() async throws {
        try await withTicketing(engineersPerSlot: 2) { bench in
            #expect(try await bench.reserve(1) == "reserved")
            #expect(try await bench.reserve(2) == "reserved")
            bench.clock.move(to: bench.clock.now + Appointment.reservationLife)

            // The same address again: its old reservation is found expired, an hour before any timer was heard.
            let again = try await bench.reserve(1, messageID: "again", slot: FewEngineers.afternoon)
            await bench.settleAll()

            #expect(again == "reserved")
            #expect(try await bench.taken() == 0)
            #expect(try await bench.taken(FewEngineers.afternoon) == 1)
        }
    }

    @Test func `a reappointment frees the old slot only when the new one is confirmed`() async throws {
        try await withTicketing(engineersPerSlot: 1) { bench in
            let first = try await bench.key(for: CorpusMessage.slot)
            _ = try await bench.accepted(key: first)
            let second = try await bench.key(for: FewEngineers.afternoon, messageID: "r-2", reappointment: true)
            await bench.settleAll()
            let before = try await bench.reserve(1)

            let amended = try await bench.call(
                "amendFaultReport",
                Samples.amend(
                    "<appointment><appointmentReservationKey>\(second)</appointmentReservationKey></appointment>"
                )
            )
            await bench.settleAll()

            #expect(before == "SLOT_TAKEN")
            #expect(amended.status == 200, "\(amended.text)")
            #expect(try await bench.taken() == 0)
            #expect(try await bench.taken(FewEngineers.afternoon) == 1)
            #expect(try await bench.reserve(2, messageID: "later") == "reserved")
        }
    }

    @Test func `a reappointment that is never confirmed leaves the old visit as it was`() async throws {
        try await withTicketing(engineersPerSlot: 1) { bench in
            let first = try await bench.key(for: CorpusMessage.slot)
            let ticket = try await bench.accepted(key: first)
            _ = try await bench.key(for: FewEngineers.afternoon, messageID: "r-2", reappointment: true)

            bench.clock.move(to: bench.clock.now + Appointment.reservationLife)
            await bench.settleAll()

            #expect(try await bench.taken() == 1)
            #expect(try await bench.taken(FewEngineers.afternoon) == 0)
            #expect(try await bench.tickets().first { $0.id == ticket.id }?.openVisit?.key == first)
        }
    }
}

/// Working days on both sides of a change of the clocks; the change itself is on a Sunday, when nobody comes (G-043).
@Suite struct ClockChangeTests {
    @Test(arguments: [
        // 29 March: the clocks go forward.
        (Date(timeIntervalSince1970: 1_774_339_200), "2026-03-27", "2026-03-27T08:00:00Z", "2026-03-27T13:00:00Z"),
        (Date(timeIntervalSince1970: 1_774_339_200), "2026-03-30", "2026-03-30T07:00:00Z", "2026-03-30T12:00:00Z"),
        // 25 October: they go back.
        (Date(timeIntervalSince1970: 1_792_483_200), "2026-10-23", "2026-10-23T07:00:00Z", "2026-10-23T12:00:00Z"),
        (Date(timeIntervalSince1970: 1_792_483_200), "2026-10-26", "2026-10-26T08:00:00Z", "2026-10-26T13:00:00Z"),
    ])
    func `a visit at eight is at eight by London's clock`(now: Date, day: String, morning: String, end: String)
        async throws
    {
        try await withTicketing(at: now) { bench in
            let reply = try await bench.call("queryAppointmentAvailability", Samples.query(from: day))
            let slot = try #require(try QueryVisits.slots(in: Array(reply.text.utf8)).first)
            let booked = try await bench.call("reserveAppointment", Samples.reserve(slot))
            let stored = try #require(try await bench.appointments().first).slot

            #expect(slot.day.description == day)
            #expect((slot.startTime, slot.endTime) == ("08:00", "13:00"))
            #expect(Timestamp.format(stored.start) == morning)
            #expect(Timestamp.format(stored.end) == end)
            #expect(try ReserveVisit.reserved(in: Array(booked.text.utf8)).slot == slot)
        }
    }

    @Test(arguments: [
        (Date(timeIntervalSince1970: 1_774_339_200), "2026-03-28", "2026-03-30"),
        (Date(timeIntervalSince1970: 1_792_483_200), "2026-10-24", "2026-10-26"),
    ])
    func `nobody comes on the day itself`(now: Date, weekend: String, monday: String) async throws {
        try await withTicketing(at: now) { bench in
            let reply = try await bench.call("queryAppointmentAvailability", Samples.query(from: weekend))
            #expect(try QueryVisits.slots(in: Array(reply.text.utf8)).first?.day.description == monday)
        }
    }

    @Test(arguments: [("2026-03-29", "01:30"), ("2026-10-25", "01:30"), ("2026-03-29", "08:00")])
    func `a time of that night is refused as no slot`(day: String, start: String) async throws {
        try await withTicketing(at: Date(timeIntervalSince1970: day < "2026-06" ? 1_774_339_200 : 1_792_483_200)) {
            bench in
            let body = Samples.reserve(CorpusMessage.slot).filling("appointmentDate", with: day)
                .filling("appointmentStartTime", with: start)
            let reply = try await bench.call("reserveAppointment", body)
            let rejection = try reply.element.first("reserveAppointmentRejected")?.first("rejection")
            #expect(rejection?.text(of: "code") == "SLOT_UNKNOWN")
        }
    }
}

enum FewEngineers {
    /// The other slot of the day of ``CorpusMessage/slot``.
    static let afternoon = SlotCalendar.slots(on: CorpusMessage.slot.day).last ?? CorpusMessage.slot
}

extension TicketingBench {
    /// What a reserver at an address of its own is told: `reserved`, or the code of the refusal.
    func reserve(_ number: Int, messageID: String? = nil, slot: TimeSlot = CorpusMessage.slot) async throws -> String {
        let body = Samples.reserve(slot, messageID: messageID ?? "w-\(number)")
            .filling("addressKey", with: String(10_095_000_500 + number % 400))
        let element = try await call("reserveAppointment", body).element
        let rejection = element.first("reserveAppointmentRejected")?.first("rejection")?.text(of: "code")
        return element.first("reserveAppointmentAccepted") == nil ? rejection ?? element.name : "reserved"
    }

    func key(for slot: TimeSlot, messageID: String = "r-1", reappointment: Bool = false) async throws -> String {
        let body = Samples.reserve(slot, messageID: messageID).filling("reappointment", with: String(reappointment))
        return try ReserveVisit.reserved(in: Array(try await call("reserveAppointment", body).text.utf8)).reference
    }

    /// Engineers of the area that a slot has used up.
    func taken(_ slot: TimeSlot = CorpusMessage.slot) async throws -> Int? {
        let id = AppointmentDay.id(uprn: 10_095_000_500, on: slot.day)
        let day = try await exchange.read { try $0.find(id) }
        return day?.slots.first { $0.slot == slot }?.taken
    }

    func appointments() async throws -> [Appointment] {
        try await exchange.read { try $0.list(Appointment.self, of: nil, inState: nil, after: 0, limit: 1_000) }
    }

    /// Timers that are due, and what the house tells itself, until nothing is left.
    func settleAll() async {
        let delivery = Delivery(exchange: exchange, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }) {
            _ in nil
        }
        repeat { await settle() } while await delivery.step() > 0
    }
}
