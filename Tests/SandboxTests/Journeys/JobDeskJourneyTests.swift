import Domain
import Formats
import Foundation
import Testing

@testable import patchbay

extension JourneyTests {
    /// What the operator's people do with installation jobs, from the partner's wire to the tenant's updates.
    @Suite struct JobDeskJourneyTests {
        @Test func `nobody at home; the desk books a revisit, the partner does it, the tenant hears of both`()
            async throws
        {
            let life = try SandboxLife.current()
            try await life.behave(#"{"installer":"manual"}"#)
            let id = try await life.order(at: 10_090_000_401)
            try await life.world.advance("PT5M")
            let job = try await life.lastJob()
            try await life.play(["accept", "assign", "en-route", "on-site"], of: job)
            let closed = try await life.stranger.control(.post, "/jobs/\(job)/close", #"{"closureCode":"NA"}"#)
            try await life.world.settle()
            let pending = try await life.status("/service-orders/\(id)")

            let booked = try await life.bookRevisit(after: job)
            try await life.world.settle()
            let revisit = try await life.lastJob()
            try await life.play(["accept", "assign", "en-route", "on-site", "scan"], of: revisit)
            try await life.world.advance("PT30M")
            let done = try await life.stranger.control(.post, "/jobs/\(revisit)/close", #"{"closureCode":"REVCOMP"}"#)
            try await life.world.settle()

            try await life.behave(#"{"installer":"automatic"}"#)
            #expect(closed.status == 200, "\(closed.text)")
            #expect(pending == "PENDING")
            #expect(booked.json["reference"]?.string == revisit)
            #expect(revisit != job)
            #expect(done.status == 200, "\(done.text)")
            #expect(try await life.status("/service-orders/\(id)") == "COMPLETED")
            let told = try await life.updates(on: id, of: "PROVIDE_ORDER")
            #expect(
                told.map(\.says) == ["UPDATE", "ACKNOWLEDGED", "COMMITTED", "REAPPOINT", "REAPPOINTED", "COMPLETED"]
            )
            #expect(told.flatMap(\.problems) == [])
        }

        @Test func `the desk sees the day's jobs in both forms, and who the partners are`() async throws {
            let life = try SandboxLife.current()
            try await life.behave(#"{"installer":"manual"}"#)
            _ = try await life.order(at: 10_090_000_402)
            try await life.world.advance("PT5M")
            let job = try await life.lastJob()

            let one = try await life.desk(.get, "/jobs/\(job)")
            let day = one.json["appointment"]?["appointmentDate"]?.string ?? ""
            let list = try await life.desk(.get, "/jobs?day=\(day)&partner=PARTNER1")
            let counted = try await life.desk(.get, "/job-statistics?from=\(day)")
            let partner = try await life.desk(.get, "/partners/PARTNER1")

            try await life.behave(#"{"installer":"automatic"}"#)
            let references = list.json["jobs"]?.elements.compactMap { $0["reference"]?.string } ?? []
            #expect(references.contains(job))
            #expect((counted.json["partners"]?.elements.compactMap { $0["jobs"]?.integer }.first ?? 0) >= 1)
            #expect(partner.json["endpoints"]?.count == 1)
            #expect(partner.json["certificates"]?.elements.compactMap { $0["expires"]?.string }.count == 1)
        }
    }
}

extension SandboxLife {
    fileprivate func desk(_ method: Stranger.Method, _ path: String, _ body: String? = nil) async throws
        -> Stranger.Answer
    {
        try await stranger.tenant(method, path, body, as: "operator")
    }

    fileprivate func play(_ events: [String], of job: String) async throws {
        for event in events {
            let answer = try await stranger.control(.post, "/jobs/\(job)/\(event)")
            #expect(answer.status == 200, "\(event): \(answer.text)")
        }
    }

    /// The first working day from a week after the visit on.
    fileprivate func bookRevisit(after job: String) async throws -> Stranger.Answer {
        let seen = try await desk(.get, "/jobs/\(job)")
        let text = seen.json["appointment"]?["appointmentDate"]?.string ?? ""
        let week = try #require(CivilDate(text)).adding(days: 7)
        let days = (0..<7).map { week.adding(days: $0) }
        let day = try #require(days.first { SlotCalendar.isWorkingDay($0) })
        let answer = try await desk(
            .post,
            "/jobs/\(job)/visits",
            #"{"jobType":"REVISIT","appointmentDate":"\#(day)","appointmentStartTime":"13:00"}"#
        )
        try #require(answer.status == 201, "\(answer.text)")
        return answer
    }
}
