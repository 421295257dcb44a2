import Domain
import Engine
import Foundation
import Formats
import Storage
import Testing

@testable import Adapters

/// The operator's view of a day's jobs, and what people do with them.
@Suite struct JobDeskTests {
    @Test(arguments: [
        ("", ["J101", "J201", "J301"]), ("&partner=PARTNER1", ["J101", "J201"]), ("&partner=PARTNER2", ["J301"]),
        ("&state=on-site", ["J101"]), ("&state=on-site,accepted&partner=PARTNER1", ["J101", "J201"]),
        ("&state=accepted&partner=PARTNER1", ["J201"]),
        (
            "&jobType=INSTALL&limit=2",
            [
                "J101", "J201",
            ]
        ),
        ("&jobType=REVISIT", []), ("&order=SO0000002", ["J201"]), ("&silent=true", ["J201", "J301"]),
        ("&silent=false", ["J101"]), ("&late=true", []),
    ])
    func `a day's jobs are shown that pass every filter`(filter: String, references: [String]) async throws {
        try await JobDeskBench.with { bench in
            try await Self.three(in: bench)

            let list = try await bench.get("jobs?day=\(JobDeskBench.day)\(filter)")

            #expect(list.status == 200)
            #expect(try Self.references(list.text) == references)
        }
    }

    @Test func `without a day it is today's; another day has none`() async throws {
        try await JobDeskBench.with { bench in
            try await bench.givenOrder(1)
            #expect(try Self.references(try await bench.get("jobs").text) == [])

            try await bench.goToSlot()

            #expect(try Self.references(try await bench.get("jobs").text) == ["J101"])
        }
    }

    @Test(arguments: ["application/json", "text/csv"])
    func `pages follow each other without a gap, in both forms`(accept: String) async throws {
        try await JobDeskBench.with { bench in
            try await Self.three(in: bench)
            let first = try await bench.get("jobs?day=\(JobDeskBench.day)&limit=2", accept: accept)
            let link = try #require(first.link?.dropFirst("</operator/v1/".count).prefix { $0 != ">" })

            let second = try await bench.get(String(link), accept: accept)

            #expect(first.text.contains("J101") && first.text.contains("J201") && !first.text.contains("J301"))
            #expect(second.text.contains("J301") && !second.text.contains("J201"))
            #expect(second.link == nil)
        }
    }

    @Test func `everything that is wrong with a query is named at once`() async throws {
        try await JobDeskBench.with { bench in
            let reply = try await bench.get("jobs?day=soon&state=tired&late=perhaps&limit=0&colour=red")
            let span = try await bench.get("job-statistics?from=2026-03-01&to=2026-04-01")

            #expect(reply.status == 400)
            for name in ["day", "state", "late", "limit", "colour"] {
                #expect(reply.text.contains(#""pointer":"?\#(name)""#), "\(name): \(reply.text)")
            }
            #expect(span.status == 400)
        }
    }

    @Test func `as CSV each job is a row under its columns`() async throws {
        try await JobDeskBench.with { bench in
            try await Self.three(in: bench)

            let lines = try await bench.get("jobs?day=\(JobDeskBench.day)", accept: "text/csv").text
                .components(separatedBy: "\r\n")

            #expect(lines[0].hasPrefix("reference,partner,formerPartners,state,jobType,orderReference"))
            #expect(lines[1].hasPrefix("J101,PARTNER1,,on-site,INSTALL,SO0000001,S2000001,2026-03-05,08:00,13:00,"))
            #expect(lines[3].hasPrefix("J301,PARTNER2,PARTNER1,accepted,"))
            #expect(lines.count == 5)
        }
    }

    @Test
    func `an hour into the slot without a word there is an alert, in the view, in the journal and in the statistics`()
        async throws
    {
        try await JobDeskBench.with { bench in
            let job = try await bench.givenOrder(1)

            try await bench.goToSlot(plusMinutes: 59)
            let before = try await bench.get("jobs/\(job)")
            await bench.advance(by: 60)
            let after = try await bench.get("jobs/\(job)")

            #expect(before.text.contains(#""silent":false"#))
            #expect(after.text.contains(#""silent":true"#))
            #expect(after.text.contains("alert no-word-from-engineer"))
            #expect(after.text.contains("An hour after the slot began the engineer had not set out."))
            #expect(try await bench.get("job-statistics").text.contains(#""silent":1,"noWordAfterAnHour":1"#))
            #expect(bench.log.alerts == ["no-word-from-engineer"])
        }
    }

    @Test func `an engineer who comes after the slot is late, and it says by how much`() async throws {
        try await JobDeskBench.with { bench in
            let job = try await bench.givenOrder(1)
            try await bench.goToSlot(plusMinutes: 301)
            try await bench.say(.onSite(location: .here, engineer: .sam), of: job, id: 1)

            let list = try await bench.get("jobs?late=true")

            #expect(try Self.references(list.text) == [job])
            #expect(list.text.contains(#""secondsAfterSlotBegan":18060"#))
        }
    }

    @Test func `one job is shown whole: steps, history and each message to each partner`() async throws {
        try await JobDeskBench.with { bench in
            bench.partners.make("PARTNER1", .declines)
            let job = try await bench.givenOrder(1)
            try await bench.say(.onSite(location: .here, engineer: .sam), of: job, by: "PARTNER2", id: 1)

            let root = try JSONDocument(parsing: try await bench.get("jobs/\(job)").text).root

            #expect(root["partner"]?.string == "PARTNER2")
            #expect(root["formerPartners"]?.elements.compactMap { $0.string } == ["PARTNER1"])
            #expect(root["steps"]?.elements.compactMap { $0["happening"]?.string }.last == "onSite")
            #expect(root["messages"]?.elements.compactMap { $0["to"]?.string } == ["PARTNER1", "PARTNER2"])
            #expect(root["messages"]?.elements.compactMap { $0["delivery"]?.string } == ["parked", "delivered"])
            #expect(root["history"]?.elements.compactMap { $0["after"]?.string }.contains("declined") == true)
        }
    }

    @Test func `statistics count each partner's states, closures and results`() async throws {
        try await JobDeskBench.with { bench in
            try await Self.three(in: bench)
            try await bench.close("J101", "NA", id: 50)
            let query = "job-statistics?from=\(JobDeskBench.day)&to=\(JobDeskBench.day.adding(days: 30))"

            let json = try await bench.get(query)
            let csv = try await bench.get("\(query)&partner=PARTNER1", accept: "text/csv")

            let partners = try JSONDocument(parsing: json.text).root["partners"]?.elements.map { $0 } ?? []
            #expect(partners.compactMap { $0["partner"]?.string } == ["PARTNER1", "PARTNER2"])
            #expect(partners.first?["states"]?["closed"]?.integer == 1)
            #expect(partners.first?["closures"]?["NA"]?.integer == 1)
            #expect(partners.last?["silent"]?.integer == 1)
            #expect(csv.text.contains("PARTNER1,closure,NA,1\r\n"))
            #expect(!csv.text.contains("PARTNER2"))
        }
    }

    @Test func `a cancelled visit holds the order; once the engineer has set out it takes force`() async throws {
        try await JobDeskBench.with { bench in
            bench.partners.make("PARTNER1", .refusesCancellation)
            let job = try await bench.givenOrder(1)
            try await bench.goToSlot()
            try await bench.say(.enRoute(location: .here, engineer: .sam), of: job, id: 1)

            let plain = try await bench.act(job, "cancel")
            let forced = try await bench.act(job, "cancel", #"{"force":true,"reasonCode":"OTHER"}"#)

            #expect(plain.status == 409)
            #expect(plain.text.contains("only by force"))
            #expect(forced.status == 200)
            #expect(try await bench.job(job).state == .cancelled(reason: .other, at: bench.clock.now))
            #expect(try await bench.order(1).stateName == "held")
        }
    }

    @Test func `a partner that does not let go keeps the visit, unless by force`() async throws {
        try await JobDeskBench.with { bench in
            bench.partners.make("PARTNER1", .refusesCancellation)
            let job = try await bench.givenOrder(1)

            #expect(try await bench.act(job, "cancel").status == 200)
            #expect(try await bench.job(job).stateName == "accepted")
            #expect(try await bench.act(job, "cancel", #"{"force":true}"#).status == 200)

            #expect(try await bench.job(job).stateName == "cancelled")
        }
    }

    @Test func `a job is given to the partner that is named, and the other is told`() async throws {
        try await JobDeskBench.with { bench in
            let job = try await bench.givenOrder(1)

            let unknown = try await bench.act(job, "redispatch", #"{"partner":"PARTNER9"}"#)
            let reply = try await bench.act(job, "redispatch", #"{"partner":"PARTNER2"}"#)

            #expect(unknown.status == 422)
            #expect(reply.text.contains(#""partner":"PARTNER2","formerPartners":["PARTNER1"],"state":"created""#))
            #expect(
                Set(bench.partners.heard) == ["PARTNER1 createJob", "PARTNER1 cancelJob", "PARTNER2 createJob"]
            )
            #expect(try await bench.job(job).stateName == "accepted")
        }
    }

    @Test func `a revisit is booked in the operator's book, once a request, and goes out with its appointment`()
        async throws
    {
        try await JobDeskBench.with { bench in
            let job = try await bench.givenOrder(1)
            try await bench.goToSlot()
            try await bench.say(.onSite(location: .here, engineer: .sam), of: job, id: 1)
            try await bench.close(job, "NA", id: 2)
            let body = #"{"jobType":"REVISIT","appointmentDate":"2026-03-10","appointmentStartTime":"13:00"}"#

            let first = try await bench.act(job, "visits", body, requestID: "r-1")
            let again = try await bench.act(job, "visits", body, requestID: "r-1")

            #expect(first.status == 201)
            #expect(first.text == #"{"orderReference":"SO0000001","reference":"J102"}"#)
            #expect(again.text == first.text)
            let revisit = try await bench.job("J102")
            #expect(revisit.pack.visit.slot.startTime == "13:00")
            let appointmentID = try #require(revisit.pack.appointment)
            let appointment = try #require(try await bench.exchange.read { try $0.find(appointmentID) })
            #expect(appointment.stateName == "confirmed")
            #expect(appointment.key == revisit.pack.visit.key)
            let order = try await bench.order(1)
            #expect(order.stateName == "in-progress")
            #expect(order.dates?.targetDate.description == "2026-03-10")
            #expect(order.jobs == 2)
        }
    }

    @Test func `works outside need only a working day to come`() async throws {
        try await JobDeskBench.with { bench in
            let job = try await bench.givenOrder(1)
            try await bench.goToSlot()
            try await bench.say(.onSite(location: .here, engineer: .sam), of: job, id: 1)
            try await bench.close(job, "POP", secondary: "POP01", id: 2)

            let sunday = try await bench.act(job, "visits", #"{"jobType":"EXTERNAL","appointmentDate":"2026-03-08"}"#)
            let past = try await bench.act(job, "visits", #"{"jobType":"EXTERNAL","appointmentDate":"2026-03-02"}"#)
            let monday = try await bench.act(job, "visits", #"{"jobType":"EXTERNAL","appointmentDate":"2026-03-09"}"#)
            let second = try await bench.act(job, "visits", #"{"jobType":"EXTERNAL","appointmentDate":"2026-03-09"}"#)

            let statuses = [sunday, past, monday, second].map(\.status)
            #expect(statuses == [422, 422, 201, 409])
            #expect(try await bench.job("J102").pack.appointment == nil)
        }
    }

    @Test func `what is unknown is absent or pointed at`() async throws {
        try await JobDeskBench.with { bench in
            let job = try await bench.givenOrder(1)

            #expect(try await bench.get("jobs/J999").status == 404)
            #expect(try await bench.get("jobs/whatever").status == 404)
            #expect(try await bench.act("J999", "cancel").status == 404)
            #expect(try await bench.act(job, "praise").text.contains("redispatch, cancel, visits"))
            #expect(try await bench.act(job, "cancel", #"{"reasonCode":"BORED"}"#).status == 400)
            #expect(try await bench.act(job, "visits", #"{"jobType":"REVISIT"}"#).status == 400)
        }
    }

    // MARK: -

    /// An hour into the Thursday's slot: J101 has its engineer on site, J201 and J301 have said nothing; J301 was declined
    /// by the first partner.
    private static func three(in bench: JobDeskBench) async throws {
        try await bench.givenOrder(1)
        try await bench.givenOrder(2, at: 10_090_000_002)
        bench.partners.make("PARTNER1", .declines)
        try await bench.givenOrder(3, at: 10_090_000_003)
        try await bench.goToSlot()
        try await bench.say(.onSite(location: .here, engineer: .sam), of: "J101", id: 1)
        await bench.advance(by: 3_600)
    }

    private static func references(_ text: String) throws -> [String] {
        try JSONDocument(parsing: text).root["jobs"]?.elements.compactMap { $0["reference"]?.string } ?? []
    }
}
