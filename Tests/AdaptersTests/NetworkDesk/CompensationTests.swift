import Domain
import Engine
import Foundation
import Formats
import HTTPTypes
import Testing

@testable import Adapters

@Suite struct CompensationTests {
    @Test func `a late repair is closed with its evidence, in both schemas, and read back by a buyer`() async throws {
        try await withTicketing { bench in
            let ticket = try await Self.late(in: bench)

            let closing = try #require(try await bench.notifications(about: ticket.id.number).last)

            let late = try #require(closing.first("lateRepairNotification"))
            #expect(late.text(of: "totalDelayInDays") == "8")
            #expect(late.text(of: "sellerDelayDays") == "6")
            #expect(late.text(of: "nonSellerDelayDays") == "2")
            let exclusion = try #require(late.first("exclusions")?.all("exclusion").first)
            #expect(exclusion.text(of: "exclusionReason") == "MBORC")
            #expect(exclusion.text(of: "numberOfDays") == "2")
            #expect(exclusion.text(of: "startDateTime") == "2027-01-21T08:00:00Z")
            #expect(exclusion.text(of: "endDateTime") == "2027-01-23T08:00:00Z")
            #expect(closing.validate(bench.schemas.compat).isEmpty)
            // The published schema has no list of appointments (X-02), and nothing else against it.
            #expect(closing.validate(bench.schemas.faultReport).map(\.element) == ["appointments"])
            let read = try ReceivedNotification(TicketFields(closing), at: bench.clock.now)
            #expect(read.news.lateRepair == LateRepair(totalDays: 8, sellerDays: 6, reasons: ["MBORC"]))
            #expect(read.warnings.isEmpty)
        }
    }

    @Test func `a repair in time, and a resolution that is not closed, say nothing of a delay`() async throws {
        try await withTicketing { bench in
            let ticket = try await bench.accepted()
            for event in ["triage", "start", "resolve"] { _ = try await bench.desk(ticket, event) }
            await bench.advance(48 * 3_600)

            let told = try await bench.notifications(about: ticket.id.number)

            #expect(try await bench.tickets().first?.status == .closed)
            #expect(told.allSatisfy { $0.first("lateRepairNotification") == nil })
        }
    }

    @Test func `the ledger has a row a ticket, with its pauses, its days and its missed visits`() async throws {
        try await withTicketing { bench in
            _ = try await Self.late(in: bench)

            let reply = try await bench.get("/operator/v1/compensation")

            let document = try JSONDocument(parsing: reply.text)
            let rows = try #require(document.root["compensation"]?.elements.map { $0 })
            let row = try #require(rows.first)
            #expect(rows.count == 1)
            #expect(row["buyer"]?.string == "harbour-telecom")
            #expect(row["buyerFaultReference"]?.string == "HT-1")
            #expect(row["serviceAffected"]?.string == "S1000042")
            #expect(row["accepted"]?.string == "2027-01-15T08:00:00Z")
            #expect(row["resolved"]?.string == "2027-01-27T08:00:00Z")
            #expect(row["closed"]?.string == "2027-01-29T08:00:00Z")
            #expect(row["totalDelayInDays"]?.integer == 8)
            #expect(row["sellerDelayDays"]?.integer == 6)
            #expect(row["nonSellerDelayDays"]?.integer == 2)
            #expect(row["pauses"]?.elements.first(where: { _ in true })?["reasonCode"]?.string == "MBORC")
            let missed = try #require(row["missedAppointments"]?.elements.first { _ in true })
            #expect(missed["sellerMissedAppointment"]?.string == "Y")
            #expect(missed["endUserMissedAppointment"]?.string == "N")
            #expect(missed["appointmentDate"]?.string == "2027-01-19")
            #expect(missed["appointmentStartTime"]?.string == "08:00")
            #expect(!reply.text.contains(#""next""#))
        }
    }

    @Test func `as CSV it is the same, in one line a ticket`() async throws {
        try await withTicketing { bench in
            _ = try await Self.late(in: bench)

            let reply = try await bench.get("/operator/v1/compensation", headers: [.accept: "text/csv"])

            let lines = reply.text.components(separatedBy: "\r\n")
            #expect(reply.contentType?.hasPrefix("text/csv") == true)
            #expect(lines.count == 3)
            #expect(lines[0] == CompensationRow.columns.joined(separator: ","))
            #expect(lines[1].hasPrefix("CS"))
            #expect(
                lines[1].contains(
                    ",HT-1,,harbour-telecom,HARBOUR1,S1000042,Service Outage,closed,2027-01-15T08:00:00Z,"
                        + "2027-01-27T08:00:00Z,2027-01-29T08:00:00Z,8,6,2,"
                        + "MBORC 2 2027-01-21T08:00:00Z/2027-01-23T08:00:00Z,"
                        + "MBORC 2027-01-21T08:00:00Z/2027-01-23T08:00:00Z,"
                ),
                "\(lines[1])"
            )
            #expect(lines[1].contains("2027-01-19 08:00-13:00 sellerMissedAppointment=Y Amended=N"))
            #expect(lines[2].isEmpty)
        }
    }

    @Test(arguments: [
        ("?from=2027-01-29&to=2027-01-29", 1), ("?from=2027-01-30", 0), ("?to=2027-01-28", 0),
        ("?to=2027-01-29T08:00:00Z", 0), ("?from=2027-01-29T08:00:00Z&to=2027-01-29T08:00:01Z", 1),
    ])
    func `a period counts the tickets that ended in it, its last day included`(query: String, count: Int) async throws {
        try await withTicketing { bench in
            _ = try await Self.late(in: bench)

            let reply = try await bench.get("/operator/v1/compensation\(query)")

            let document = try JSONDocument(parsing: reply.text)
            #expect(document.root["compensation"]?.elements.map { $0 }.count == count, "\(reply.text)")
        }
    }

    @Test func `pages follow each other by the cursor, in the body and in the Link`() async throws {
        try await withTicketing { bench in
            for reference in ["HT-1", "HT-2", "HT-3"] {
                let body = Samples.add(reference: reference, messageID: "a-\(reference)")
                _ = try await bench.call("addFaultReport", body)
                await bench.settle()
                let ticket = try #require(try await bench.tickets().first { $0.buyerReference == reference })
                _ = try await bench.desk(ticket, "cancel")
            }

            let first = try await bench.get("/operator/v1/compensation?limit=2&from=2027-01-01")
            let link = try #require(first.link?.dropFirst().prefix { $0 != ">" })
            let second = try await bench.get(String(link))

            #expect(first.text.contains("HT-2") && !first.text.contains("HT-3"))
            #expect(first.link?.hasSuffix("rel=\"next\"") == true)
            #expect(second.text.contains("HT-3") && !second.text.contains("HT-2"))
            #expect(second.link == nil)
        }
    }

    @Test func `everything that is wrong with a query is named at once`() async throws {
        try await withTicketing { bench in
            let reply = try await bench.get("/operator/v1/compensation?from=soon&to=2027-02-30&limit=0&format=csv")
            let turned = try await bench.get("/operator/v1/compensation?from=2027-02-01&to=2027-01-01")

            #expect(reply.status == 400)
            #expect(turned.status == 400)
            for name in ["from", "to", "limit", "format"] {
                #expect(reply.text.contains(#""pointer":"?\#(name)""#), "\(name): \(reply.text)")
            }
            #expect(turned.text.contains("must be later than from"))
        }
    }

    // MARK: -

    /// Accepted on a Friday; the engineer missed the first visit; held over two days of delay; resolved 12 days later.
    private static func late(in bench: TicketingBench) async throws -> FaultReport {
        let ticket = try await bench.accepted(key: try await bench.key())
        for event in ["triage", "start", "appointment-confirmed"] { _ = try await bench.desk(ticket, event) }
        await bench.advance(5 * 86_400)
        _ = try await bench.desk(ticket, "appointment-missed", #"{"closureCode":"FTA"}"#)
        await bench.advance(86_400)
        _ = try await bench.desk(ticket, "hold", #"{"reasonCode":"MBORC","reason":"Flood"}"#)
        await bench.advance(2 * 86_400)
        _ = try await bench.desk(ticket, "resume")
        await bench.advance(4 * 86_400)
        _ = try await bench.desk(ticket, "resolve")
        await bench.advance(48 * 3_600)
        return try #require(try await bench.tickets().first)
    }
}
