import Domain
import Engine
import Foundation
import Formats
import Storage
import Testing

@testable import Adapters

@Suite struct NotificationInboxTests {
    @Test func `a notification moves its problem on, in the commit before it is acknowledged`() async throws {
        try await withTicketing { bench in
            let problem = try await bench.raised()
            let reply = try await bench.notify(status: "accepted", id: "n-1", maintainer: "CS0000007")
            #expect(reply.status == 200)
            #expect(
                reply.text == """
                    <?xml version="1.0" encoding="UTF-8"?>
                    <receivedNotifyFaultReportUpdate><apiVersion>1.0</apiVersion>\
                    <buyerIdentifier>HARBOUR1</buyerIdentifier><sentAt>2027-01-15T08:00:00Z</sentAt>\
                    <messageId>n-1</messageId><responseCode>200</responseCode></receivedNotifyFaultReportUpdate>
                    """
            )
            #expect(try reply.element.validate(bench.schemas.compat).isEmpty)
            let after = try await bench.problem(problem)
            #expect(after.maintainerFaultReference == "CS0000007")
            #expect(after.stateName == "ACKNOWLEDGED")
        }
    }

    @Test func `the same notification again is acknowledged alike and changes nothing`() async throws {
        try await withTicketing { bench in
            let problem = try await bench.raised()
            _ = try await bench.notify(status: "accepted", id: "n-1", maintainer: "CS0000007")
            let before = try await bench.problem(problem)
            let reply = try await bench.notify(status: "accepted", id: "n-1", maintainer: "CS0000007")
            #expect(reply.status == 200)
            #expect(try reply.value("responseCode") == "200")
            #expect(try await bench.problem(problem).log == before.log)
        }
    }

    @Test func `an alias of the path and an envelope are taken`() async throws {
        try await withTicketing { bench in
            _ = try await bench.raised()
            let body = Samples.enveloped(Samples.notification(status: "accepted", id: "n-1", maintainer: "CS0000007"))
            let reply = try await bench.post("/buyer/notifications/notifyAmended", body)
            #expect(reply.status == 200)
            #expect(reply.isEnveloped)
        }
    }

    @Test func `a notification with its root in the WSDL's namespace is taken, and acknowledged in kind`() async throws
    {
        try await withTicketing { bench in
            _ = try await bench.raised()
            let sample = Samples.notification(status: "accepted", id: "n-1", maintainer: "CS0000007")
            let reply = try await bench.post(
                "/buyer/notifications",
                Samples.enveloped(Samples.inWSDLNamespace(sample))
            )
            #expect(reply.status == 200, "\(reply.text)")
            #expect(try reply.element.namespace == TicketingWSDL.namespace)
            #expect(try reply.value("responseCode") == "200")
            #expect(try SOAPReply(Array(reply.text.utf8)).responseCode == 200)
        }
    }

    @Test func `the published samples' oddities are read, and noted`() async throws {
        try await withTicketing { bench in
            _ = try await bench.raised()
            let appointments = """
                <appointments><appointment><appointmentReservationKey>K</appointmentReservationKey>\
                <appointmentConfirmationStatus>Confirmed or Failed</appointmentConfirmationStatus></appointment></appointments>
                """
            let update =
                "<updates><update><description>Held</description><updatedBy>Seller</updatedBy></update></updates>"
            let reply = try await bench.notify(
                status: "accepted",
                id: "n-1",
                maintainer: "(Not in report; only after creation)",
                extra: update + appointments
            )
            let log = try await bench.exchange.read { try $0.messages(after: 0, limit: 10) }
            #expect(reply.status == 200, "\(reply.text)")
            #expect(log.last?.warnings.count == 3)
        }
    }

    @Test func `an unknown fault and a message that is no notification are refused with a code`() async throws {
        try await withTicketing { bench in
            let unknown = try await bench.notify(status: "accepted", id: "n-1", maintainer: "CS0000007")
            let other = try await bench.post("/buyer/notifications", Samples.add())
            let broken = try await bench.post("/buyer/notifications", "<notifyFaultReportUpdate>")
            #expect(unknown.status == 400)
            #expect(try unknown.value("errorMessage") == #"{"buyerFaultReference":"no such fault report"}"#)
            #expect(other.status == 400)
            #expect(broken.status == 500)
            #expect(try broken.element.name == "receivedNotifyFaultReportUpdate")
        }
    }

    @Test func `what the problem's state does not allow is acknowledged as refused`() async throws {
        try await withTicketing { bench in
            _ = try await bench.raised()
            _ = try await bench.notify(status: "accepted", id: "n-1", maintainer: "CS0000007")
            let reply = try await bench.notify(status: "rejected", id: "n-2", maintainer: "")
            #expect(reply.status == 200)
            #expect(try reply.value("responseCode") == "400")
        }
    }

    @Test(arguments: [
        ("<appointmentCancelled>true</appointmentCancelled>", TicketNews.Event.appointmentCancelled),
        ("<appointmentClosureCode>HAZ</appointmentClosureCode>", .appointmentCompleted(closureCode: "HAZ")),
        ("<appointmentConfirmationStatus>Confirmed</appointmentConfirmationStatus>", .appointmentConfirmed),
        ("<appointmentConfirmationStatus>Failed</appointmentConfirmationStatus>", .appointmentFailed),
        ("", .status),
    ])
    func `the latest appointment tells which notification it is`(content: String, event: TicketNews.Event) throws {
        let appointment =
            "<appointment><appointmentReservationKey>K</appointmentReservationKey>\(content)</appointment>"
        let body = Samples.notification(
            status: "in-progress",
            id: "n",
            maintainer: "CS0000007",
            extra: "<appointments>\(appointment)</appointments>"
        )
        let root = try XMLDocument(parsing: body).root
        let details = try #require(root.first("faultDetails"))
        #expect(ReceivedNotification.classify(TicketFields(root), details) == event)
    }
}

extension TicketingBench {
    /// A tenant's problem that went to the supplier.
    func raised() async throws -> ID<ServiceProblem> {
        let (problem, effects) = try Samples.problem(at: clock.now)
        try await exchange.change(Cause("test", by: "test")) { change in _ = try change.found(problem, effects) }
        return problem.id
    }

    func problem(_ id: ID<ServiceProblem>) async throws -> ServiceProblem {
        try #require(try await exchange.read { try $0.find(id) })
    }

    func notify(status: String, id: String, maintainer: String, extra: String = "") async throws -> Reply {
        try await post(
            "/buyer/notifications",
            Samples.notification(status: status, id: id, maintainer: maintainer, extra: extra)
        )
    }
}

extension Samples {
    static func problem(
        at now: Date,
        type: ProblemType = .performance,
        visit: BookedVisit? = nil,
        triage: TestResult? = nil
    ) throws -> (ServiceProblem, [Effect]) {
        let report = ProblemReport(
            supplier: "DUMMY_SUPPLIER",
            externalIdentifier: "HT-1",
            problemType: type,
            problemText: "Slower every evening",
            serviceID: "S1000042",
            specification: ServiceSpecification(id: "ftthl2r"),
            characteristics: [
                Characteristic(name: "SERVICE_HAS_WORKED", value: "true"),
                Characteristic(name: "SERVICE_LAST_WORKED", value: "2027-01-14T20:00:00Z"),
            ],
            primaryContact: Contact(name: "Ada Example", phoneNumber: "+441632960002"),
            reservation: visit.map { _ in ID(5) },
            site: SiteNotes(hazards: "Dog", onSiteRestrictions: "Mornings only", notes: "Third report")
        )
        return try ServiceProblem.raise(
            ID(9),
            report,
            ServiceProblem.Circumstances(
                buyerIdentifier: "HARBOUR1",
                isReferenceFree: true,
                visit: visit,
                triage: triage
            ),
            for: "TENANT1",
            in: "conversation-1",
            at: now
        )
    }

    /// As a stranger's operator sends it: without triage (X-01).
    static func notification(status: String, id: String, maintainer: String, extra: String = "") -> String {
        """
        <notifyFaultReportUpdate>
            <apiVersion>1.0</apiVersion><buyerIdentifier>HARBOUR1</buyerIdentifier>
            <sentAt>2027-01-15T07:59:59Z</sentAt><messageId>\(id)</messageId>
            <serviceAffected>S1000042</serviceAffected><buyerFaultReference>HT-1</buyerFaultReference>
            <maintainerFaultReference>\(maintainer)</maintainerFaultReference>
            <faultDetails>
                <type>Performance Issue</type><status>\(status)</status>
                <faultStartTime>2027-01-14T20:00:00Z</faultStartTime><faultLocation>Service S1000042</faultLocation>
                <siteAccessDetails>Mornings only</siteAccessDetails><siteAccessContactDetails/>
            </faultDetails>
            \(extra)
        </notifyFaultReportUpdate>
        """
    }
}
