import Domain
import Engine
import Foundation
import HTTPTypes
import HummingbirdTesting
import Storage
import Testing

@testable import Adapters

@Suite struct WholesaleAppointmentTests {
    @Test func `an address of the town can be connected, and an engineer must come`() async throws {
        try await SupplyBench.run { bench async throws in
            let query = "address=\(FormText.encode(SupplyBench.address))"
            let answer = try await bench.send(.get, "/wholesale/v1/service-availability?\(query)")
            #expect(answer.status == 200)
            let site = answer.json["siteInformation"] as? [String: Any]
            #expect(site?["installationType"] as? String == "STANDARD")
            #expect((answer.json["serviceSpecifications"] as? [[String: Any]])?.first?["id"] as? String == "ftthl2r")
            #expect((answer.json["unavailabilityReasons"] as? [Any])?.isEmpty == true)
        }
    }

    @Test func `where a service is live, its line is named, with what it ends in`() async throws {
        try await SupplyBench.run(.live) { bench async throws in
            let native = try await NativeBench(bench)
            let served = PremisesAddress(identifier: .init(id: "10095000003", type: "UPRN"))
            let answer = try await native.supplier.availability(
                AvailabilityQuestion(asker: native.asker, address: served)
            )
            await native.shutdown()

            #expect(!answer.site.newLine)
            #expect(answer.site.installationType == nil)
            let line = try #require(answer.site.existingLines.first)
            #expect(line.lineID == "S1000003")
            #expect(line.ont?.reference == "ONT1000003")
            #expect(line.ont?.ports.map(\.status) == ["ACTIVE", "STOPPED"])
        }
    }

    @Test func `an address that nobody knows is an answer with a reason`() async throws {
        try await SupplyBench.run { bench async throws in
            let query = "address=\(FormText.encode(#"{"id":"99","type":"UPRN"}"#))"
            let answer = try await bench.send(.get, "/wholesale/v1/service-availability?\(query)")
            #expect(answer.status == 200)
            let reasons = answer.json["unavailabilityReasons"] as? [[String: Any]]
            #expect(reasons?.first?["code"] as? String == "ADDRESS_UNKNOWN")
        }
    }

    @Test func `slots begin two working days ahead, two a day, none at the weekend`() async throws {
        try await SupplyBench.run { bench async throws in
            let answer = try await bench.slots()
            #expect(answer.status == 200)
            #expect(
                answer.slots.prefix(7) == [
                    "2026-03-04T08:00:00Z", "2026-03-04T13:00:00Z", "2026-03-05T08:00:00Z", "2026-03-05T13:00:00Z",
                    "2026-03-06T08:00:00Z", "2026-03-06T13:00:00Z", "2026-03-09T08:00:00Z",
                ]
            )
            #expect(answer.slots.contains("2026-03-30T07:00:00Z"), "eight o'clock in summer time")
        }
    }

    @Test func `every problem of a question is named`() async throws {
        try await SupplyBench.run { bench async throws in
            let service = String(repeating: "S", count: 51)
            let answer = try await bench.send(
                .get,
                "/wholesale/v1/available-appointments?appointmentFromDate=soon&serviceId=\(service)"
            )
            #expect(answer.status == 400)
            #expect(
                answer.pointers == [
                    "/address", "/appointmentFromDate", "/appointmentPurpose", "/serviceId", "/serviceSpecification",
                ]
            )
        }
    }

    @Test func `a slot is held for twelve hours under a key of 32 letters and digits`() async throws {
        try await SupplyBench.run { bench async throws in
            let answer = try await bench.reserve()
            #expect(answer.status == 201)
            #expect(answer.reference.wholeMatch(of: /[A-Z0-9]{32}/) != nil)
            #expect(answer.json["expiryDateTime"] as? String == "2026-03-02T21:00:00Z")
        }
    }

    @Test func `the last engineer of a slot goes to one only, and comes back with the reservation`() async throws {
        try await SupplyBench.run(engineers: 1) { bench async throws in
            let neighbour = #"{"id":"10090000002","type":"UPRN"}"#
            #expect(try await bench.reserve(id: 1).status == 201)
            let late = try await bench.reserve(id: 2, address: neighbour)
            #expect(late.status == 422)
            #expect(late.pointers == ["/timeslot"])
            #expect(try await bench.slots().slots.contains("2026-03-05T08:00:00Z") == false)
            #expect(try await bench.send(.delete, "/wholesale/v1/appointments/1").status == 204)
            await bench.deliverInHouse()
            #expect(try await bench.reserve(id: 3, address: neighbour).status == 201)
        }
    }

    @Test func `an expired reservation gives its slot back`() async throws {
        try await SupplyBench.run(engineers: 1) { bench async throws in
            #expect(try await bench.reserve(id: 1).status == 201)
            await bench.advance(by: 12 * 3_600)
            await bench.deliverInHouse()
            #expect(try await bench.census(.appointment) == ["expired": 1])
            #expect(try await bench.slots().slots.contains("2026-03-05T08:00:00Z"))
        }
    }

    @Test func `an address holds one reservation at a time`() async throws {
        try await SupplyBench.run { bench async throws in
            #expect(try await bench.reserve(id: 1).status == 201)
            #expect(try await bench.reserve(id: 2, as: "RIVAL").status == 422)
            await bench.advance(by: 12 * 3_600)
            #expect(try await bench.reserve(id: 3).status == 201)
        }
    }

    @Test(arguments: [
        (#"{"timeslotStartDateTime":"2026-03-07T08:00:00Z","timeslotEndDateTime":"2026-03-07T13:00:00Z"}"#, 422),
        (#"{"timeslotStartDateTime":"2026-03-03T08:00:00Z","timeslotEndDateTime":"2026-03-03T13:00:00Z"}"#, 422),
        (#"{"timeslotStartDateTime":"2026-06-01T07:00:00Z","timeslotEndDateTime":"2026-06-01T12:00:00Z"}"#, 422),
        (#"{"timeslotStartDateTime":"2026-03-05T13:00:00Z","timeslotEndDateTime":"2026-03-05T08:00:00Z"}"#, 400),
    ])
    func `a slot that isn't offered is refused`(slot: String, status: Int) async throws {
        try await SupplyBench.run { bench async throws in
            #expect(try await bench.reserve(slot: slot).status == status)
            #expect(try await bench.census(.appointment).isEmpty)
        }
    }

    @Test func `the same request gets the same answer, and another body is refused`() async throws {
        try await SupplyBench.run { bench async throws in
            let first = try await bench.reserve(id: 1, request: "request-1")
            let again = try await bench.reserve(id: 1, request: "request-1")
            let other = try await bench.reserve(id: 2, request: "request-1")
            #expect(again.body == first.body)
            #expect(other.status == 422)
            #expect(try await bench.census(.appointment) == ["reserved": 1])
        }
    }
}
