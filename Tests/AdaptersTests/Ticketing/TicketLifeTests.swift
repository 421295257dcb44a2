import Domain
import Engine
import Foundation
import Formats
import Storage
import Testing

@testable import Adapters

@Suite struct TicketLifeTests {
    @Test func `a fault from report to closure, each change told once and in order`() async throws {
        try await withTicketing { bench in
            let ticket = try await bench.accepted(key: try await bench.key())
            for (event, body) in [
                ("triage", #"{"findings":"Loss of light at the splitter"}"#), ("start", ""),
                ("appointment-confirmed", ""),
                ("appointment-completed", #"{"closureCode":"FR"}"#), ("resolve", #"{"reason":"Splitter replaced"}"#),
            ] {
                let reply = try await bench.desk(ticket, event, body)
                #expect(reply.status == 200, "\(event): \(reply.text)")
            }
            let reply = try await bench.call(
                "resolveResponse",
                Samples.answer("<resolveAccepted>true</resolveAccepted>")
            )
            #expect(reply.status == 200)
            #expect(try reply.element.validate(bench.schemas.faultReport).isEmpty)

            let told = try await bench.notifications(about: ticket.id.number)
            let events = try told.map { element in
                let fields = TicketFields(element)
                return ReceivedNotification.classify(fields, try #require(element.first("faultDetails")))
            }
            #expect(
                try await bench.statuses(about: ticket.id.number) == [
                    "accepted", "open", "in-progress", "in-progress", "in-progress", "resolved", "closed",
                ]
            )
            #expect(
                events == [
                    .status, .status, .status, .appointmentConfirmed, .appointmentCompleted(closureCode: "FR"), .status,
                    .status,
                ]
            )
            for element in told { #expect(element.validate(bench.schemas.compat).isEmpty) }
        }
    }

    @Test func `nobody answers for 48 hours, and the ticket closes by itself`() async throws {
        try await withTicketing { bench in
            let ticket = try await bench.accepted()
            for event in ["triage", "start", "resolve"] { _ = try await bench.desk(ticket, event) }
            await bench.advance(48 * 3_600 - 1)
            #expect(try await bench.tickets().first?.status == .resolved)

            await bench.advance(1)

            #expect(try await bench.tickets().first?.status == .closed)
            #expect(try await bench.statuses(about: ticket.id.number).last == "closed")
        }
    }

    @Test func `a rejected resolution re-opens, needs a reason, and only counts while resolved`() async throws {
        try await withTicketing { bench in
            let ticket = try await bench.accepted()
            let early = try await bench.call(
                "resolveResponse",
                Samples.answer("<resolveAccepted>true</resolveAccepted>")
            )
            for event in ["triage", "start", "resolve"] { _ = try await bench.desk(ticket, event) }
            let silent = try await bench.call("resolveResponse", Samples.answer("", messageID: "m-5"))
            let mute = try await bench.call(
                "resolveResponse",
                Samples.answer("<resolveAccepted>false</resolveAccepted>", messageID: "m-6")
            )
            let reply = try await bench.call(
                "resolveResponse",
                Samples.answer(
                    "<resolveAccepted>false</resolveAccepted><rejectedReason>Dark</rejectedReason>",
                    messageID: "m-7"
                )
            )

            #expect(early.status == 400)
            #expect(try early.value("errorMessage") == #"{"status":"not resolved"}"#)
            #expect(try silent.value("errorMessage") == #"{"resolveAccepted":"required"}"#)
            #expect(try mute.value("errorMessage")?.contains("rejectedReason") == true)
            #expect(reply.status == 200)
            #expect(try await bench.tickets().first?.status == .reopened)
        }
    }

    @Test func `an amendment is confirmed, notified with its comment, and ends a hold`() async throws {
        try await withTicketing { bench in
            let ticket = try await bench.accepted()
            for event in ["triage", "start", "hold"] { _ = try await bench.desk(ticket, event) }

            let reply = try await bench.call(
                "amendFaultReport",
                Samples.amend(maintainer: ticket.reference, Samples.comment)
            )

            #expect(reply.status == 200)
            #expect(try reply.element.name == "receivedAmendFaultReport")
            #expect(try reply.value("status") == "in-progress")
            let told = try await bench.notifications(about: ticket.id.number).suffix(2)
            #expect(told.first?.first("comment")?.text(of: "value") == "The code is 1234")
            #expect(told.first?.first("faultDetails")?.text(of: "status") == "on-hold")
            #expect(told.last?.first("comment") == nil)
            #expect(told.last?.first("faultDetails")?.text(of: "status") == "in-progress")
        }
    }

    @Test func `a buyer cancels by an amendment`() async throws {
        try await withTicketing { bench in
            let ticket = try await bench.accepted()
            let reply = try await bench.call(
                "amendFaultReport",
                Samples.amend("<faultDetails><status>cancelled</status></faultDetails>")
            )
            let after = try await bench.call("amendFaultReport", Samples.amend(messageID: "m-8", Samples.comment))
            #expect(try reply.value("status") == "cancelled")
            #expect(try await bench.statuses(about: ticket.id.number) == ["accepted", "cancelled"])
            #expect(after.status == 400)
        }
    }

    @Test func `an update on request tells the whole ticket once more`() async throws {
        try await withTicketing { bench in
            let ticket = try await bench.accepted()
            let reply = try await bench.call("requestFaultReportUpdate", Samples.update(ticket.reference))
            let wrong = try await bench.call("requestFaultReportUpdate", Samples.update("CS7777777", messageID: "m-9"))
            #expect(reply.status == 200)
            #expect(try reply.element.name == "receivedRequestFaultReportUpdate")
            #expect(try await bench.statuses(about: ticket.id.number) == ["accepted", "accepted"])
            #expect(wrong.status == 400)
        }
    }

    @Test(arguments: ["amendFaultReport", "resolveResponse", "requestFaultReportUpdate"])
    func `another buyer's ticket is as absent as one that never was`(operation: String) async throws {
        try await withTicketing { bench in
            let ticket = try await bench.accepted()
            let bodies = [
                "amendFaultReport": Samples.amend(Samples.comment),
                "resolveResponse": Samples.answer("<resolveAccepted>true</resolveAccepted>"),
                "requestFaultReportUpdate": Samples.update(ticket.reference),
            ]
            let body = try #require(bodies[operation]).replacing("HARBOUR1", with: "MOOR1")
            let absent = body.replacingOccurrences(of: "HT-1", with: "HT-404").replacingOccurrences(
                of: "<messageId>m-",
                with: "<messageId>n-"
            )

            let foreign = try await bench.call(operation, body, as: "rival")
            let none = try await bench.call(operation, absent, as: "rival")

            #expect(foreign.status == 400)
            #expect(try foreign.value("errorMessage") == none.value("errorMessage"))
            #expect(try await bench.tickets().first?.status == .accepted)
        }
    }

    @Test func `an accepted notification is spelt to the byte`() async throws {
        try await withTicketing { bench in
            let ticket = try await bench.accepted()
            let row = try #require(try await bench.rows(about: ticket.id.number).first)
            let expected = """
                <?xml version="1.0" encoding="UTF-8"?>
                <notifyFaultReportUpdate><apiVersion>1.0</apiVersion><buyerIdentifier>HARBOUR1</buyerIdentifier>\
                <sentAt>2027-01-15T08:00:00Z</sentAt><messageId>\(row.content.messageID)</messageId>\
                <reportDateTime>2027-01-15T07:59:30.250Z</reportDateTime>\
                <reporterContactDetails><name>Night desk</name><phone>+441632960001</phone></reporterContactDetails>\
                <endUserContactDetails/><serviceAffected>S1000042</serviceAffected>\
                <buyerFaultReference>HT-1</buyerFaultReference>\
                <maintainerFaultReference>\(ticket.reference)</maintainerFaultReference><parentFaultReference/>\
                <faultDetails><description>No light &amp; no sync</description><type>Impaired Service</type>\
                <status>accepted</status><faultStartTime>2027-01-15T06:00:00Z</faultStartTime>\
                <faultLocation>1 Quay Walk</faultLocation><siteAccessDetails>Ring twice</siteAccessDetails>\
                <siteAccessContactDetails/><triageComplete>false</triageComplete>\
                <triageFindings>Not yet triaged</triageFindings></faultDetails></notifyFaultReportUpdate>
                """
            #expect(String(decoding: row.content.body, as: UTF8.self) == expected)
            #expect(
                try await bench.notifications(about: ticket.id.number)[0].validate(bench.schemas.faultReport).isEmpty
            )
        }
    }

    @Test func `a missed visit names its cause and the ticket waits`() async throws {
        try await withTicketing { bench in
            let ticket = try await bench.accepted(key: try await bench.key())
            for event in ["triage", "start", "appointment-confirmed"] { _ = try await bench.desk(ticket, event) }

            let reply = try await bench.desk(ticket, "appointment-missed", #"{"closureCode":"NA"}"#)

            let told = try await bench.notifications(about: ticket.id.number).suffix(2)
            let missed = told.first?.first("faultDetails")?.first("missedAppointment")
            #expect(reply.status == 200)
            #expect(missed?.text(of: "endUserMissedAppointment") == "Y")
            #expect(missed?.text(of: "sellerMissedAppointment") == "N")
            #expect(told.last?.first("faultDetails")?.text(of: "status") == "on-hold")
            for element in told { #expect(element.validate(bench.schemas.compat).isEmpty) }
        }
    }
}
