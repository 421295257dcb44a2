import Domain
import Engine
import Foundation
import Storage
import Testing

@testable import Adapters

/// Who gets a job, and who gets it next (§3.7): through the engine, with partners that answer.
@Suite struct RedispatchTests {
    @Test func `a job that one partner declines goes to the next, and the order hears only of the acceptance`()
        async throws
    {
        try await JobDeskBench.with { bench in
            bench.partners.make("PARTNER1", .declines)

            let job = try await bench.givenOrder(1)

            #expect(bench.partners.heard == ["PARTNER1 createJob", "PARTNER2 createJob"])
            #expect(try await bench.job(job).partner == "PARTNER2")
            #expect(try await bench.job(job).stateName == "accepted")
            #expect(try await bench.order(1).stateName == "in-progress")
        }
    }

    @Test func `the order is held only when nobody is left, and an alert is in the job's history`() async throws {
        try await JobDeskBench.with { bench in
            bench.partners.make("PARTNER1", .declines)
            bench.partners.make("PARTNER2", .declines)

            let job = try await bench.givenOrder(1)

            #expect(try await bench.job(job).stateName == "declined")
            #expect(try await bench.order(1).stateName == "held")
            let causes = try await bench.exchange.read {
                try $0.journal(of: EntityRef(kind: .installationJob, number: 101), limit: 50)
            }
            #expect(causes.map(\.cause).contains("alert job-without-partner"))
        }
    }

    @Test func `to the partner whose job went elsewhere it is not its own any more; to a stranger it is absent`()
        async throws
    {
        try await JobDeskBench.with { bench in
            bench.partners.make("PARTNER1", .declines)
            let job = try await bench.givenOrder(1)

            #expect(try await bench.say(.engineerAssigned(engineer: .sam), of: job, by: "PARTNER1", id: 1) == -32005)
            #expect(try await bench.say(.engineerAssigned(engineer: .sam), of: job, by: "PARTNER3", id: 1) == -32001)
            #expect(try await bench.say(.engineerAssigned(engineer: .sam), of: job, by: "PARTNER2", id: 1) == nil)
            #expect(try await bench.job(job).stateName == "assigned")
        }
    }

    @Test func `a partner gets what lies in its area, and no more a day than it takes`() async throws {
        let terms: [PartnerID: PartnerTerms] = [
            "PARTNER1": .open(coverage: Coverage(addresses: [.init(first: 10_090_000_001, last: 10_090_000_009)])),
            "PARTNER2": .open(jobsPerDay: 2),
            "PARTNER3": .open(),
        ]
        try await JobDeskBench.with(terms) { bench in
            for number in 1...4 as ClosedRange<Int64> {
                try await bench.givenOrder(number, at: number == 1 ? 10_090_000_001 : 10_090_500_000 + number)
            }

            var holders: [PartnerID] = []
            for number in 1...4 { holders.append(try await bench.job("J\(number)01").partner) }

            #expect(holders == ["PARTNER1", "PARTNER2", "PARTNER2", "PARTNER3"])
        }
    }

    @Test func `terms that change are in force for the next job, without a restart`() async throws {
        try await JobDeskBench.with { bench in
            let before = try await bench.givenOrder(1)
            try await bench.exchange.register(.partner(id: "PARTNER1", terms: .open(jobsPerDay: 0)))

            let after = try await bench.givenOrder(2, at: 10_090_000_002)

            #expect(try await bench.job(before).partner == "PARTNER1")
            #expect(try await bench.job(after).partner == "PARTNER2")
        }
    }

    @Test func `an answer of the partner before does not pass for the new one's`() async throws {
        try await JobDeskBench.with { bench in
            bench.partners.make("PARTNER1", .isAway)
            let job = try await bench.givenOrder(1)
            bench.partners.make("PARTNER2", .isAway)
            _ = try await bench.act(job, "redispatch", #"{"partner":"PARTNER2"}"#)

            bench.partners.make("PARTNER1", .takes)
            await bench.advance(by: 3_600)

            #expect(try await bench.job(job).stateName == "created")
            #expect(try await bench.job(job).providerJobId == nil)
            bench.partners.make("PARTNER2", .takes)
            await bench.advance(by: 3_600)
            #expect(try await bench.job(job).stateName == "accepted")
            #expect(try await bench.job(job).providerJobId == "P-PARTNER2")
        }
    }

    @Test func `room that a cancelled job leaves is taken by the next`() async throws {
        try await JobDeskBench.with(["PARTNER1": .open(jobsPerDay: 1)]) { bench in
            let first = try await bench.givenOrder(1)
            let second = try await bench.givenOrder(2, at: 10_090_000_002)
            #expect(try await bench.job(second).stateName == "declined")

            #expect(try await bench.act(first, "cancel").status == 200)
            #expect(try await bench.act(second, "redispatch").status == 200)

            #expect(try await bench.job(second).partner == "PARTNER1")
            #expect(try await bench.job(second).stateName == "accepted")
            #expect(try await bench.order(2).stateName == "in-progress")
        }
    }

    @Test func `a partner that cannot be reached for 72 hours is an alarm, not a reason to send somebody else`()
        async throws
    {
        try await JobDeskBench.with { bench in
            bench.partners.make("PARTNER1", .isAway)
            let job = try await bench.givenOrder(1)

            for _ in 0..<80 { await bench.advance(by: 3_600) }

            #expect(try await bench.job(job).stateName == "failed-to-send")
            #expect(!bench.partners.heard.contains("PARTNER2 createJob"))
            #expect(try await bench.order(1).stateName == "held")
            #expect(try await bench.act(job, "redispatch").status == 200)
            #expect(try await bench.job(job).partner == "PARTNER2")
            #expect(try await bench.order(1).stateName == "in-progress")
        }
    }

    @Test func `CON05 asks for civil works, those for a revisit: three jobs of one order, each with its own date`()
        async throws
    {
        try await JobDeskBench.with { bench in
            let install = try await bench.givenOrder(1)
            try await bench.goToSlot()
            try await bench.say(.onSite(location: .here, engineer: .sam), of: install, id: 1)
            #expect(try await bench.close(install, "CON", secondary: "CON05", id: 2) == nil)
            #expect(try await bench.order(1).stateName == "held")
            let civils = try await bench.job("J102")
            #expect(civils.pack.jobType == .civils && civils.pack.appointment == nil)
            #expect(civils.pack.visit.slot.day > JobDeskBench.day)

            await bench.advance(by: civils.pack.visit.slot.start.timeIntervalSince(bench.clock.now))
            try await bench.say(.onSite(location: .here, engineer: .sam), of: "J102", id: 3)
            try await bench.close("J102", "CIVCOMP", secondary: "CIVCOMP01", id: 4)

            #expect(try await bench.order(1).stateName == "in-progress")
            let revisit = try await bench.job("J103")
            #expect(revisit.pack.jobType == .revisit)
            #expect(revisit.pack.visit.slot.day > civils.pack.visit.slot.day)
            await bench.advance(by: revisit.pack.visit.slot.start.timeIntervalSince(bench.clock.now))
            try await bench.say(.onSite(location: .here, engineer: .sam), of: "J103", id: 5)
            try await bench.close("J103", "REVCOMP", id: 6)

            #expect(try await bench.order(1).stateName == "completed")
        }
    }
}
