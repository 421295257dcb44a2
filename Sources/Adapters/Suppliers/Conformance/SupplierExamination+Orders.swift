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
        let isTaken = judge(.order, first, takes: .order, number: number)
        guard isTaken else {
            leave([.orderAgain, .orderOtherBody, .orderSameNumber], because: "no order was taken")
            return nil
        }
        let again = await line.ask(question(.post, Self.path, body, once: once))
        judgeAgain(.orderAgain, again, like: first, in: ["supplierOrderReference", "status"])
        let other = samples.order(newNumber(), key: nil, on: day, notes: "Another order.")
        judgeRefusal(.orderOtherBody, await line.ask(question(.post, Self.path, other, once: once)), is: [422])
        let twin = await line.ask(question(.post, Self.path, body))
        judge(.orderSameNumber, twin, is: [200, 201, 202, 409, 422]) { answer in
            let reference = answer["supplierOrderReference"]?.name
            guard let reference, reference != first["supplierOrderReference"]?.name else { return nil }
            return "a second order: \(reference)"
        }
        return Ordered(number: number, isAcknowledged: first.status == 201)
    }
}
