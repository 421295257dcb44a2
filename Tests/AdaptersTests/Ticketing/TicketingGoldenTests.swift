import Domain
import Engine
import Foundation
import Formats
import Testing

@testable import Adapters

@Suite struct TicketingGoldenTests {
    @Test(arguments: GoldenMessage.requests.map(\.name))
    func `a request is spelt to the byte`(name: String) throws {
        let seen = try #require(GoldenRequest.text(of: name))
        #expect(try GoldenFile(name: name).expected(seen: seen) == GoldenFile.withoutChance(seen))
    }

    @Test func `an answer is spelt to the byte`() async throws {
        try await withTicketing { bench in
            let seen = try await bench.goldenAnswers()
            #expect(Set(seen.keys) == Set(GoldenMessage.answers.map(\.name)))
            for (name, text) in seen {
                #expect(try GoldenFile(name: name).expected(seen: text) == GoldenFile.withoutChance(text))
            }
        }
    }

    @Test func `a notification and its acknowledgement are spelt to the byte`() async throws {
        let seen = try await GoldenNotifications.all()
        #expect(Set(seen.keys) == Set(GoldenMessage.notifications.map(\.name)))
        for (name, text) in seen {
            #expect(try GoldenFile(name: name).expected(seen: text) == GoldenFile.withoutChance(text))
        }
    }

    @Test(arguments: GoldenMessage.all)
    func `each schema's verdict is the expected one`(message: GoldenMessage) throws {
        let schemas = try TicketingSchemas()
        let element = try SOAPEnvelope.open(XMLDocument(parsing: GoldenFile(name: message.name).bytes)).body
        let verdicts: [(GoldenMessage.Schema, XMLSchema)] = [
            (.published, schemas.faultReport), (.compat, schemas.compat), (.appointments, schemas.appointments),
        ]
        #expect(Set(verdicts.filter { element.validate($0.1).isEmpty }.map(\.0)) == message.takenBy)
    }

    @Test func `every file has a message`() throws {
        #expect(try GoldenFile.names == GoldenMessage.all.map { "\($0.name).xml" }.sorted())
    }

    @Test func `a report is read, and written again as it was`() throws {
        let file = GoldenFile(name: "addFaultReport")
        let fields = TicketFields(try XMLDocument(parsing: file.bytes).root)
        let report = try AddFaultReport(fields, at: TicketingBench.start)
        #expect(String(decoding: XMLWriter.document { report.write(to: &$0) }, as: UTF8.self) == file.text)
    }

    @Test(arguments: ["amendFaultReport", "amendFaultReport-cancelled", "amendFaultReport-appointment"])
    func `an amendment is read, and written again as it was`(name: String) throws {
        let file = GoldenFile(name: name)
        let fields = TicketFields(try XMLDocument(parsing: file.bytes).root)
        let amendment = try AmendFaultReport(fields, at: TicketingBench.start)
        #expect(String(decoding: XMLWriter.document { amendment.write(to: &$0) }, as: UTF8.self) == file.text)
    }

    @Test(arguments: [
        ("notify-accepted", TicketNews.Event.status), ("notify-rejected", .status), ("notify-cancelled", .status),
        ("notify-open", .status), ("notify-in-progress", .status), ("notify-on-hold", .status),
        ("notify-resolved", .status), ("notify-re-opened", .status), ("notify-closed", .status),
        ("notify-amended", .amended), ("notify-appointment-confirmed", .appointmentConfirmed),
        ("notify-appointment-failed", .appointmentFailed), ("notify-appointment-cancelled", .appointmentCancelled),
        ("notify-appointment-completed", .appointmentCompleted(closureCode: "FNR")),
        ("notify-appointment-missed", .appointmentMissed(byEndUser: false)),
    ])
    func `a notification is understood as what it is, without a warning`(name: String, event: TicketNews.Event) throws {
        let fields = TicketFields(try XMLDocument(parsing: GoldenFile(name: name).bytes).root)
        let read = try ReceivedNotification(fields, at: TicketingBench.start)
        #expect(read.news.event == event)
        #expect(read.warnings == [])
    }

    @Test(arguments: [
        ("receivedFaultReport", 201), ("receivedFaultReport-rejected", 400), ("receivedAmendFaultReport", 200),
        ("receivedResolvedResponse", 200), ("receivedResolvedResponse-rejected", 400),
        ("receivedRequestFaultReportUpdate", 200), ("receivedNotifyFaultReportUpdate", 200),
        ("receivedNotifyFaultReportUpdate-refused", 400),
    ])
    func `an answer is read by its code`(name: String, code: Int) throws {
        #expect(try SOAPReply(GoldenFile(name: name).bytes).responseCode == code)
    }

    @Test func `an appointment's answers are read`() throws {
        let offered = try QueryVisits.slots(in: GoldenFile(name: "queryAppointmentAvailabilityResponse").bytes)
        let none = try QueryVisits.slots(in: GoldenFile(name: "queryAppointmentAvailabilityResponse-empty").bytes)
        let reserved = try ReserveVisit.reserved(in: GoldenFile(name: "reserveAppointmentResponse").bytes)
        #expect(offered.map(\.startTime) == ["08:00", "13:00"])
        #expect(none.isEmpty)
        #expect(reserved.slot == CorpusMessage.slot)
        for name in ["reserveAppointmentResponse-rejected", "validationError"] {
            #expect(throws: AppointmentAnswerFault.self) { try ReserveVisit.reserved(in: GoldenFile(name: name).bytes) }
        }
    }
}

extension TicketingBench {
    /// What the operator answers, each once.
    fileprivate func goldenAnswers() async throws -> [String: String] {
        var seen: [String: String] = [:]
        let query = "queryAppointmentAvailability"
        seen["queryAppointmentAvailabilityResponse"] = try await call(query, Samples.query(from: "2027-03-16")).text
        seen["queryAppointmentAvailabilityResponse-empty"] =
            try await call(query, Samples.query(from: "2027-04-01")).text
        seen["queryAppointmentAvailabilityResponse-rejected"] = try await call(query, Samples.query(addressKey: "1"))
            .text
        seen["validationError"] = try await call(query, Samples.query().leavingOut("productName")).text
        let reserve = Samples.reserve(CorpusMessage.slot)
        seen["reserveAppointmentResponse"] = try await call("reserveAppointment", reserve).text
        seen["reserveAppointmentResponse-rejected"] =
            try await call("reserveAppointment", Samples.reserve(CorpusMessage.slot, messageID: "r-2")).text
        seen["receivedFaultReport"] = try await call("addFaultReport", Samples.add()).text
        seen["receivedFaultReport-rejected"] =
            try await call("addFaultReport", Samples.add(reference: "HT-2", messageID: "m-9", service: "S9999999")).text
        await settle()
        seen["receivedAmendFaultReport"] = try await call("amendFaultReport", Samples.amend(Samples.comment)).text
        seen["receivedRequestFaultReportUpdate"] =
            try await call("requestFaultReportUpdate", Samples.update(CorpusMessage.maintainerReference)).text
        let accepted = "<resolveAccepted>true</resolveAccepted>"
        seen["receivedResolvedResponse-rejected"] = try await call("resolveResponse", Samples.answer(accepted)).text
        let ticket = try #require(try await tickets().first)
        for event in ["triage", "start", "resolve"] { _ = try await desk(ticket, event) }
        seen["receivedResolvedResponse"] =
            try await call("resolveResponse", Samples.answer(accepted, messageID: "m-5")).text
        return seen
    }
}
