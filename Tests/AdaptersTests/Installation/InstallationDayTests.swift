import Domain
import Engine
import Foundation
import Logging
import Storage
import Testing

@testable import Adapters

@Suite struct InstallationDayTests {
    @Test func `the engineer's day, from the assignment to SP`() async throws {
        try await InstallationBench.with { bench in
            let id = try await bench.givenJob()
            let timers = Timers(
                exchange: bench.exchange,
                logger: Logger(label: "t")
            )
            let news: [NotifyJob.News] = [
                .engineerAssigned(engineer: .sam), .enRoute(location: .here, engineer: nil),
                .onSite(location: .here, engineer: .sam), .ontScanned(device: .good),
            ]

            for (index, each) in news.enumerated() {
                let body = NotifyJob(header: header, news: each).bytes(id: Int64(index + 1))
                #expect(try await bench.post("notifyJob", body) == .ok("{}"))
            }
            for _ in 0..<2 {
                bench.clock.move(to: bench.clock.now + 180)
                #expect(await timers.step() == 1)
            }
            #expect(try await bench.post(nil, close("SP").bytes(id: 9)) == .ok("{}"))

            let job = try await bench.job(id)
            #expect(job.stateName == "closed")
            #expect(job.remarks.isEmpty)
            #expect(
                try await bench.rows(id).map(\.content.message.operation) == [
                    "createJob", "tell supplyOrder", "tell supplyOrder", "tell supplyOrder", "tell supplyOrder",
                    "tell supplyOrder", "notifyJob 1", "notifyJob 2", "tell supplyOrder", "tell supplyOrder",
                ]
            )
            #expect(try await bench.verdicts() == Array(repeating: "accepted", count: 5))
        }
    }

    @Test func `the same message again gets the same reply and has no effect`() async throws {
        try await InstallationBench.with { bench in
            let id = try await bench.givenJobOnSite()
            let body = NotifyJob(header: header, news: .ontScanned(device: .good)).bytes(id: 50)
            let first = try await bench.post("notifyJob", body)
            let job = try await bench.job(id)

            #expect(try await bench.post("notifyJob", body) == first)
            #expect(try await bench.job(id) == job)
            #expect(try await bench.verdicts().last == "duplicate")
        }
    }

    @Test func `a closed job takes the same closure under another id, and no other`() async throws {
        try await InstallationBench.with { bench in
            try await bench.givenJobOnSite()
            #expect(try await bench.post("closeJob", close("HAZ").bytes(id: 50)) == .ok("{}"))

            #expect(try await bench.post("closeJob", close("HAZ").bytes(id: 51)) == .ok("{}"))
            #expect(try await bench.post("closeJob", close("SP").bytes(id: 52)).error?.code == -32002)
        }
    }

    @Test func `a device of another open installation gets result 7, whoever's job that is`() async throws {
        try await InstallationBench.with { bench in
            try await bench.givenJobOnSite(701)
            let other = try await bench.givenJobOnSite(801, partner: "PARTNER2")
            let scan = NotifyJob(header: header, news: .ontScanned(device: .good))
            #expect(try await bench.post("notifyJob", scan.bytes(id: 50)) == .ok("{}"))
            let otherHeader = JobHeader(reference: "J801", providerJobId: "P-1", eventTime: InstallationBench.noon)

            let again = NotifyJob(header: otherHeader, news: .ontScanned(device: .good))
            #expect(try await bench.post("notifyJob", again.bytes(id: 50), partner: "PARTNER2") == .ok("{}"))

            #expect(try await bench.job(other).provisioning.results.map(\.outcome) == [.duplicateDevice])
        }
    }

    @Test func `an offset without a colon, a source of Closure and a file without a type are read`() async throws {
        try await InstallationBench.with { bench in
            let id = try await bench.givenJobOnSite()

            let answer = try await bench.post(
                "closeJob",
                """
                {"id":7,"jsonrpc":"2.0","method":"closeJob","params":{
                 "jobHeader":{"ref":"J701","providerJobId":"P-1","eventTime":"2026-01-09T13:00:00.1234567+0100"},
                 "closureCode":"RNA","closedAt":"2026-01-09T13:00:00Z","questions_answers":[
                  {"question":"Time of the call","question_code":"4900","answer":"07:56",
                   "response_received":"2026-01-09T11:37:10.9362823+00:00","source":"Closure",
                   "files":[{"name":"door.jpg","url":"","object_path":"s3://job-files/door.jpg"}]}]}}
                """
            )

            #expect(answer == .ok("{}"))
            let job = try await bench.job(id)
            #expect(job.answers.first?.source == .closeJob)
            #expect(job.answers.first?.files.first?.type == "image/jpeg")
            #expect(job.answers.first?.files.first?.url == nil)
            let log = try await bench.exchange.read { try $0.messages(after: 0, limit: 100) }
            #expect(log.last?.warnings.count == 6)
        }
    }

    private let header = JobHeader(reference: "J701", providerJobId: "P-1", eventTime: InstallationBench.noon)

    private func close(_ code: String) -> CloseJob {
        let answer = QuestionAnswer(
            question: "Was the light green?",
            code: "1100",
            answer: "Yes",
            received: InstallationBench.noon,
            source: .closeJob
        )
        return CloseJob(
            header: header,
            closing: ClosingReport(code: ClosureCode(code), closedAt: InstallationBench.noon, answers: [answer])
        )
    }
}
