import Foundation
import Testing

@testable import Domain

@Suite struct ReservationTests {
    private static let order = EntityRef(kind: .serviceOrder, number: 1)

    @Test func `a slot that is held expires by itself`() throws {
        var reservation = try Reservation.sample()

        let effects = try reservation.hear(
            .supplierReserved(reference: "KEY", until: .placed + 100, slot: nil),
            at: .placed
        )

        #expect(
            effects == [
                .disarm(reservation.timer(.unanswered)), .arm(reservation.timer(.expires), at: .placed + 100),
            ]
        )
        _ = try reservation.wake(.expires, at: .placed + 100)
        #expect(reservation.stateName == "expired")
    }

    @Test func `it is used once, by whoever comes first`() throws {
        var reservation = try Reservation.sample(.held(supplierReference: "KEY", until: .placed + 100))

        let (visit, effects) = try reservation.use(
            by: Self.order,
            of: "DUMMY_SUPPLIER",
            for: .provide,
            at: .placed + 99
        )

        #expect(visit.supplierReference == "KEY")
        #expect(effects == [.disarm(reservation.timer(.expires))])
        #expect(throws: Reservation.unusable) {
            try reservation.use(by: Self.order, of: "DUMMY_SUPPLIER", for: .provide, at: .placed + 99)
        }
    }

    @Test(arguments: [
        ("DUMMY_SUPPLIER", AppointmentPurpose.provide, 100.0), ("DUMMY_SUPPLIER", .repair, 0), ("OTHER", .provide, 0),
    ])
    func `too late, for another purpose or of another supplier, it is of no use`(
        supplier: String,
        purpose: AppointmentPurpose,
        later: Double
    ) throws {
        let before = try Reservation.sample(.held(supplierReference: "KEY", until: .placed + 100))
        var reservation = before

        #expect(throws: Reservation.unusable) {
            try reservation.use(by: Self.order, of: SupplierID(supplier), for: purpose, at: .placed + later)
        }
        #expect(reservation == before)
    }

    @Test func `without an answer the slot is given back`() throws {
        var reservation = try Reservation.sample()

        let effects = try reservation.wake(.unanswered, at: .placed + 60)

        #expect(effects.sent == [.reservationReleased])
        #expect(throws: Rejection.self) {
            try reservation.hear(.supplierReserved(reference: "KEY", until: .placed + 100, slot: nil), at: .placed + 61)
        }
    }

    @Test func `a tenant may give it back`() throws {
        var reservation = try Reservation.sample(.held(supplierReference: "KEY", until: .placed + 100))

        #expect(try reservation.release(at: .placed).sent == [.reservationReleased])
        #expect(reservation.stateName == "released")
    }
}
