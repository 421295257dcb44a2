import Domain
import Engine
import Foundation
import Formats
import Storage
import Testing

@testable import Adapters

@Suite struct NetworkDeskTests {
    @Test func `tickets are listed by state and shown one by one`() async throws {
        try await withTicketing { bench in
            let ticket = try await bench.accepted()
            let list = try await bench.get("/operator/v1/fault-reports?state=accepted")
            let none = try await bench.get("/operator/v1/fault-reports?state=closed")
            let one = try await bench.get("/operator/v1/fault-reports/\(ticket.reference)")
            #expect(list.text.contains(ticket.reference))
            #expect(none.text == #"{"faultReports":[]}"#)
            #expect(one.status == 200)
            #expect(one.text.contains(#""status":"accepted""#))
        }
    }

    @Test func `what the ticket's state does not allow is refused with the reason`() async throws {
        try await withTicketing { bench in
            let ticket = try await bench.accepted()
            let reply = try await bench.desk(ticket, "resume")
            #expect(reply.status == 409)
            #expect(reply.text.contains("not on hold"))
            #expect(try await bench.tickets().first?.status == .accepted)
        }
    }

    @Test func `an unknown ticket is absent, an unknown event is told which there are, a bad body is pointed at`()
        async throws
    {
        try await withTicketing { bench in
            let ticket = try await bench.accepted()
            let absent = try await bench.post("/operator/v1/fault-reports/CS7654321/start", "")
            let noReference = try await bench.post("/operator/v1/fault-reports/whatever/start", "")
            let noEvent = try await bench.desk(ticket, "celebrate")
            let badCode = try await bench.desk(ticket, "appointment-completed", #"{"closureCode":"XX"}"#)
            let badJSON = try await bench.desk(ticket, "hold", "{")
            #expect(absent.status == 404)
            #expect(noReference.status == 404)
            #expect(noEvent.status == 404)
            #expect(noEvent.text.contains("appointment-missed"))
            #expect(badCode.status == 400)
            #expect(badJSON.status == 400)
        }
    }

    @Test func `the desk is told of what waits for it, with the appointment`() async throws {
        try await withTicketing { bench in
            let ticket = try await bench.accepted(key: try await bench.key())
            let row = try #require(
                try await bench.rows(about: ticket.id.number).first { $0.content.recipient == .desk }
            )
            let body = String(decoding: row.content.body, as: UTF8.self)
            #expect(body.contains(#""event":"accepted""#))
            #expect(body.contains(ticket.reference))
            #expect(body.contains(#""appointment":{"appointmentReservationKey""#))
        }
    }
}
