import Domain
import Engine
import Foundation
import HummingbirdTesting
import Storage
import Testing

@testable import Adapters

/// Gateway and operator on real sockets: what one calls, the other serves.
@Suite struct NativeSupplierTests {
    @Test func `an order goes south, is acknowledged and committed, and the updates come north`() async throws {
        try await SupplyBench.run(.live) { bench async throws in
            let native = try await NativeBench(bench)
            let slots = try await native.supplier.slots(native.slotsQuestion)
            let slot = try #require(slots.first)
            let held = try await native.supplier.reserve(native.reserveQuestion(slot))
            #expect(held.slot == slot)
            let visit = BookedVisit(reservation: ID(1), supplierReference: held.reference, slot: slot)
            try await native.place(visit)

            await native.deliver()
            #expect(try await bench.census(.serviceOrder) == ["ACKNOWLEDGED": 1])
            await bench.advance(by: 60)
            await native.deliver()

            #expect(try await bench.census(.serviceOrder) == ["IN_PROGRESS": 1])
            let order = try #require(try await bench.exchange.read { try $0.find(ID<ServiceOrder>(1)) })
            #expect(order.committedDate == slot.day)
            #expect(order.supplierOrderNumber == "SO0000001")
            await native.shutdown()
        }
    }

    @Test func `a cease goes south and comes back done on its day`() async throws {
        try await SupplyBench.run(.live) { bench async throws in
            let native = try await NativeBench(bench)
            let day = try #require(CivilDate("2026-03-04"))
            try await native.place(
                .cease(
                    CeaseRequest(supplier: "DUMMY_SUPPLIER", serviceID: "S1000001", requestedCompletionDate: day)
                )
            )
            await native.deliver()
            await bench.advance(by: 60)
            await native.deliver()
            #expect(try await native.order()?.status == .inProgress)
            #expect(try await native.order()?.committedDate == day)
            await bench.advance(by: 47 * 3_600)
            await bench.advance(by: 6 * 60)
            await native.deliver()
            #expect(try await native.order()?.status == .completed)
            #expect(try await native.order()?.log.entries.last?.kci.notes == [])
            await native.shutdown()
        }
    }

    @Test func `a modification goes south and comes back done`() async throws {
        try await SupplyBench.run(.live) { bench async throws in
            let native = try await NativeBench(bench)
            let profile = [Characteristic(name: "LINE_PROFILE", value: "550/75")]
            try await native.place(
                .modify(
                    ModifyRequest(supplier: "DUMMY_SUPPLIER", serviceID: "S1000001", characteristics: profile)
                )
            )
            await native.deliver()
            await bench.advance(by: 60)
            await bench.advance(by: 6 * 60)
            await native.deliver()
            #expect(try await native.order()?.status == .completed)
            await native.shutdown()
        }
    }

    @Test func `a cease of a service that isn't there is rejected with the supplier's reasons`() async throws {
        try await SupplyBench.run(.live) { bench async throws in
            let native = try await NativeBench(bench)
            let day = try #require(CivilDate("2026-03-04"))
            try await native.place(
                .cease(CeaseRequest(supplier: "DUMMY_SUPPLIER", serviceID: "S9", requestedCompletionDate: day))
            )
            await native.deliver()
            #expect(try await native.order()?.status == .rejected)
            await native.shutdown()
        }
    }

    @Test func `a circuit goes south and comes back done on its day`() async throws {
        try await SupplyBench.run(.live) { bench async throws in
            let native = try await NativeBench(bench)
            let contact = Contact(name: "Asha Example", phoneNumber: "+44 20 7946 0000")
            let sites = [EthernetRequest.Role.aEnd, .bEnd].map { role in
                EthernetRequest.Site(
                    name: "Mill House",
                    address: nil,
                    postcode: "QQ1 2AB",
                    role: role,
                    primaryContact: contact
                )
            }
            let item = EthernetRequest.Item(
                specification: ServiceSpecification(id: "eth1g"),
                characteristics: [],
                contract: .init(length: 36, unit: "MONTH", billingFrequency: "MONTHLY", priceAlteration: nil),
                requestedCompletionDate: CivilDate("2026-03-04"),
                technicalContact: nil
            )
            try await native.place(
                .ethernet(
                    EthernetRequest(supplier: "DUMMY_SUPPLIER", supplierQuoteID: "QUO-1", sites: sites, items: [item])
                )
            )
            await native.deliver()
            await bench.advance(by: 60)
            await native.deliver()
            #expect(try await native.order()?.committedDate == CivilDate("2026-03-04"))
            await bench.advance(by: 48 * 3_600)
            await bench.advance(by: 6 * 60)
            await native.deliver()
            #expect(try await native.order()?.status == .completed)
            await native.shutdown()
        }
    }

    @Test func `an amendment goes south, waits there, and comes back taken`() async throws {
        try await SupplyBench.run(.live) { bench async throws in
            let native = try await NativeBench(bench)
            let profile = [Characteristic(name: "LINE_PROFILE", value: "550/75")]
            let day = try #require(CivilDate("2026-03-10"))
            try await native.place(
                .modify(
                    ModifyRequest(
                        supplier: "DUMMY_SUPPLIER",
                        serviceID: "S1000001",
                        characteristics: profile,
                        requestedCompletionDate: day
                    )
                )
            )
            await native.deliver()
            await bench.advance(by: 60)
            await native.deliver()

            try await native.amend(OrderChanges(requestedCompletionDate: day.adding(days: 1)))
            await native.deliver()
            #expect(try await native.order()?.status == .pendingAmendment)
            #expect(try await bench.census(.changeRequest) == ["PENDING": 1])
            await bench.advance(by: 300)
            await native.deliver()

            let order = try #require(try await native.order())
            #expect(order.status == .inProgress)
            #expect(order.request.requestedCompletionDate == day.adding(days: 1))
            #expect(order.committedDate == day, "written once")
            #expect(order.targetDate == day.adding(days: 1))
            #expect(try await bench.census(.changeRequest) == ["COMPLETED": 1])
            await native.shutdown()
        }
    }

    @Test func `an order that waits for a visit goes on when it is amended`() async throws {
        try await SupplyBench.run(.live) { bench async throws in
            let native = try await NativeBench(bench)
            try await native.place(
                .provide(
                    .init(
                        type: .new,
                        supplier: "DUMMY_SUPPLIER",
                        address: PremisesAddress(identifier: .init(id: "10090000001", type: "UPRN")),
                        specification: ServiceSpecification(id: "ftthl2r"),
                        characteristics: [],
                        primaryContact: Contact(name: "Asha Example", phoneNumber: "+44 20 7946 0000")
                    )
                )
            )
            await native.deliver()
            await bench.advance(by: 60)
            await native.deliver()
            #expect(try await native.order()?.status == .pending)

            let slot = try #require(try await native.supplier.slots(native.slotsQuestion).first)
            let held = try await native.supplier.reserve(native.reserveQuestion(slot))
            let visit = BookedVisit(reservation: nil, supplierReference: held.reference, slot: slot)
            try await native.amend(OrderChanges(), visit: visit)
            await native.deliver()
            await bench.advance(by: 300)
            await native.deliver()

            let order = try #require(try await native.order())
            #expect(order.status == .inProgress)
            #expect(order.committedDate == slot.day)
            #expect(order.log.entries.suffix(3).map(\.kci.headline) == ["UPDATE", "AMENDED", "COMMITTED"])
            await native.shutdown()
        }
    }

    @Test func `a cancellation goes south, waits there, and comes back done`() async throws {
        try await SupplyBench.run(.live) { bench async throws in
            let native = try await NativeBench(bench)
            let day = try #require(CivilDate("2026-03-04"))
            try await native.place(
                .cease(CeaseRequest(supplier: "DUMMY_SUPPLIER", serviceID: "S1000001", requestedCompletionDate: day))
            )
            await native.deliver()
            try await native.cancel()
            await native.deliver()
            #expect(try await native.order()?.status == .pendingCancellation)
            await bench.advance(by: 300)
            await native.deliver()

            #expect(try await native.order()?.status == .cancelled)
            #expect(try await bench.census(.supplyOrder) == ["cancelled": 1])
            #expect(try await bench.census(.changeRequest) == ["COMPLETED": 1])
            await native.shutdown()
        }
    }

    @Test func `past the point of no return the order is what it was, and ends as it must`() async throws {
        try await SupplyBench.run(.live) { bench async throws in
            let native = try await NativeBench(bench)
            let day = try #require(CivilDate("2026-03-02"))
            try await native.place(
                .cease(CeaseRequest(supplier: "DUMMY_SUPPLIER", serviceID: "S1000001", requestedCompletionDate: day))
            )
            await native.deliver()
            await bench.advance(by: 60)
            await native.deliver()
            try await native.cancel()
            await native.deliver()
            await bench.advance(by: 300)
            await native.deliver()
            #expect(try await native.order()?.status == .inProgress)
            #expect(try await bench.census(.changeRequest) == ["REJECTED": 1])
            await bench.advance(by: 60)
            await native.deliver()

            let order = try #require(try await native.order())
            #expect(order.status == .completed)
            #expect(order.log.entries.suffix(3).map(\.kci.headline) == ["UPDATE", "RESUBMIT", "COMPLETED"])
            await native.shutdown()
        }
    }

    @Test func `an amendment that the supplier refuses leaves the order as it was`() async throws {
        try await SupplyBench.run(.live) { bench async throws in
            let native = try await NativeBench(bench)
            let day = try #require(CivilDate("2026-03-04"))
            try await native.place(
                .cease(CeaseRequest(supplier: "DUMMY_SUPPLIER", serviceID: "S1000001", requestedCompletionDate: day))
            )
            await native.deliver()
            let slot = TimeSlot(start: SupplyBench.start, end: SupplyBench.start + 3_600)
            let visit = BookedVisit(reservation: nil, supplierReference: "NO-SUCH-KEY", slot: try #require(slot))
            try await native.amend(OrderChanges(), visit: visit)
            await native.deliver()

            #expect(try await native.order()?.status == .acknowledged)
            #expect(try await native.order()?.log.entries.last?.kci.headline == "RESUBMIT")
            #expect(try await bench.census(.changeRequest) == ["REJECTED": 1])
            await native.shutdown()
        }
    }

    @Test func `an order whose job nobody takes is held, and the tenant's side hears of the delay`() async throws {
        try await SupplyBench.run(.live) { bench async throws in
            let native = try await NativeBench(bench, partner: nil)
            let slots = try await native.supplier.slots(native.slotsQuestion)
            let slot = try #require(slots.first)
            let held = try await native.supplier.reserve(native.reserveQuestion(slot))
            try await native.place(BookedVisit(reservation: ID(1), supplierReference: held.reference, slot: slot))
            await native.deliver()
            await bench.advance(by: 60)
            await native.deliver()
            #expect(try await bench.census(.supplyOrder) == ["held": 1])
            #expect(try await bench.census(.serviceOrder) == ["HELD": 1])
            await native.shutdown()
        }
    }

    @Test func `a test goes south and its result comes north`() async throws {
        try await SupplyBench.run(.live) { bench async throws in
            let native = try await NativeBench(bench)
            try await native.requestTest(of: "S1000001")
            await native.deliver()
            await bench.fireTimers()
            await native.deliver()
            #expect(try await bench.census(.serviceTest) == ["COMPLETED": 1])
            await native.shutdown()
        }
    }

    @Test func `a refusal is the answer, with the supplier's reasons`() async throws {
        try await SupplyBench.run(.live) { bench async throws in
            let native = try await NativeBench(bench)
            try await native.requestTest(of: "S9")
            await native.deliver()
            #expect(try await bench.census(.serviceTest) == ["REJECTED": 1])
            await native.shutdown()
        }
    }

    @Test func `an address without service is answered with the reason`() async throws {
        try await SupplyBench.run(.live) { bench async throws in
            let native = try await NativeBench(bench)
            let nowhere = PremisesAddress(identifier: .init(id: "99", type: "UPRN"))
            let answer = try await native.supplier.availability(
                AvailabilityQuestion(asker: native.asker, address: nowhere)
            )
            #expect(answer.offers.isEmpty)
            #expect(answer.reasons.map(\.code) == ["ADDRESS_UNKNOWN"])
            await native.shutdown()
        }
    }

    @Test func `a slot that is gone is refused with a reason`() async throws {
        try await SupplyBench.run(.live, engineers: 0) { bench async throws in
            let native = try await NativeBench(bench)
            let slot = try #require(
                TimeSlot(start: SupplyBench.start + 3 * 86_400, end: SupplyBench.start + 4 * 86_400)
            )
            await #expect(throws: Unanswered.self) { try await native.supplier.reserve(native.reserveQuestion(slot)) }
            await native.shutdown()
        }
    }

    @Test func `a question that is asked again holds the slot it held the first time`() async throws {
        try await SupplyBench.run(.live) { bench async throws in
            let native = try await NativeBench(bench)
            let slot = try #require(try await native.supplier.slots(native.slotsQuestion).first)
            let held = try await native.supplier.reserve(native.reserveQuestion(slot))

            try await native.askAgain(native.reserveQuestion(slot))
            await native.deliver()

            #expect(try await bench.census(.appointment) == ["reserved": 1])
            let reservation = try #require(try await bench.exchange.read { try $0.find(ID<Reservation>(1)) })
            #expect(reservation.state == .held(supplierReference: held.reference, until: held.expires))
            await native.shutdown()
        }
    }

    @Test func `after a minute nobody asks again`() async throws {
        try await SupplyBench.run(.live) { bench async throws in
            let native = try await NativeBench(bench)
            let slot = try #require(try await native.supplier.slots(native.slotsQuestion).first)
            try await native.askAgain(native.reserveQuestion(slot))
            await bench.advance(by: 60)

            await native.deliver()

            #expect(try await bench.census(.appointment).isEmpty)
            #expect(try await bench.census(.reservation) == ["unknown": 1])
            await native.shutdown()
        }
    }
}

extension KCI {
    var notes: [String] {
        switch content {
        case .information(_, let details), .action(_, let details): details.notes
        case .error(_, let messages, _): messages
        }
    }
}

extension Outcome {
    var word: String {
        switch self {
        case .delivered: "delivered"
        case .retry, .unreachable, .postponed: "retry"
        case .refused: "refused"
        }
    }
}
