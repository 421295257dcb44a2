import Domain
import Engine
import Foundation
import Formats
import Testing

@testable import Adapters

/// Which buyer, which message and which value a ticket message means (issue 15, §3.1 and §3.2).
@Suite struct TicketIdentityTests {
    private static func terms(_ identifiers: BuyerIdentifier...) -> BuyerTerms {
        var terms = TicketingBench.terms
        terms.buyerIdentifiers = identifiers
        return terms
    }

    @Test(arguments: [("CAF\u{C9}", "CAFE\u{301}"), ("BACK", "BAC\u{212A}")])
    func `an identifier in its other canonical form is another buyer's`(own: String, other: String) async throws {
        try await withTicketing(terms: Self.terms(BuyerIdentifier(own))) { bench in
            let taken = try await bench.call("addFaultReport", Samples.add(buyer: own))
            let refused = try await bench.call("addFaultReport", Samples.add(messageID: "m-9", buyer: other))

            #expect(taken.status == 201)
            #expect(refused.status == 403)
            #expect(try await bench.tickets().count == 1)
        }
    }

    @Test func `an identifier and a message's id are joined without ambiguity`() async throws {
        try await withTicketing(terms: Self.terms("A", "A/B")) { bench in
            let first = try await bench.call("addFaultReport", Samples.add(messageID: "B/C", buyer: "A"))
            let second = try await bench.call("addFaultReport", Samples.add(messageID: "C", buyer: "A/B"))

            #expect(first.status == 201)
            #expect(second.status == 201)
            #expect(try await bench.tickets().count == 2)
        }
    }

    @Test func `an identifier and a fault's reference are joined without ambiguity`() async throws {
        try await withTicketing(terms: Self.terms("A", "A/B")) { bench in
            let first = try await bench.call(
                "addFaultReport",
                Samples.add(reference: "B/C", messageID: "m-1", buyer: "A")
            )
            let second = try await bench.call(
                "addFaultReport",
                Samples.add(reference: "C", messageID: "m-2", buyer: "A/B")
            )

            #expect(first.status == 201)
            #expect(second.status == 201)
        }
    }

    @Test func `the space that XML collapses makes no other message`() async throws {
        try await withTicketing { bench in
            let first = try await bench.call("addFaultReport", Samples.add(type: "Impaired Service"))
            let again = try await bench.call("addFaultReport", Samples.add(type: "\n Impaired \t Service "))

            #expect(first.status == 201)
            #expect(again.text == first.text)
            #expect(try await bench.tickets().count == 1)
        }
    }

    @Test func `a collapsed type is the type of the table`() async throws {
        try await withTicketing { bench in
            let reply = try await bench.call("addFaultReport", Samples.add(type: "Service  Outage"))

            #expect(reply.status == 403)
            #expect(try reply.value("errorMessage")?.contains("appointmentReservationKey") == true)
        }
    }

    @Test func `a collapsed reference is the reference, and people's lines stay theirs`() async throws {
        try await withTicketing { bench in
            let body = Samples.add(reference: "HT \n 1").replacing("Ring twice", with: "Ring twice,\n  then knock")
            #expect(try await bench.call("addFaultReport", body).status == 201)

            let ticket = try #require(try await bench.tickets().first)
            #expect(ticket.buyerReference == "HT 1")
            #expect(ticket.details.siteAccess == "Ring twice,\n  then knock")
        }
    }

    @Test(arguments: [
        "<sentAt>2027-01-14T24:00:00Z</sentAt>",
        "<sentAt>2027-01-15T08:00:00.12345678901234567890Z</sentAt>",
        "<sentAt> 2027-01-15T08:00:00\n</sentAt>",
        "<sentAt>\n2027-01-15T08:00:00Z\t</sentAt>",
    ])
    func `a moment of XML Schema's is read`(sentAt: String) async throws {
        try await withTicketing { bench in
            let reply = try await bench.call("addFaultReport", Samples.add(sentAt: sentAt))

            #expect(reply.status == 201, "\(reply.text)")
        }
    }
}
