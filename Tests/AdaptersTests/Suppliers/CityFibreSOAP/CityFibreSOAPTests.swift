import Domain
import Engine
import Foundation
import Formats
import Testing

@testable import Adapters

@Suite struct CityFibreSOAPTests {
    private let now = TicketingBench.start
    private var context: SpellingContext {
        SpellingContext(messageID: "01948f6c-0000-7000-8000-000000000001", now: now)
    }

    @Test func `a problem becomes a fault report to the byte, and a valid one`() throws {
        let (problem, effects) = try Samples.problem(at: now)
        #expect(effects == [.send(.problemRaised, to: .supplier(id: "DUMMY_SUPPLIER"))])

        let spelling = try #require(CityFibreSOAP.spelling(of: .problemRaised, from: problem, context))

        #expect(
            String(decoding: spelling.body, as: UTF8.self) == """
                <?xml version="1.0" encoding="UTF-8"?>
                <addFaultReport><apiVersion>1.0</apiVersion><buyerIdentifier>HARBOUR1</buyerIdentifier>\
                <sentAt>2027-01-15T08:00:00Z</sentAt><messageId>01948f6c-0000-7000-8000-000000000001</messageId>\
                <reportDateTime>2027-01-15T08:00:00Z</reportDateTime><reporterContactDetails>\
                <name>Ada Example</name><phone>+441632960002</phone></reporterContactDetails>\
                <serviceAffected>S1000042</serviceAffected><buyerFaultReference>HT-1</buyerFaultReference>\
                <faultDetails><description>Slower every evening
                Third report
                Hazards: Dog</description><type>Performance Issue</type>\
                <faultStartTime>2027-01-14T20:00:00Z</faultStartTime><faultLocation>Service S1000042</faultLocation>\
                <siteAccessDetails>Mornings only</siteAccessDetails><siteAccessContactDetails>\
                <name>Ada Example</name><phone>+441632960002</phone></siteAccessContactDetails>\
                <triageComplete>false</triageComplete><triageFindings>No test run</triageFindings></faultDetails>\
                </addFaultReport>
                """
        )
        let root = try XMLDocument(parsing: spelling.body).root
        #expect(root.validate(try TicketingSchemas().faultReport).isEmpty)
    }

    @Test func `an outage carries its reservation and the test's findings`() throws {
        let slot = try #require(TimeSlot(start: now + 86_400, end: now + 104_400))
        let (problem, _) = try Samples.problem(
            at: now,
            type: .outage,
            visit: BookedVisit(reservation: ID(5), supplierReference: "KEY123", slot: slot),
            triage: TestResult(
                outcome: .red,
                code: "ONT_DOWN",
                text: "The ONT is dark",
                raiseProblem: true,
                validUntil: nil
            )
        )
        let report = CityFibreSOAP.addFaultReport(problem, context)
        #expect(report.details.type.name == "Service Outage")
        #expect(report.appointment?.key == "KEY123")
        #expect(report.details.buyerTriage == Triage(isComplete: true, findings: "RED ONT_DOWN: The ONT is dark"))
    }

    @Test func `a long reason is cut in the answer`() throws {
        let (problem, _) = try Samples.problem(at: now)
        let reason = "The line was up for an hour and then went down again"
        let answer = CityFibreSOAP.resolveResponse(problem, accepted: false, reason: reason, context)
        #expect(answer.reason == "The line was up for an hour and then")
        #expect(CityFibreSOAP.resolveResponse(problem, accepted: true, reason: nil, context).reason == nil)
    }

    @Test func `what one role writes the other understands`() async throws {
        try await withTicketing { bench in
            let (problem, _) = try Samples.problem(at: now)
            let spelling = try #require(CityFibreSOAP.spelling(of: .problemRaised, from: problem, context))
            let reply = try await bench.call("addFaultReport", String(decoding: spelling.body, as: UTF8.self))
            #expect(reply.status == 201, "\(reply.text)")
        }
    }
}
