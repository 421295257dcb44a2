import Domain
import Engine
import Foundation
import Formats
import Testing

@testable import Adapters

@Suite struct AppointmentsTests {
    @Test func `free slots are listed by London's clock, two working days ahead and more`() async throws {
        try await withTicketing { bench in
            let reply = try await bench.call("queryAppointmentAvailability", Samples.query())
            let slots = try QueryVisits.slots(in: Array(reply.text.utf8))
            #expect(reply.status == 200)
            #expect(slots.first?.day.description == "2027-01-19")
            #expect(slots.first?.startTime == "08:00")
            #expect(try reply.element.validate(bench.schemas.appointments).isEmpty)
            #expect(try reply.element.first("message")?.text(of: "correlationId") == "c-q-1")
            #expect(try reply.element.first("message")?.text(of: "messageId") != "q-1")
        }
    }

    @Test(arguments: [
        (Samples.query(addressKey: "1"), "UNKNOWN_ADDRESS"),
        (Samples.query(addressKey: "NOT-A-UPRN"), "UNKNOWN_ADDRESS"),
        (Samples.query(from: "2026-12-24"), "DATE_IN_PAST"),
        (Samples.query().replacingOccurrences(of: "ftthl2r", with: "carrier-pigeon"), "UNKNOWN_PRODUCT"),
    ])
    func `what cannot be offered is refused with a code`(body: String, code: String) async throws {
        try await withTicketing { bench in
            let reply = try await bench.call("queryAppointmentAvailability", body)
            let rejection = try reply.element.first("queryAppointmentAvailabilityRejected")?.first("rejection")
            #expect(reply.status == 200)
            #expect(rejection?.text(of: "code") == code)
            #expect(try reply.element.validate(bench.schemas.appointments).isEmpty)
        }
    }

    @Test func `a slot is held for twelve hours under a key, once however often it is asked for`() async throws {
        try await withTicketing { bench in
            let query = try await bench.call("queryAppointmentAvailability", Samples.query())
            let slot = try #require(try QueryVisits.slots(in: Array(query.text.utf8)).first)

            let first = try await bench.call("reserveAppointment", Samples.reserve(slot))
            let again = try await bench.call("reserveAppointment", Samples.reserve(slot))
            let other = try await bench.call("reserveAppointment", Samples.reserve(slot, messageID: "r-2"))

            let reserved = try ReserveVisit.reserved(in: Array(first.text.utf8))
            #expect(first.isEnveloped)
            #expect(reserved.slot == slot)
            #expect(reserved.reference.count == 32)
            #expect(reserved.expires == TicketingBench.start + 12 * 3_600)
            #expect(again.text == first.text)
            #expect(
                try other.element.first("reserveAppointmentRejected")?.first("rejection")?.text(of: "code")
                    == "SLOT_TAKEN"
            )
            for reply in [first, other] { #expect(try reply.element.validate(bench.schemas.appointments).isEmpty) }
        }
    }

    @Test func `a reservation that ran out cannot be used`() async throws {
        try await withTicketing { bench in
            let key = try await bench.key()
            await bench.advance(12 * 3_600)
            let reply = try await bench.call("addFaultReport", Samples.add(type: "Service Outage", key: key))
            #expect(reply.status == 403)
        }
    }

    @Test func `a buyer may not ask under another's name`() async throws {
        try await withTicketing { bench in
            let body = Samples.query().replacingOccurrences(of: "HARBOUR1", with: "MOOR1")
            let reply = try await bench.call("queryAppointmentAvailability", body)
            #expect(reply.status == 403)
            #expect(SOAPFault(try reply.element) != nil)
        }
    }
}
