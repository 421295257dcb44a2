import Domain
import Engine
import Foundation
import Formats
import Testing

@testable import Adapters

/// What a buyer's profile changes.
@Suite struct BuyerProfileTests {
    static func strict() -> BuyerTerms {
        var terms = TicketingBench.terms
        terms.isStrict = true
        terms.appointmentStyle = .single
        return terms
    }

    @Test func `a buyer who checks with the published schema is told the latest appointment alone`() async throws {
        try await withTicketing { bench in
            try await bench.exchange.register(.buyer(id: TicketingBench.buyer, terms: Self.strict()))
            let ticket = try await bench.accepted(key: try await bench.key())
            _ = try await bench.desk(ticket, "appointment-confirmed")

            let told = try #require(try await bench.notifications(about: ticket.id.number).last)
            #expect(told.first("appointments") == nil)
            #expect(told.first("appointment")?.text(of: "appointmentConfirmationStatus") == "Confirmed")
            #expect(told.validate(bench.schemas.faultReport).isEmpty)
        }
    }

    @Test func `a strict buyer's oddities are refused, all at once`() async throws {
        try await withTicketing(terms: Self.strict()) { bench in
            let body = Samples.add(
                type: "Flickering",
                sentAt: "<sentAt>2027-01-15T08:00:00.123+00:00</sentAt>"
            )
            let reply = try await bench.call("addFaultReport", body)

            #expect(reply.status == 400)
            let message = try #require(try reply.value("errorMessage"))
            #expect(message.contains("sentAt") && message.contains("type"))
            #expect(try await bench.tickets().isEmpty)
        }
    }
}
