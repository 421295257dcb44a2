import Domain
import Engine
import Formats
import FoundationEssentials
import HTTPTypes

extension SupplierExamination {
    /// The order that was taken, by our number.
    struct Ordered {
        let number: Int64
        let isAcknowledged: Bool
    }

    private static let path = "/service-orders"
    private static let untaken = "no order was taken"

    /// `POST /service-orders`.
    mutating func examineOrders(visit: Booked?) async -> Ordered? {
        let day = LondonTime.day(at: line.time.now()).adding(days: 30)
        judgeRefusal(.orderMalformed, await line.ask(question(.post, Self.path, Self.nothing)), is: [400])
        let unsold = samples.order(
            newNumber(),
            product: SupplierSamples.unknownProduct,
            key: nil,
            on: day,
            notes: "Nothing of the kind."
        )
        judgeRefusal(.orderUnknownProduct, await line.ask(question(.post, Self.path, unsold)), is: [422])
        let unbooked = samples.order(newNumber(), key: "no-such-key", on: day, notes: "Nobody booked it.")
        judgeRefusal(.orderUnknownReservation, await line.ask(question(.post, Self.path, unbooked)), is: [422])

        let number = newNumber()
        let once = line.newID()
        let body = samples.order(number, key: visit?.key, on: day, notes: "An examination.")
        let first = await line.ask(question(.post, Self.path, body, once: once))
        let isTaken = judge(.order, first, is: [201, 202]) { answer in
            guard answer.status == 201 else { return nil }
            guard answer["supplierOrderReference"]?.string?.isEmpty == false else {
                return "201, but no supplierOrderReference"
            }
            let status = answer["status"]?.string ?? "absent"
            return ServiceOrder.AcknowledgedAs(rawValue: status) == nil ? "201, but the status is \(status)" : nil
        }
        guard isTaken else {
            leave([.orderAgain, .orderOtherBody, .orderSameNumber], because: Self.untaken)
            return nil
        }
        let again = await line.ask(question(.post, Self.path, body, once: once))
        judgeAgain(.orderAgain, again, like: first, in: ["supplierOrderReference", "status"])
        let other = samples.order(newNumber(), key: nil, on: day, notes: "Another order.")
        judgeRefusal(.orderOtherBody, await line.ask(question(.post, Self.path, other, once: once)), is: [422])
        let twin = await line.ask(question(.post, Self.path, body))
        judge(.orderSameNumber, twin, is: [200, 201, 202, 409, 422]) { answer in
            let reference = answer["supplierOrderReference"]?.string
            guard let reference, reference != first["supplierOrderReference"]?.string else { return nil }
            return "a second order: \(reference)"
        }
        return Ordered(number: number, isAcknowledged: first.status == 201)
    }

    /// `POST /service-order-amendments`, `POST /service-order-cancellations`.
    mutating func examineChanges(of order: Ordered?) async {
        let amendment = Change(
            path: "/service-order-amendments",
            body: samples.amendment,
            rules: (.amendmentUnknownOrder, .amendmentForeignOrder, .amendment, .amendmentDecided),
            decisions: [.amended, .amendmentRejected],
            isAbout: { $0.amendment == $1 }
        )
        let cancellation = Change(
            path: "/service-order-cancellations",
            body: samples.cancellation,
            rules: (.cancellationUnknownOrder, .cancellationForeignOrder, .cancellation, .cancellationDecided),
            decisions: [.cancelled, .cancellationRejected],
            isAbout: { $0.cancellation == $1 }
        )
        await examine(amendment, of: order)
        await examine(cancellation, of: order)
    }

    /// A kind of request about an order.
    private struct Change {
        let path: String
        let body: (_ number: Int64, _ order: Int64, _ tenant: String) -> [UInt8]
        let rules: (unknown: SupplierRule, foreign: SupplierRule, taken: SupplierRule, decided: SupplierRule)
        let decisions: Set<SupplyUpdate.Reason>
        let isAbout: (HeardUpdate, Int64) -> Bool
    }

    private mutating func examine(_ change: Change, of order: Ordered?) async {
        let rules = change.rules
        let absent = change.body(newNumber(), newNumber(), samples.tenant)
        let unknown = await line.ask(question(.post, change.path, absent))
        judgeRefusal(rules.unknown, unknown, is: [404, 422])
        guard let order else {
            leave([rules.foreign, rules.taken, rules.decided], because: Self.untaken)
            return
        }
        let stolen = change.body(newNumber(), order.number, samples.otherTenant)
        let foreign = await line.ask(question(.post, change.path, stolen, as: samples.otherTenant))
        judge(rules.foreign, foreign, is: unknown.status.map { [$0] } ?? []) { answer in
            answer.reasons == unknown.reasons ? nil : "it says other words than of no order: \(answer.seen)"
        }
        let number = newNumber()
        let answer = await line.ask(question(.post, change.path, change.body(number, order.number, samples.tenant)))
        guard judge(rules.taken, answer, is: [201, 202]) else {
            leave([rules.decided], because: "it was not taken")
            return
        }
        guard answer.status == 202 else {
            find(rules.decided, .conforms, "by its answer")
            return
        }
        let isDecided = await comesTrue { updates in
            updates.contains { update in
                update.isTaken && change.isAbout(update, number) && update.reason.map(change.decisions.contains) == true
            }
        }
        find(rules.decided, isDecided, isDecided ? "by an update" : "no update has its number")
    }
}
