import Domain
import Foundation
import Testing

/// Every input in every state, compared with `docs/state-machines/appointment.md`, and the stories of §3.6.
@Suite struct AppointmentTests {
    typealias Deed = @Sendable (inout Appointment) throws -> [Effect]

    static let start = SupplyFixture.start
    static let order = EntityRef(kind: .supplyOrder, number: 12)
    static let ticket = EntityRef(kind: .faultReport, number: 3)

    static let states = [
        "reserved", "confirmed", "in-attendance", "completed", "cancelled", "missed", "released", "expired", "failed",
    ]

    static func appointment(_ state: String = "reserved", replaces: ID<Appointment>? = nil) throws -> Appointment {
        let slot = try #require(TimeSlot(start: start + 3 * 86_400, end: start + 3 * 86_400 + 18_000))
        var appointment = Appointment(
            id: ID(7),
            owner: .customer("GATEWAY"),
            conversation: "conversation-1",
            key: "KEYKEYKEYKEYKEYKEYKEYKEYKEYKEYKE",
            purpose: .provide,
            product: "ftthl2r",
            uprn: 10_090_000_001,
            slot: slot,
            replaces: replaces,
            at: start
        )
        switch state {
        case "released": _ = try appointment.release(at: start)
        case "expired": _ = try appointment.wake(.expires, at: start + 12 * 3_600)
        case "failed": _ = try appointment.fail(because: "r", at: start)
        case "cancelled": _ = try appointment.cancel(at: start)
        case "reserved": break
        default:
            _ = try appointment.confirm(by: order, at: start)
            if state == "in-attendance" { _ = try appointment.attend(at: start) }
            if state == "completed" { _ = try appointment.close(code: "SP", at: start) }
            if state == "missed" { _ = try appointment.close(code: "FTA", at: start) }
        }
        return appointment
    }

    static let deeds: [(name: String, deed: Deed)] = [
        ("confirm, by the order that has it or will", { try $0.confirm(by: order, at: start) }),
        ("confirm, by a ticket", { try $0.confirm(by: ticket, at: start) }),
        ("release", { try $0.hear(.released, at: start) }),
        ("12 hours are over", { try $0.wake(.expires, at: start + 12 * 3_600) }),
        ("attended", { try $0.hear(.attended(at: start), at: start) }),
        ("closed, SP", { try $0.hear(.closed(code: "SP", at: start), at: start) }),
        ("closed, NA", { try $0.hear(.closed(code: "NA", at: start), at: start) }),
        ("cancelled", { try $0.hear(.cancelled, at: start) }),
        ("superseded", { try $0.hear(.superseded(by: ID(8)), at: start) }),
        ("cannot be honoured", { try $0.hear(.failed(reason: "r"), at: start) }),
    ]

    @Test func `the document tells of every input in every state what the appointment does`() throws {
        let document = try String(contentsOf: StateMachineDocument.url("appointment"), encoding: .utf8)
        let rows = try Self.deeds.map { try Self.row($0.name, $0.deed) }
        let table = StateMachineDocument.table(Self.states, rows)
        #expect(document.contains(table), "docs/state-machines/appointment.md should have:\n\(table)")
    }

    private static func row(_ name: String, _ deed: Deed) throws -> String {
        let cells = try states.map { state in
            var appointment = try Self.appointment(state)
            let before = appointment
            do {
                let effects = try deed(&appointment)
                if appointment == before, effects.isEmpty { return "–" }
                return appointment.stateName + (effects.tellings.isEmpty ? "" : ", slot free")
            } catch let refusal as Rejection {
                #expect(appointment == before, "\(name) in \(state): refused, so unchanged")
                #expect(!refusal.message.isEmpty)
                return "refused"
            }
        }
        return "| \(name) | " + cells.joined(separator: " | ") + " |"
    }

    @Test func `a reservation holds for twelve hours and not a second longer`() throws {
        var inTime = try Self.appointment()
        var late = inTime
        _ = try inTime.confirm(by: Self.order, at: Self.start + 12 * 3_600 - 1)
        #expect(inTime.stateName == "confirmed")
        let refusal = #expect(throws: Rejection.self) { try late.confirm(by: Self.order, at: Self.start + 12 * 3_600) }
        #expect(refusal?.code == .reservationUnusable)
    }

    @Test func `used, expired and given back are refused in the same words`() throws {
        let words = try ["confirmed", "expired", "released", "cancelled", "completed"].map { state in
            var appointment = try Self.appointment(state)
            return try #require(throws: Rejection.self) { try appointment.confirm(by: Self.ticket, at: Self.start) }
                .message
        }
        #expect(Set(words).count == 1)
    }

    @Test func `confirming a reappointment gives the earlier one up`() throws {
        var appointment = try Self.appointment(replaces: ID(3))
        let effects = try appointment.confirm(by: Self.order, at: Self.start)
        #expect(effects.tellings == [.appointment(id: ID(3), input: .superseded(by: ID(7)))])
    }

    @Test func `a slot that has begun is not given back`() throws {
        var appointment = try Self.appointment("confirmed")
        let effects = try appointment.cancel(at: appointment.slot.start)
        #expect(effects.tellings.isEmpty)
    }

    @Test(arguments: [("NA", Appointment.MissedBy.endUser), ("FTA", .seller), ("MBORC", .beyondControl)])
    func `who missed a visit is told by its code`(code: String, by: Appointment.MissedBy) throws {
        var appointment = try Self.appointment("confirmed")
        _ = try appointment.close(code: code, at: Self.start)
        #expect(appointment.state == .missed(by: by, code: code, at: Self.start))
    }
}
