import Domain
import Engine
import FoundationEssentials

/// Brings a message to the scripted supplier, which is to say nowhere: the answer is a reply like any other, and is
/// committed together with what it sets going.
struct DummyCourier: Courier {
    /// A quote stands so long.
    private static let quoteStands: TimeInterval = 30 * 86_400

    func carry(_ parcel: Parcel) async -> Delivered {
        do {
            return Delivered(try answer(parcel))
        } catch {
            return Delivered(.refused(reason: "the scripted supplier cannot read it: \(error)"))
        }
    }

    private func answer(_ parcel: Parcel) throws -> Outcome {
        let number = parcel.entity.number
        switch parcel.message {
        case .orderPlaced, .ethernetOrderPlaced:
            let cue: OrderScriptCue = try DummySpelling.read(parcel)
            guard cue.script.answers(attempt: parcel.attempt) else { return Self.noAnswer }
            let placed = ScriptedOrder.Input.placed(cue: cue, conversation: parcel.conversation)
            return .delivered(reply: .scriptedOrder(id: ID(number), input: placed))
        case .amendmentRequested(let order), .cancellationRequested(let order):
            let change: DummySpelling.Change = try DummySpelling.read(parcel)
            let input = ScriptedOrder.Input.requested(id: ID(number), request: change.request)
            return .delivered(reply: .scriptedOrder(id: ID(order.number), input: input))
        case .testRequested:
            let test: DummySpelling.Test = try DummySpelling.read(parcel)
            guard test.script.answers(attempt: parcel.attempt) else { return Self.noAnswer }
            return .delivered(
                reply: .serviceTest(id: ID(number), input: test.script.answer(about: ID(number), at: parcel.now))
            )
        case .quoteRequested(let supplier):
            let quoted: DummySpelling.Quoted = try DummySpelling.read(parcel)
            let answers = quoted.items.map { Self.price(of: $0, in: number, at: parcel.now) }
            let input = Quote.Input.supplierAnswered(supplier: supplier, answers: answers)
            return .delivered(reply: .quote(id: ID(number), input: input))
        case .appointmentRequested:
            let held: DummySpelling.Slot = try DummySpelling.read(parcel)
            let key = DummyDesk.key(of: ID(number))
            let input = Reservation.Input.supplierReserved(reference: key, until: held.until, slot: held.slot)
            return .delivered(reply: .reservation(id: ID(number), input: input))
        case .reservationReleased: return .delivered()
        case .problemRaised, .resolutionAnswered, .problemAmended, .problemCancelled:
            return .refused(reason: "the scripted supplier takes no problems")
        case .kci, .supplyUpdate, .faultNotification, .deskNews, .jobCreated, .jobCancelled, .provisioningResult,
            .jobReport, .filesReported, .telling:
            return .refused(reason: "no supplier has a \(parcel.message.operation)")
        }
    }

    private static let noAnswer = Outcome.retry(reason: "the scripted supplier does not answer")

    /// By the item's number alone: 10.00 at once and a pound a month for each.
    private static func price(of item: Int, in quote: Int64, at now: Date) -> QuoteAnswer {
        .offered(
            item: item,
            offer: QuoteOffer(
                supplierQuoteID: "SCRQ\(quote)-\(item)",
                prices: [
                    QuotePrice(every: nil, amount: Money(pence: 1_000)),
                    QuotePrice(every: .month, amount: Money(pence: Int64(item % 10_000) * 100)),
                ],
                leadTimeDays: 1,
                validUntil: now + quoteStands
            )
        )
    }
}
