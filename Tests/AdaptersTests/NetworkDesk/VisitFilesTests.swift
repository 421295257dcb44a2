import Domain
import Engine
import Foundation
import Formats
import Storage
import Testing

@testable import Adapters

/// Photographs of a visit: looked for in the bucket, shown with what was found, and never fetched from a partner's address.
@Suite struct VisitFilesTests {
    private static func answer(_ paths: String...) -> [QuestionAnswer] {
        let files = paths.map {
            QuestionAnswer.File(name: "light.jpg", type: "image/jpeg", objectPath: $0, url: "http://169.254.169.254/")
        }
        let received = JobDeskBench.start
        return [
            QuestionAnswer(question: "Q", code: "1", answer: "A", received: received, source: .notifyJob, files: files)
        ]
    }

    /// State of each file of a job as the desk shows it, by its path.
    private static func states(_ bench: JobDeskBench, _ reference: String) async throws -> [String: String] {
        let text = try await bench.get("jobs/\(reference)").text
        let files = try #require(try JSONDocument(parsing: text).root["files"])
        return Dictionary(
            uniqueKeysWithValues: files.elements.map { ($0["objectPath"]?.string ?? "", $0["state"]?.string ?? "") }
        )
    }

    @Test func `a file that is there is shown with its size, and read through the desk`() async throws {
        try await JobDeskBench.with { bench in
            let job = try await bench.givenOrder(1)
            try bench.leave("a photograph", at: "\(job)/light.jpg")
            try await bench.say(.progress, of: job, answers: Self.answer("s3://job-files/\(job)/light.jpg"), id: 1)
            await bench.settle()

            let file = try #require(try await bench.job(job).files?.first)
            #expect(file.state == .present(bytes: 12))
            let shown = try await bench.get("jobs/\(job)").text
            #expect(shown.contains(#""bytes":12,"href":"/operator/v1/jobs/\#(job)/files/1""#))
            let read = try await bench.get("jobs/\(job)/files/1")
            #expect((read.status, read.text) == (200, "a photograph"))
            for number in ["2", "0", "-1", "-9223372036854775808", "9223372036854775807", "9223372036854775808", "x"] {
                #expect(try await bench.get("jobs/\(job)/files/\(number)").status == 404)
            }
        }
    }

    @Test func `a file on its way is found later, and one that never comes is remarked after an hour`() async throws {
        try await JobDeskBench.with { bench in
            let job = try await bench.givenOrder(1)
            let answers = Self.answer("\(job)/late.jpg", "\(job)/never.jpg")
            try await bench.say(.progress, of: job, answers: answers, id: 1)
            await bench.settle()
            #expect(try await Self.states(bench, job).values.sorted() == ["sought", "sought"])

            try bench.leave("x", at: "\(job)/late.jpg")
            for _ in 0..<8 { await bench.advance(by: 700) }

            #expect(
                try await Self.states(bench, job) == ["\(job)/late.jpg": "present", "\(job)/never.jpg": "absent"]
            )
            #expect(try await bench.job(job).remarks == [.filesMissing])
            #expect(try await bench.get("jobs/\(job)/files/2").status == 404)
        }
    }

    @Test func `a path out of the bucket is refused, and the job goes on`() async throws {
        try await JobDeskBench.with { bench in
            let job = try await bench.givenOrder(1)
            let paths = ["s3://other/a.jpg", "../../etc/passwd"]
            for (id, path) in paths.enumerated() {
                let error = try await bench.say(.progress, of: job, answers: Self.answer(path), id: Int64(id + 1))
                #expect(error == nil)
            }
            await bench.settle()

            #expect(Set(try await Self.states(bench, job).values) == ["refused"])
            #expect(try await bench.job(job).stateName == "accepted")
        }
    }

    @Test func `a file that is named again is not looked for again`() async throws {
        try await JobDeskBench.with { bench in
            let job = try await bench.givenOrder(1)
            for id in Int64(1)...3 {
                try await bench.say(.progress, of: job, answers: Self.answer("\(job)/light.jpg"), id: id)
            }
            let entity = try await bench.job(job).ref
            let rows = try await bench.exchange.read { try $0.parcels(of: entity, limit: 100) }
            #expect(rows.filter { $0.content.recipient == .objects(id: "PARTNER1") }.count == 1)
        }
    }
}
