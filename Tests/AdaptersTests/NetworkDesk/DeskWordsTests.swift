import Domain
import Foundation
import Formats
import Testing

@testable import Adapters

@Suite struct DeskWordsTests {
    @Test(arguments: [
        (
            "hold",
            #"{"reasonCode":"TOOLONG","contactAttempts":[{"kind":"pigeon","outcome":"reached"},{"outcome":"x"}]}"#,
            ["/reasonCode", "/contactAttempts/0/kind", "/contactAttempts/1/kind", "/contactAttempts/1/outcome"]
        ),
        ("contact-attempts", "", ["/kind", "/outcome"]),
        ("contact-attempts", #"{"kind":"call","outcome":"no-answer","at":"yesterday","who":"me"}"#, ["/at", "/who"]),
        ("comment", #"{"reason":"r"}"#, ["/text", "/reason"]),
        ("priority", #"{"priorityLevel":"high"}"#, ["/priorityLevel"]),
        ("start", #"{"findings":"f","closureCode":"FR"}"#, ["/findings", "/closureCode"]),
        (
            "appointment-missed", #"{"closureCode":"XX","endUserPreAgreed":"yes"}"#,
            ["/closureCode", "/endUserPreAgreed"]
        ),
    ])
    func `everything that is wrong with a body is pointed at`(event: String, body: String, pointers: [String])
        async throws
    {
        try await withTicketing { bench in
            let ticket = try await bench.accepted()

            let reply = try await bench.desk(ticket, event, body)

            #expect(reply.status == 400, "\(reply.text)")
            let document = try JSONDocument(parsing: reply.text)
            let found = document.root["errors"]?.elements.compactMap { $0["pointer"]?.string } ?? []
            #expect(Set(found) == Set(pointers))
            #expect(found.count == pointers.count)
        }
    }

    @Test(arguments: [#"{"reasonCode":"STAFF"}"#, #"{"reasonCode":"NOPE"}"#])
    func `a hold for what the operator has in hand is refused, and says what may stop the clock`(body: String)
        async throws
    {
        try await withTicketing { bench in
            let ticket = try await bench.accepted()
            for event in ["triage", "start"] { _ = try await bench.desk(ticket, event) }

            let reply = try await bench.desk(ticket, "hold", body)

            #expect(reply.status == 422)
            #expect(reply.text.contains(#""pointer":"/reasonCode""#))
            #expect(reply.text.contains("MBORC, NOACC, CUST"))
            #expect(try await bench.tickets().first?.status == .inProgress)
        }
    }

    @Test func `a hold keeps its code and the attempts that led to it, and the buyer reads them`() async throws {
        try await withTicketing { bench in
            let ticket = try await bench.accepted()
            for event in ["triage", "start"] { _ = try await bench.desk(ticket, event) }
            let attempts = #"[{"kind":"message","outcome":"message-left","at":"2027-01-15T08:00:00Z"}]"#

            let held = try await bench.desk(ticket, "hold", #"{"reasonCode":"NOACC","contactAttempts":\#(attempts)}"#)
            let call = try await bench.desk(ticket, "contact-attempts", #"{"kind":"call","outcome":"no-answer"}"#)
            let future = #"{"kind":"call","outcome":"reached","at":"2027-01-16T08:00:00Z"}"#
            let early = try await bench.desk(ticket, "contact-attempts", future)

            #expect(held.status == 200, "\(held.text)")
            #expect(call.status == 200, "\(call.text)")
            #expect(early.status == 422, "\(early.text)")
            let pause = try #require(try await bench.tickets().first?.clock.openPause)
            #expect(pause.code == "NOACC")
            #expect(pause.contacts?.map(\.outcome) == [.left, .noAnswer])
            let told = try await bench.notifications(about: ticket.id.number).suffix(2)
            #expect(told.last?.first("comment")?.text(of: "value") == "Call to the end user: no answer")
            #expect(told.last?.first("comment")?.text(of: "commentedBy") == "seller")
            for element in told { #expect(element.validate(bench.schemas.compat).isEmpty) }
        }
    }

    @Test func `a comment and a priority reach the buyer`() async throws {
        try await withTicketing { bench in
            let ticket = try await bench.accepted()

            let comment = try await bench.desk(ticket, "comment", #"{"text":"An engineer looks at it"}"#)
            let priority = try await bench.desk(ticket, "priority", #"{"priorityLevel":1,"reason":"A hospital"}"#)

            #expect(comment.status == 200)
            #expect(priority.status == 200)
            let told = try await bench.notifications(about: ticket.id.number).suffix(2)
            #expect(told.first?.first("comment")?.text(of: "value") == "An engineer looks at it")
            #expect(told.last?.text(of: "priorityLevel") == "1")
            #expect(told.last?.first("comment")?.text(of: "value") == "A hospital")
        }
    }

    @Test func `a visit that the end user had called off before is missed by agreement`() async throws {
        try await withTicketing { bench in
            let ticket = try await bench.accepted(key: try await bench.key())
            for event in ["triage", "start", "appointment-confirmed"] { _ = try await bench.desk(ticket, event) }

            let wrong = #"{"closureCode":"FTA","endUserPreAgreed":true}"#
            let refused = try await bench.desk(ticket, "appointment-missed", wrong)
            let reply = try await bench.desk(ticket, "appointment-missed", #"{"endUserPreAgreed":true}"#)

            #expect(refused.status == 422)
            #expect(reply.status == 200)
            let told = try await bench.notifications(about: ticket.id.number)
            let missed = told.compactMap { $0.first("faultDetails")?.first("missedAppointment") }.first
            #expect(missed?.text(of: "endUserPreAgreed") == "Y")
            #expect(missed?.text(of: "endUserMissedAppointment") == "N")
        }
    }

    @Test func `a request with an identity is done once`() async throws {
        try await withTicketing { bench in
            let ticket = try await bench.accepted()

            let first = try await bench.desk(ticket, "comment", #"{"text":"Once"}"#, requestID: "r-1")
            await bench.advance(60)
            let again = try await bench.desk(ticket, "comment", #"{"text":"Once"}"#, requestID: "r-1")
            let other = try await bench.desk(ticket, "comment", #"{"text":"Twice"}"#, requestID: "r-1")
            let unfit = try await bench.desk(ticket, "comment", #"{"text":"x"}"#, requestID: "é")

            #expect(first.status == 200)
            #expect(first.text == again.text)
            #expect(other.status == 422)
            #expect(unfit.status == 400)
            let said = try await bench.tickets().first?.updates.map(\.text) ?? []
            #expect(said.filter { $0 == "Once" }.count == 1)
            #expect(!said.contains("Twice"))
        }
    }

    @Test func `a refusal is worked out again, not remembered`() async throws {
        try await withTicketing { bench in
            let ticket = try await bench.accepted()
            let early = try await bench.desk(ticket, "resolve", requestID: "r-1")
            _ = try await bench.desk(ticket, "start")

            let late = try await bench.desk(ticket, "resolve", requestID: "r-1")

            #expect(early.status == 409)
            #expect(late.status == 200)
        }
    }
}
