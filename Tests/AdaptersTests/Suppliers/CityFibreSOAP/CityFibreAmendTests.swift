import Domain
import Engine
import Foundation
import Formats
import Testing

@testable import Adapters

/// A tenant's amendments and cancellations on the wire to a supplier of the Ticketing contract (G-118, X-23).
@Suite struct CityFibreAmendTests {
    private let now = TicketingBench.start
    private var context: SpellingContext {
        SpellingContext(messageID: "01948f6c-0000-7000-8000-000000000002", now: now)
    }

    @Test func `an amendment becomes one of its ticket to the byte, and a valid one`() throws {
        var (problem, _) = try Samples.problem(at: now)
        let amendment = ProblemAmendment(
            problemText: "Dark since this morning",
            isEscalation: true,
            primaryContact: ContactChange(phoneNumber: "+441632960009"),
            characteristics: [Characteristic(name: "CARE_LEVEL", value: "3")],
            site: SiteNotes(onSiteRestrictions: "Use the yard")
        )
        _ = try problem.amend(ID(9), amendment, at: now)

        let spelling = try #require(CityFibreSOAP.spelling(of: .problemAmended(change: ID(9)), from: problem, context))

        #expect(
            String(decoding: spelling.body, as: UTF8.self) == """
                <?xml version="1.0" encoding="UTF-8"?>
                <amendFaultReport><apiVersion>1.0</apiVersion><buyerIdentifier>HARBOUR1</buyerIdentifier>\
                <sentAt>2027-01-15T08:00:00Z</sentAt><messageId>01948f6c-0000-7000-8000-000000000002</messageId>\
                <reporterContactDetails><name>Ada Example</name><phone>+441632960009</phone></reporterContactDetails>\
                <buyerFaultReference>HT-1</buyerFaultReference><faultDetails><description>Dark since this morning
                Third report
                Hazards: Dog</description><siteAccessDetails>Use the yard</siteAccessDetails>\
                <siteAccessContactDetails><name>Ada Example</name><phone>+441632960009</phone>\
                </siteAccessContactDetails></faultDetails><comment><value>Please escalate.
                Dark since this morning
                CARE_LEVEL: 3</value><commentedBy>buyer</commentedBy>\
                <commentedTime>2027-01-15T08:00:00Z</commentedTime></comment><priorityLevel>3</priorityLevel>\
                </amendFaultReport>
                """
        )
        let root = try XMLDocument(parsing: spelling.body).root
        #expect(root.validate(try TicketingSchemas().faultReport).isEmpty)
    }

    @Test func `the operator takes an amendment, and gives the ticket up when asked`() async throws {
        try await withTicketing { bench in
            var (problem, _) = try Samples.problem(at: now)
            let first = SpellingContext(messageID: "01948f6c-0000-7000-8000-000000000001", now: now)
            let add = try #require(CityFibreSOAP.spelling(of: .problemRaised, from: problem, first))
            _ = try await bench.call("addFaultReport", String(decoding: add.body, as: UTF8.self))
            await bench.settle()
            _ = try problem.amend(ID(9), ProblemAmendment(problemText: "Dark since this morning"), at: now)
            let amend = try #require(CityFibreSOAP.spelling(of: .problemAmended(change: ID(9)), from: problem, context))

            let amended = try await bench.call("amendFaultReport", String(decoding: amend.body, as: UTF8.self))

            #expect(amended.status == 200, "\(amended.text)")
            let ticket = try #require(try await bench.tickets().first)
            #expect(ticket.details.description?.hasPrefix("Dark since this morning") == true)

            _ = try problem.askToCancel(ID(10), ProblemCancellation(reason: .noLongerRequired, text: "Moved"), at: now)
            let later = SpellingContext(messageID: "01948f6c-0000-7000-8000-000000000003", now: now)
            let cancel = try #require(
                CityFibreSOAP.spelling(of: .problemCancelled(change: ID(10)), from: problem, later)
            )
            let cancelled = try await bench.call("amendFaultReport", String(decoding: cancel.body, as: UTF8.self))

            #expect(cancelled.status == 200, "\(cancelled.text)")
            #expect(try await bench.statuses(about: ticket.id.number).last == "cancelled")
            #expect(try await bench.tickets().first?.statusReason == "NO_LONGER_REQUIRED: Moved")
        }
    }

    @Test func `another visit goes with its key and hours`() throws {
        let slot = try #require(TimeSlot(start: now + 86_400, end: now + 104_400))
        let first = BookedVisit(reservation: ID(5), supplierReference: "KEY123", slot: slot)
        var (problem, _) = try Samples.problem(at: now, type: .outage, visit: first)
        let second = BookedVisit(reservation: ID(6), supplierReference: "KEY456", slot: slot)
        _ = try problem.amend(ID(9), ProblemAmendment(reservation: ID(6)), visit: second, at: now)

        let message = try #require(CityFibreSOAP.amendFaultReport(problem, ID(9), context))

        #expect(message.key == "KEY456")
        #expect(message.slot == slot)
        #expect(message.amendment.comment?.text == "Another appointment is given.")
    }

    @Test func `a request that is no longer open is not spelt`() throws {
        let (problem, _) = try Samples.problem(at: now)
        #expect(CityFibreSOAP.spelling(of: .problemAmended(change: ID(9)), from: problem, context) == nil)
    }
}
