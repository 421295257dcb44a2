import Domain
import Engine
import Foundation
import Formats
import Testing

@testable import Adapters

@Suite struct ListFaultReportsTests {
    @Test(arguments: [
        ("", ["HT-1", "HT-2", "HT-3"]), ("?state=on-hold", ["HT-2"]),
        ("?state=on-hold,accepted", ["HT-1", "HT-2", "HT-3"]),
        ("?state=on-hold&state[]=closed", ["HT-2"]), ("?paused=true", ["HT-2"]),
        ("?paused=false", ["HT-1", "HT-3"]), ("?buyer=harbour-telecom", ["HT-1", "HT-2", "HT-3"]),
        ("?buyer=moor-broadband", []), ("?buyerIdentifier=HARBOUR1&state=accepted", ["HT-1", "HT-3"]),
        ("?buyerIdentifier=MOOR1", []), ("?service=S1000042", ["HT-1", "HT-2", "HT-3"]),
        ("?service=S1000042&paused=true", ["HT-2"]), ("?service=S1000043", []), ("?reference=ht-3", ["HT-3"]),
        ("?reference=T-", ["HT-1", "HT-2", "HT-3"]), ("?olderThan=PT1H", ["HT-1", "HT-2"]),
        ("?olderThan=P1D", []), ("?state=closed&paused=true", []),
    ])
    func `a list shows what passes every filter`(query: String, references: [String]) async throws {
        try await withTicketing { bench in
            try await Self.three(in: bench)

            let list = try await bench.get("/operator/v1/fault-reports\(query)")

            #expect(list.status == 200)
            #expect(try Self.references(list) == references)
        }
    }

    @Test(arguments: [
        ("", ["HT-1", "HT-2", "HT-3", "31"]), ("?customer=GATEWAY", ["31"]), ("?customer=RIVAL", []),
        ("?buyer=harbour-telecom", ["HT-1", "HT-2", "HT-3"]), ("?buyer=harbour-telecom&customer=GATEWAY", []),
        ("?customer=GATEWAY&service=S1000042", ["31"]), ("?buyerIdentifier=TENANT1", ["31"]),
    ])
    func `a customer's fault is among them, and no buyer's`(query: String, references: [String]) async throws {
        try await withTicketing { bench in
            try await Self.three(in: bench)
            try await bench.exchange.change(Cause("test", by: "test")) { change in
                let claim = FaultClaim(
                    buyer: .customer(account: FaultCustomer("GATEWAY")),
                    buyerIdentifier: "TENANT1",
                    buyerReference: "31",
                    service: "S1000042",
                    conversation: "c-31",
                    reporter: TicketContact(name: "Robin Sample", phone: "+441632960003"),
                    details: FaultDetails(
                        type: FaultType(.performanceIssue),
                        started: change.now,
                        location: "Service S1000042",
                        siteAccess: "None stated",
                        siteContact: TicketContact(),
                        buyerTriage: Triage(isComplete: false, findings: "No test run")
                    )
                )
                let (fault, effects) = try FaultReport.add(
                    ID(900_000),
                    claim: claim,
                    visit: nil,
                    prior: nil,
                    isServiceKnown: true,
                    pace: .timetable,
                    at: change.now
                )
                try change.found(fault, effects)
            }

            let list = try await bench.get("/operator/v1/fault-reports\(query)")

            #expect(try Self.references(list) == references)
        }
    }

    @Test(arguments: ["", "&service=S1000042", "&reference=HT"])
    func `pages follow each other without a gap, whatever the filter`(filter: String) async throws {
        try await withTicketing { bench in
            try await Self.three(in: bench)
            let first = try await bench.get("/operator/v1/fault-reports?limit=2\(filter)")
            let document = try JSONDocument(parsing: first.text)
            let next = try #require(document.root["next"]?.integer)

            let second = try await bench.get("/operator/v1/fault-reports?limit=2&after=\(next)\(filter)")

            #expect(try Self.references(first) == ["HT-1", "HT-2"])
            #expect(try Self.references(second) == ["HT-3"])
            #expect(!second.text.contains(#""next""#))
        }
    }

    @Test func `everything that is wrong with a query is named at once`() async throws {
        try await withTicketing { bench in
            let query = "?state=open-ish&paused=maybe&olderThan=1h&after=-1&limit=1000&colour=red&state=open"

            let reply = try await bench.get("/operator/v1/fault-reports\(query)")

            #expect(reply.status == 400)
            for name in ["state", "paused", "olderThan", "after", "limit", "colour"] {
                #expect(reply.text.contains(#""pointer":"?\#(name)""#), "\(name): \(reply.text)")
            }
            #expect(reply.text.contains("re-opened"), "it says which states there are")
        }
    }

    @Test func `one ticket is shown whole: contacts, clock, history and what became of each notification`() async throws
    {
        try await withTicketing { bench in
            let ticket = try await bench.accepted()
            for event in ["triage", "start"] { _ = try await bench.desk(ticket, event) }
            _ = try await bench.desk(ticket, "hold", #"{"reasonCode":"NOACC","reason":"Nobody opens"}"#)
            _ = try await bench.desk(ticket, "contact-attempts", #"{"kind":"message","outcome":"message-left"}"#)
            await bench.advance(7_200)

            let reply = try await bench.get("/operator/v1/fault-reports/\(ticket.reference)")

            let document = try JSONDocument(parsing: reply.text)
            let root = document.root
            #expect(root["reporterContactDetails"]?["phone"]?.string == "+441632960001")
            #expect(root["buyerTriage"]?["findings"]?.string == "Router replaced, no change")
            #expect(root["sla"]?["clock"]?.string == "paused")
            #expect(root["sla"]?["pausedSeconds"]?.integer == 7_200)
            #expect(root["sla"]?["runningSeconds"]?.integer == 0)
            let pause = root["sla"]?["pauses"]?.elements.first { _ in true }
            #expect(pause?["reasonCode"]?.string == "NOACC")
            #expect(pause?["contactAttempts"]?.elements.map { $0 }.count == 1)
            #expect(root["sla"]?["repairDue"]?.string == "2027-01-20T00:00:00Z")
            let causes = root["history"]?.elements.compactMap { $0["cause"]?.string } ?? []
            #expect(causes.contains("desk hold") && causes.contains("timer accept"), "\(causes)")
            #expect(root["history"]?.elements.map { $0 }.last?["by"]?.string == "operator/desk")
            let notifications = try #require(root["notifications"]?.elements.map { $0 })
            #expect(
                notifications.compactMap { $0["change"]?.string } == [
                    "accepted", "open", "in-progress", "on-hold", "amended",
                ]
            )
            #expect(notifications.allSatisfy { $0["delivery"]?.string == "queued" }, "nobody carries them here")
        }
    }

    // MARK: -

    /// HT-1 accepted and HT-2 on hold, two hours old; HT-3 new.
    private static func three(in bench: TicketingBench) async throws {
        _ = try await bench.call("addFaultReport", Samples.add(reference: "HT-1", messageID: "a-1"))
        _ = try await bench.call("addFaultReport", Samples.add(reference: "HT-2", messageID: "a-2"))
        await bench.settle()
        let held = try #require(try await bench.tickets().first { $0.buyerReference == "HT-2" })
        for event in ["triage", "start", "hold"] { _ = try await bench.desk(held, event) }
        await bench.advance(7_200)
        _ = try await bench.call("addFaultReport", Samples.add(reference: "HT-3", messageID: "a-3"))
        await bench.settle()
    }

    private static func references(_ reply: TicketingBench.Reply) throws -> [String] {
        let document = try JSONDocument(parsing: reply.text)
        return document.root["faultReports"]?.elements.compactMap { $0["buyerFaultReference"]?.string } ?? []
    }
}
