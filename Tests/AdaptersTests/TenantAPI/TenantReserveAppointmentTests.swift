import Domain
import Engine
import Formats
import Foundation
import HTTPTypes
import Storage
import Testing

@testable import Adapters

@Suite struct TenantReserveAppointmentTests {
    @Test func `a slot is held until the supplier lets go of it`() async throws {
        try await TenantBench.run { bench in
            let answer = try await bench.post("/v1/appointments", TenantSample.appointment())

            #expect(answer.status == 201)
            #expect(answer.json["expiryDateTime"] as? String == "2026-03-02T21:00:00Z")
            #expect((answer.json["supplierReference"] as? String)?.count == 32)
            let slot = answer.json["timeslot"] as? [String: Any]
            #expect(slot?["classification"] as? String == "WEEKDAY_AM")
            #expect(try await bench.get("/v1/appointments/\(answer.id)").body == answer.body)
        }
    }

    @Test func `an order uses its reservation, once`() async throws {
        try await TenantBench.run { bench in
            let slot = try await bench.post("/v1/appointments", TenantSample.appointment())
            let body = TenantSample.order(#","appointmentReservationId":\#(slot.id)"#)

            let first = try await bench.post("/v1/service-orders", body)
            let second = try await bench.post("/v1/service-orders", body)

            #expect(first.status == 201)
            #expect(second.status == 400)
            #expect(second.pointers == ["/appointmentReservationId"])
            #expect(try await bench.census(.reservation) == ["used": 1])
            #expect(try await bench.census(.serviceOrder) == ["RECEIVED_BY_GATEWAY": 1])
        }
    }

    @Test func `a reservation expires at its second`() async throws {
        try await TenantBench.run { bench in
            let slot = try await bench.post("/v1/appointments", TenantSample.appointment())
            bench.clock.move(to: TenantBench.start + 12 * 3_600)

            let answer = try await bench.withFreshTokens().post(
                "/v1/service-orders",
                TenantSample.order(#","appointmentReservationId":\#(slot.id)"#)
            )

            #expect(answer.status == 400)
            #expect(answer.pointers == ["/appointmentReservationId"])
            #expect(try await bench.census(.serviceOrder).isEmpty)
        }
    }

    @Test func `another's reservation is refused in the same words as one that never was`() async throws {
        try await TenantBench.run { bench in
            let slot = try await bench.post("/v1/appointments", TenantSample.appointment())

            let foreign = try await bench.post(
                "/v1/service-orders",
                TenantSample.order(#","appointmentReservationId":\#(slot.id)"#),
                as: "RIVAL"
            )
            let absent = try await bench.post(
                "/v1/service-orders",
                TenantSample.order(#","appointmentReservationId":987654"#),
                as: "RIVAL"
            )

            #expect(foreign.status == 400 && absent.status == 400)
            #expect(foreign.json["messages"] as? [String] == absent.json["messages"] as? [String])
            #expect(try await bench.census(.reservation) == ["held": 1])
        }
    }

    @Test func `a visit for a repair is of no use to an order`() async throws {
        try await TenantBench.run { bench in
            let slot = try await bench.post("/v1/appointments", TenantSample.appointment("REPAIR", service: "S1000001"))

            let answer = try await bench.post(
                "/v1/service-orders",
                TenantSample.order(#","appointmentReservationId":\#(slot.id)"#)
            )

            #expect(answer.status == 400)
        }
    }

    @Test func `a repair without a service is refused`() async throws {
        try await TenantBench.run { bench in
            let answer = try await bench.post("/v1/appointments", TenantSample.appointment("REPAIR"))

            #expect(answer.status == 422)
            #expect(answer.pointers == ["/serviceId"])
        }
    }

    @Test func `a supplier that does not answer is reported, and asked again under the same identity`() async throws {
        try await TenantBench.run(desk: TenantDesk(failure: .timedOut)) { bench in
            let answer = try await bench.post("/v1/appointments", TenantSample.appointment())

            #expect(answer.status == 504)
            #expect(answer.code == "SUPPLIER_TIMED_OUT")
            let id = try bench.named(in: answer)
            let reservation = try #require(try await bench.exchange.read { try $0.find(ID<Reservation>(Int64(id))) })
            let first = try #require(reservation.askedAgain)
            let sent = try await bench.outbox(.reservation, id).map(\.content.message)
            #expect(sent == [.appointmentRequested(as: first, purpose: .provide)])
            #expect(try await bench.get("/v1/appointments/\(id)").json["status"] as? String == "REQUESTING")
        }
    }

    @Test func `a late answer is a repeat's answer, and holds no second slot`() async throws {
        try await TenantBench.run(desk: TenantDesk(failure: .timedOut)) { bench in
            let body = TenantSample.appointment()
            let first = try await bench.send(.post, "/v1/appointments", body, request: "r-1")
            let early = try await bench.send(.post, "/v1/appointments", body, request: "r-1")
            let id = try bench.named(in: first)
            let until = TenantBench.start + 12 * 3_600
            try await bench.exchange.tell(
                .reservation(id: ID(Int64(id)), input: .supplierReserved(reference: "K", until: until, slot: nil)),
                Cause("reply", by: "house")
            )

            let late = try await bench.send(.post, "/v1/appointments", body, request: "r-1")

            #expect(early.status == 504)
            #expect(try bench.named(in: early) == id)
            #expect(late.status == 201)
            #expect(late.id == id)
            #expect(try await bench.census(.reservation) == ["held": 1])
        }
    }

    @Test func `a late refusal is a repeat's answer`() async throws {
        try await TenantBench.run(desk: TenantDesk(failure: .failed(reason: "down"))) { bench in
            let body = TenantSample.appointment()
            let first = try await bench.send(.post, "/v1/appointments", body, request: "r-1")
            try await bench.exchange.tell(
                .reservation(id: ID(Int64(try bench.named(in: first))), input: .supplierRefused(reason: "SLOT_TAKEN")),
                Cause("reply", by: "house")
            )

            let late = try await bench.send(.post, "/v1/appointments", body, request: "r-1")

            #expect(first.status == 502)
            #expect(late.status == 422)
            #expect((late.json["messages"] as? [String])?.contains("SLOT_TAKEN") == true)
        }
    }

    @Test func `after a minute the outcome is unknown, and what the supplier may hold is given back`() async throws {
        try await TenantBench.run(desk: TenantDesk(failure: .timedOut)) { bench in
            let answer = try await bench.post("/v1/appointments", TenantSample.appointment())
            bench.clock.move(to: TenantBench.start + 59)
            await bench.fireTimers()
            #expect(try await bench.census(.reservation) == ["requesting": 1])

            bench.clock.move(to: TenantBench.start + 60)
            await bench.fireTimers()

            #expect(try await bench.census(.reservation) == ["unknown": 1])
            let sent = try await bench.outbox(.reservation, bench.named(in: answer)).map(\.content.message)
            #expect(sent.last == .reservationReleased)
        }
    }

    @Test func `an unused slot is given back, and again changes nothing`() async throws {
        try await TenantBench.run { bench in
            let held = try await bench.post("/v1/appointments", TenantSample.appointment())

            let first = try await bench.send(.delete, "/v1/appointments/\(held.id)")
            let again = try await bench.send(.delete, "/v1/appointments/\(held.id)")

            #expect(first.status == 204 && again.status == 204)
            #expect(try await bench.census(.reservation) == ["released": 1])
            let sent = try await bench.outbox(.reservation, held.id).map(\.content.message)
            #expect(sent == [.reservationReleased])
        }
    }

    @Test func `a used slot is not given back, and another's is not there`() async throws {
        try await TenantBench.run { bench in
            let slot = try await bench.post("/v1/appointments", TenantSample.appointment())
            let order = TenantSample.order(#","appointmentReservationId":\#(slot.id)"#)
            _ = try await bench.post("/v1/service-orders", order)

            #expect(try await bench.send(.delete, "/v1/appointments/\(slot.id)").status == 422)
            #expect(try await bench.send(.delete, "/v1/appointments/\(slot.id)", as: "RIVAL").status == 404)
            #expect(try await bench.census(.reservation) == ["used": 1])
        }
    }

    @Test func `a supplier's refusal is the tenant's`() async throws {
        try await TenantBench.run(desk: TenantDesk(failure: .refused(reasons: ["SLOT_TAKEN"]))) { bench in
            let answer = try await bench.post("/v1/appointments", TenantSample.appointment())

            #expect(answer.status == 422)
            #expect((answer.json["messages"] as? [String])?.contains("SLOT_TAKEN") == true)
            #expect(try await bench.census(.reservation) == ["refused": 1])
        }
    }

    @Test func `the same request again reserves nothing more`() async throws {
        try await TenantBench.run { bench in
            let first = try await bench.send(.post, "/v1/appointments", TenantSample.appointment(), request: "r-1")
            let again = try await bench.send(.post, "/v1/appointments", TenantSample.appointment(), request: "r-1")

            #expect(first.body == again.body)
            #expect(try await bench.census(.reservation) == ["held": 1])
        }
    }
}

@Suite struct TenantSupplierQuestionTests {
    private static let address = "address=%7B%22id%22%3A%2210090000001%22%2C%22type%22%3A%22UPRN%22%7D"

    @Test func `availability says what can be had, and that a visit is needed`() async throws {
        try await TenantBench.run { bench in
            let answer = try await bench.get("/v1/service-availability?\(Self.address)")

            #expect(answer.status == 200)
            let entry = try #require(answer.list.first)
            #expect(entry["supplier"] as? String == "DUMMY_SUPPLIER")
            #expect((entry["siteInformation"] as? [String: Any])?["installationType"] as? String == "STANDARD")
        }
    }

    @Test(arguments: [("BROADBAND", 1), ("ETHERNET", 0), ("BROADBAND,ETHERNET", 1)])
    func `only the types of service that are asked for are offered`(types: String, count: Int) async throws {
        try await TenantBench.run { bench in
            let answer = try await bench.get("/v1/service-availability?\(Self.address)&serviceTypes=\(types)")

            let entry = try #require(answer.list.first)
            #expect((entry["serviceSpecifications"] as? [Any])?.count == count)
        }
    }

    @Test func `what a supplier says of a site is passed on whole`() async throws {
        let site = SiteInformation(
            newLine: true,
            installationType: "NON_STANDARD",
            leadTimeDays: 9,
            serviceReadyDate: CivilDate("2026-07-01"),
            enniID: "ENNI1",
            siteName: "Loom House",
            siteLocation: "Basement",
            constraints: ["WAYLEAVE_OWNER", "A_WORD_OF_ITS_OWN"],
            lineCharacteristics: [Characteristic(name: "NTE_FLOOR", value: "2")],
            existingLines: [
                ExistingLine(
                    installationType: "STANDARD",
                    lineID: "L1",
                    ont: .init(
                        reference: "ONT1",
                        serialNumber: "SN1",
                        manufacturer: "Maker",
                        ports: [.init(number: 1, status: "STOPPED")]
                    )
                )
            ]
        )
        try await TenantBench.run(desk: TenantDesk(site: site)) { bench in
            let answer = try await bench.get("/v1/service-availability?\(Self.address)")

            let told = try JSONSerialization.data(withJSONObject: try #require(answer.list[0]["siteInformation"]))
            let reader = ObjectReader(try JSONDocument(parsing: Array(told)).root, problems: Problems())
            #expect(SiteInformation(reader) == site)
        }
    }

    @Test func `when every supplier fails, the call fails`() async throws {
        try await TenantBench.run(desk: TenantDesk(failure: .failed(reason: "down"))) { bench in
            let answer = try await bench.get("/v1/service-availability?\(Self.address)")

            #expect(answer.status == 502)
            #expect(answer.code == "SUPPLIER_FAULT")
        }
    }

    @Test func `a supplier that fails does not hide the others`() async throws {
        try await TenantBench.run(other: TenantDesk(failure: .failed(reason: "down"))) { bench in
            let answer = try await bench.get("/v1/service-availability?\(Self.address)")

            #expect(answer.status == 200)
            #expect(answer.list.map { $0["supplier"] as? String } == ["DUMMY_SUPPLIER", "OTHER_SUPPLIER"])
            #expect((answer.list[0]["serviceSpecifications"] as? [Any])?.count == 1)
            #expect(answer.list[0]["error"] == nil)
            #expect((answer.list[1]["error"] as? [String: Any])?["code"] as? String == "SUPPLIER_FAULT")
        }
    }

    @Test func `free slots carry their zone and their class`() async throws {
        try await TenantBench.run { bench in
            let query =
                "\(Self.address)&supplier=DUMMY_SUPPLIER&appointmentPurpose=PROVIDE"
                + "&serviceSpecification=%7B%22id%22%3A%22ftthl2r%22%7D&classifications=WEEKDAY_AM,WEEKDAY_PM"

            let answer = try await bench.get("/v1/available-appointments?\(query)")

            #expect(answer.status == 200)
            let slots = answer.json["timeslots"] as? [[String: Any]]
            #expect(slots?.first?["timeslotStartDateTime"] as? String == "2026-03-09T08:00:00Z")
            #expect(slots?.first?["standard"] as? Bool == true)
        }
    }

    @Test func `a broken query names everything that is wrong`() async throws {
        try await TenantBench.run { bench in
            let answer = try await bench.get(
                "/v1/available-appointments?supplier=NOBODY&appointmentPurpose=PAINT&standardOnly=maybe"
            )

            #expect(answer.status == 422)
            #expect(
                answer.pointers == [
                    "/address", "/appointmentPurpose", "/serviceSpecification", "/standardOnly", "/supplier",
                ]
            )
        }
    }

    @Test func `a service of more than fifty characters is refused before the supplier is asked`() async throws {
        try await TenantBench.run(desk: TenantDesk(failure: .failed(reason: "no line"))) { bench in
            let query =
                "\(Self.address)&supplier=DUMMY_SUPPLIER&appointmentPurpose=REPAIR"
                + "&serviceSpecification=%7B%22id%22%3A%22ftthl2r%22%7D&serviceId="

            let long = try await bench.get("/v1/available-appointments?\(query)\(String(repeating: "S", count: 51))")
            let longest = try await bench.get("/v1/available-appointments?\(query)\(String(repeating: "S", count: 50))")

            #expect(long.status == 422 && long.pointers == ["/serviceId"])
            #expect(longest.status == 502)
        }
    }

    @Test func `a tenant sees its suppliers and what they offer`() async throws {
        try await TenantBench.run { bench in
            let answer = try await bench.get("/v1/suppliers")

            #expect(answer.list.first?["id"] as? String == "DUMMY_SUPPLIER")
            #expect((answer.list.first?["capabilities"] as? [String: Bool])?["orders"] == true)
        }
    }
}

extension TenantBench {
    /// The number at the end of an answer's `Location`.
    fileprivate func named(in answer: TenantAnswer) throws -> Int {
        let place = try #require(answer.headers[.location])
        return try #require(place.split(separator: "/").last.flatMap { Int($0) })
    }
}
