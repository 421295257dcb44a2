import Domain
import Foundation

/// An invented order, and the ways into each of its states.
enum SupplyFixture {
    static let start = Date(timeIntervalSince1970: 1_780_300_800)
    static let job = ID<InstallationJob>(1_201)

    static let visit = TimeSlot(start: start + 3 * 86_400, end: start + 3 * 86_400 + 5 * 3_600).map {
        SupplyRequest.AgreedVisit(appointment: ID(7), key: "KEYKEYKEYKEYKEYKEYKEYKEYKEYKEYKE", slot: $0)
    }

    static let otherVisit = TimeSlot(start: start + 5 * 86_400, end: start + 5 * 86_400 + 5 * 3_600).map {
        SupplyRequest.AgreedVisit(appointment: ID(8), key: "YEKYEKYEKYEKYEKYEKYEKYEKYEKYEKYE", slot: $0)
    }

    static func order(
        visit: SupplyRequest.AgreedVisit? = Self.visit,
        need: SupplyRequest.VisitNeed = .needed
    ) -> SupplyOrder {
        let request = SupplyRequest(
            customer: "GATEWAY",
            tenant: "TENANT1",
            customerReference: "12",
            conversation: "conversation-1",
            address: PremisesAddress(identifier: .init(id: "10090000001", type: "UPRN")),
            specification: ServiceSpecification(id: "ftthl2r"),
            contact: Contact(name: "Asha Example", phoneNumber: "+44 20 7946 0000"),
            visitNeed: need,
            visit: visit,
            partner: "PARTNER1",
            pace: .timetable
        )
        return SupplyOrder(id: ID(12), request: request, at: start)
    }

    static let stateNames = [
        "received", "acknowledged", "committed", "in-progress", "in-progress, under way", "held",
        "awaiting-information", "completed", "partial", "cancelled", "failed",
    ]

    static func order(_ state: String) throws -> SupplyOrder {
        var order = Self.order()
        if state == "received" { return order }
        _ = try order.acknowledge(at: start)
        if state == "acknowledged" { return order }
        if state == "cancelled" {
            _ = try order.cancel(at: start)
            return order
        }
        if state == "failed" {
            _ = try order.fail(because: "r", problem: .capacityIssue, at: start)
            return order
        }
        _ = try order.wake(.commit, at: start)
        if state == "committed" { return order }
        _ = try order.hear(.jobEvent(job: job, event: .assigned, at: start), at: start)
        if state == "in-progress" { return order }
        if state == "held" {
            _ = try order.hear(.jobEvent(job: job, event: .failedToSend, at: start), at: start)
            return order
        }
        _ = try order.hear(.jobEvent(job: job, event: .enRoute, at: start), at: start)
        if state == "in-progress, under way" { return order }
        let code = ["completed": "SP", "partial": "PSP"][state] ?? "NA"
        _ = try order.hear(.jobClosed(job: job, closure: closure(code), at: start), at: start)
        return order
    }

    static func closure(_ code: String, isProvisioned: Bool = true) -> JobClosure {
        JobClosure(code: ClosureCode(code), isProvisioned: isProvisioned)
    }
}

extension [Effect] {
    /// The updates among them, in order.
    var updates: [SupplyUpdate] {
        compactMap { effect -> SupplyUpdate? in
            guard case .send(.supplyUpdate(let update), _) = effect else { return nil }
            return update
        }
    }

    var tellings: [Telling] {
        compactMap { effect -> Telling? in
            guard case .tell(let telling) = effect else { return nil }
            return telling
        }
    }
}
