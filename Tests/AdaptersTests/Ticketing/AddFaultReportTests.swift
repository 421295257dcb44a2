import Domain
import Engine
import Foundation
import Formats
import Storage
import Testing

@testable import Adapters

@Suite struct AddFaultReportTests {
    @Test func `a report is pending at once, and accepted in a second commit`() async throws {
        try await withTicketing { bench in
            let reply = try await bench.call("addFaultReport", Samples.add())
            #expect(reply.status == 201)
            #expect(
                reply.text == """
                    <?xml version="1.0" encoding="UTF-8"?>
                    <receivedFaultReport><apiVersion>1.0</apiVersion><buyerIdentifier>HARBOUR1</buyerIdentifier>\
                    <sentAt>2027-01-15T08:00:00Z</sentAt><messageId>m-1</messageId>\
                    <buyerFaultReference>HT-1</buyerFaultReference><status>pending</status>\
                    <responseCode>201</responseCode></receivedFaultReport>
                    """
            )
            #expect(try reply.element.validate(bench.schemas.faultReport).isEmpty)
            #expect(try await bench.tickets().map(\.status) == [.pending])

            await bench.settle()

            let ticket = try #require(try await bench.tickets().first)
            #expect(ticket.status == .accepted)
            #expect(try await bench.statuses(about: ticket.id.number) == ["accepted"])
        }
    }

    @Test func `an enveloped report is answered in an envelope, and the root decides where the path does not`()
        async throws
    {
        try await withTicketing { bench in
            let reply = try await bench.post("/prod/api2", Samples.enveloped(Samples.add()))
            #expect(reply.status == 200)
            #expect(try reply.value("responseCode") == "201")
            #expect(reply.isEnveloped)
            #expect(try reply.value("status") == "pending")
        }
    }

    @Test func `the same message again gets the same answer and makes no second ticket`() async throws {
        try await withTicketing { bench in
            let first = try await bench.call("addFaultReport", Samples.add())
            await bench.advance(60)
            let later = Samples.add(sentAt: "<sentAt>2027-01-15T08:01:00Z</sentAt>")

            let second = try await bench.call("addFaultReport", later)

            #expect(second.status == 201)
            #expect(second.text == first.text)
            #expect(try await bench.tickets().count == 1)
        }
    }

    @Test func `a message id used for other content is refused`() async throws {
        try await withTicketing { bench in
            _ = try await bench.call("addFaultReport", Samples.add())
            let reply = try await bench.call("addFaultReport", Samples.add(reference: "HT-2"))
            #expect(reply.status == 400)
            #expect(try reply.value("errorMessage") == #"{"messageId":"already used"}"#)
            #expect(try reply.value("responseCode") == "400")
            #expect(try await bench.tickets().count == 1)
        }
    }

    @Test func `a reference that the buyer used before is refused, another buyer may use it`() async throws {
        try await withTicketing { bench in
            _ = try await bench.call("addFaultReport", Samples.add())
            let again = try await bench.call("addFaultReport", Samples.add(messageID: "m-9"))
            let other = Samples.add(messageID: "m-1", buyer: "MOOR1")
            let rivals = try await bench.call("addFaultReport", other, as: "rival")
            #expect(again.status == 400)
            #expect(try again.value("errorMessage") == #"{"buyerFaultReference":"already exists"}"#)
            #expect(try again.value("status") == "rejected")
            #expect(rivals.status == 201)
        }
    }

    @Test(arguments: [
        (Samples.add(service: "S9999999"), 400, "serviceAffected"),
        (Samples.add(sentAt: ""), 400, "sentAt"),
        (Samples.add(contact: "<name>Nobody to call</name>"), 400, "reporterContactDetails"),
        (Samples.add(reference: String(repeating: "r", count: 37)), 400, "buyerFaultReference"),
        (Samples.add(maintainer: "CS0009999"), 400, "maintainerFaultReference"),
        (Samples.add(buyer: ""), 400, "buyerIdentifier"),
        (Samples.add(buyer: "MOOR1"), 403, "buyerIdentifier"),
        (Samples.add(type: "Service Outage"), 403, "appointmentReservationKey"),
        (Samples.add(key: "ANYKEY"), 403, "appointmentReservationKey"),
        (Samples.add(type: "Service Outage", key: "NOSUCHKEY"), 403, "appointmentReservationKey"),
        (Samples.add(extra: "<surprise/>"), 400, "surprise"),
    ])
    func `what is wrong is named by its field, and nothing changes`(
        body: String,
        status: Int,
        field: String
    ) async throws {
        try await withTicketing { bench in
            let reply = try await bench.call("addFaultReport", body)
            #expect(reply.status == status, "\(reply.text)")
            #expect(try reply.value("errorMessage")?.contains("\"\(field)\":") == true, "\(reply.text)")
            #expect(try reply.element.validate(bench.schemas.faultReport).isEmpty)
            #expect(try await bench.tickets().isEmpty)
        }
    }

    @Test func `a report without fault details is refused although the schema allows it`() async throws {
        try await withTicketing { bench in
            let whole = Samples.add()
            let start = try #require(whole.range(of: "<faultDetails>"))
            let end = try #require(whole.range(of: "</faultDetails>"))
            let body = whole.replacingCharacters(in: start.lowerBound..<end.upperBound, with: "")
            let reply = try await bench.call("addFaultReport", body)
            #expect(reply.status == 400)
            #expect(try reply.value("errorMessage") == #"{"faultDetails":"required"}"#)
        }
    }

    @Test func `an outage uses its reservation, and a key that was used is refused`() async throws {
        try await withTicketing { bench in
            let key = try await bench.key()
            let ticket = try await bench.accepted(key: key)
            let again = Samples.add(reference: "HT-2", messageID: "m-2", type: "Service Outage", key: key)

            let reply = try await bench.call("addFaultReport", again)

            #expect(ticket.openVisit?.key == key)
            #expect(reply.status == 403)
            #expect(try await bench.tickets().count == 1)
        }
    }

    @Test func `another buyer's key is as unusable as one that never was`() async throws {
        try await withTicketing { bench in
            let key = try await bench.key()
            let reply = try await bench.call(
                "addFaultReport",
                Samples.add(type: "Service Outage", buyer: "MOOR1", key: key),
                as: "rival"
            )
            let unknown = try await bench.call(
                "addFaultReport",
                Samples.add(messageID: "m-2", type: "Service Outage", buyer: "MOOR1", key: "NOSUCHKEY"),
                as: "rival"
            )
            #expect(reply.status == 403)
            #expect(try reply.value("errorMessage") == unknown.value("errorMessage"))
        }
    }

    @Test func `a reference placeholder counts as none, and an unknown type is forgiven and noted`()
        async throws
    {
        try await withTicketing { bench in
            let body = Samples.add(
                type: "Flickering",
                maintainer: "(Not in report; only after creation)"
            )
            let reply = try await bench.call("addFaultReport", body)
            let log = try await bench.exchange.read { try $0.messages(after: 0, limit: 10) }
            #expect(reply.status == 201)
            #expect(log.last?.warnings.count == 2)
        }
    }

    @Test func `without a fault type in its table a ticket needs no appointment`() async throws {
        try await withTicketing { bench in
            let reply = try await bench.call("addFaultReport", Samples.add(type: "Fault"))
            #expect(reply.status == 201)
        }
    }
}
