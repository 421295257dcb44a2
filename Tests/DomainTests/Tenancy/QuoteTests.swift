import Foundation
import Testing

@testable import Domain

@Suite struct QuoteTests {
    private let order = EntityRef(kind: .serviceOrder, number: 5)

    @Test func `each supplier is asked once, for its own items`() throws {
        let (quote, effects) = try Quote.sample(["A", "B", "A"])

        #expect(effects.sent == [.quoteRequested(of: "A"), .quoteRequested(of: "B")])
        #expect(quote.items(of: "A").map(\.number) == [0, 2])
        #expect(quote.status == .receivedByGateway)
    }

    @Test func `one that fails does not hide the other's price`() throws {
        var (quote, _) = try Quote.sample(["A", "B"])
        _ = try quote.hear(.sendingFailed(supplier: "A", reason: "no answer"), at: .placed)
        #expect(quote.status == .pending)

        _ = try quote.hear(.supplierAnswered(supplier: "B", answers: [.offered(item: 1, offer: .sample)]), at: .placed)

        #expect(quote.status == .approved)
        #expect(quote.items.map(\.status) == [.failed, .approved])
        #expect(quote.validUntil == QuoteOffer.sample.validUntil)
    }

    @Test func `what is offered is taken up once, in its time`() throws {
        var (quote, _) = try Quote.offered()

        _ = try quote.accept("Q-1", of: "A", by: order, at: QuoteOffer.sample.validUntil - 1)

        #expect(quote.status == .accepted)
        #expect(throws: Quote.unusable) { try quote.accept("Q-1", of: "A", by: order, at: .placed) }
    }

    @Test func `at the very moment of its expiry it is too late`() throws {
        var (quote, _) = try Quote.offered()
        #expect(throws: Quote.unusable) {
            try quote.accept("Q-1", of: "A", by: order, at: QuoteOffer.sample.validUntil)
        }
    }

    @Test(arguments: [("Q-2", "A"), ("Q-1", "B")] as [(String, SupplierID)])
    func `another's offer is none`(id: String, supplier: SupplierID) throws {
        var (quote, _) = try Quote.offered()
        #expect(throws: Quote.unusable) { try quote.accept(id, of: supplier, by: order, at: .placed) }
    }

    @Test func `it wakes when the next offer runs out, and expires only that`() throws {
        var (quote, _) = try Quote.sample(["A", "B"])
        let later = QuoteOffer(supplierQuoteID: "Q-9", prices: [], validUntil: QuoteOffer.sample.validUntil + 60)
        _ = try quote.hear(.supplierAnswered(supplier: "A", answers: [.offered(item: 0, offer: .sample)]), at: .placed)

        let effects = try quote.hear(
            .supplierAnswered(supplier: "B", answers: [.offered(item: 1, offer: later)]),
            at: .placed
        )
        #expect(effects.contains(.arm(quote.timer(.expires), at: QuoteOffer.sample.validUntil)))
        #expect(effects.contains(.disarm(quote.timer(.unanswered))))

        let next = try quote.wake(.expires, at: QuoteOffer.sample.validUntil)
        #expect(quote.items.map(\.status) == [.expired, .approved])
        #expect(quote.status == .approved)
        #expect(next.contains(.arm(quote.timer(.expires), at: later.validUntil)))
    }

    @Test func `an item that the answer leaves out is still to come, until nobody waits any more`() throws {
        var (quote, _) = try Quote.sample(["A"])
        _ = try quote.hear(.supplierAnswered(supplier: "A", answers: []), at: .placed)
        #expect(quote.status == .pending)

        _ = try quote.wake(.unanswered, at: .placed + Quote.answerWithin)

        #expect(quote.status == .failed)
    }

    @Test func `it names every rule that it breaks`() {
        let request = QuoteRequest(
            externalIdentifier: "E",
            items: [.sample(1, of: "A"), .sample(1, of: "A", roles: [.aEnd, .aEnd])]
        )
        #expect(request.problems.map(\.pointer) == ["/quoteItems/1/id", "/quoteItems/1/sites"])
    }

    @Test(
        arguments: [
            ([.aEnd, .bEnd], true), ([.aEnd, .bEnd, .bEnd], true), ([.multiPoint, .multiPoint], true),
            ([.bEnd, .bEnd], false), ([.aEnd, .aEnd, .bEnd], false), ([.multiPoint, .aEnd], false),
            ([.aEnd, .bEnd, .multiPoint], false),
        ] as [([QuoteSite.Role], Bool)]
    )
    func `ends that make a connection`(roles: [QuoteSite.Role], isOne: Bool) {
        #expect(QuoteItem.sample(1, of: "A", roles: roles).hasItsEnds == isOne)
    }
}

extension QuoteOffer {
    static let sample = QuoteOffer(
        supplierQuoteID: "Q-1",
        prices: [QuotePrice(every: .month, amount: Money(pence: 35_000))],
        leadTimeDays: 30,
        validUntil: .placed + 86_400
    )
}

extension QuoteItem {
    static func sample(_ number: Int, of supplier: SupplierID, roles: [QuoteSite.Role] = [.aEnd, .bEnd]) -> QuoteItem {
        QuoteItem(
            number: number,
            supplier: supplier,
            sites: roles.map { QuoteSite(name: "Site", address: "1 Loom Street", postcode: "QQ1 1AA", role: $0) },
            contract: QuoteContract(length: 36, unit: .month, billing: .monthly),
            services: [QuotedService(specification: ServiceSpecification(id: "ethernet"), characteristics: [])]
        )
    }
}

extension Quote {
    static func sample(_ suppliers: [SupplierID]) throws -> (Quote, [Effect]) {
        let items = suppliers.enumerated().map { QuoteItem.sample($0.offset, of: $0.element) }
        let request = QuoteRequest(externalIdentifier: "E-1", items: items)
        return try ask(ID(6), request, for: "TENANT1", in: "c-1", at: .placed)
    }

    /// One item, offered as Q-1.
    static func offered() throws -> (Quote, [Effect]) {
        var (quote, _) = try sample(["A"])
        let answers = [QuoteAnswer.offered(item: 0, offer: .sample)]
        let effects = try quote.hear(.supplierAnswered(supplier: "A", answers: answers), at: .placed)
        return (quote, effects)
    }

    static func sample(_ state: ItemState) throws -> Quote {
        var (quote, _) = try sample(["A"])
        quote.items[0].state = state
        return quote
    }
}
