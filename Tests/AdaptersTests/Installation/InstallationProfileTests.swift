import Domain
import Engine
import Foundation
import Storage
import Testing

@testable import Adapters

/// What the contract leaves open is the partner's profile (G-124, G-132, G-134, X-34).
@Suite struct InstallationProfileTests {
    @Test func `a jsonrpc partner is acknowledged in JSON-RPC, and a repeat in the same bytes`() async throws {
        try await InstallationBench.with(profile: InstallationProfile(acknowledgement: .jsonrpc)) { bench in
            try await bench.givenJob()
            let body = NotifyJob(header: header, news: .progress).bytes(id: 41)

            #expect(try await bench.post("notifyJob", body) == .ok(#"{"jsonrpc":"2.0","id":41,"result":{}}"#))
            #expect(try await bench.post("notifyJob", body) == .ok(#"{"jsonrpc":"2.0","id":41,"result":{}}"#))
        }
    }

    @Test func `a profile is stored with the partner, and read again`() async throws {
        let profile = InstallationProfile(
            acknowledgement: .jsonrpc,
            isStrict: true,
            requiresSecondary: true,
            fsan: FSANPattern("[A-Z]{4}[0-9]{4}")
        )
        let terms = PartnerTerms(
            access: MutualTLSTerms(certificateFingerprints: [], sources: []),
            profile: profile
        )

        let stored = try await InstallationBench.with { bench in
            try await bench.exchange.register(.partner(id: "PARTNER9", terms: terms))
            return try await bench.exchange.read {
                try $0.list(Party.self, of: nil, inState: nil, after: 0, limit: 10)
            }
        }

        #expect(stored.map(\.role) == [.partner(id: "PARTNER9", terms: terms)])
    }

    @Test func `a lenient partner's close is taken, and every question that is open is noted`() async throws {
        try await InstallationBench.with { bench in
            try await bench.givenJobOnSite()

            #expect(try await bench.post("closeJob", close("SP", answers: [light])) == .ok("{}"))

            let notes = try await bench.warnings()
            #expect(notes.contains("question 1000 was not answered (G-134)"))
            #expect(notes.contains("question 1200 was not answered (G-134)"))
            #expect(!notes.contains { $0.hasPrefix("question 1100") })
        }
    }

    @Test func `a strict partner's close must answer what its code asks, and else changes nothing`() async throws {
        try await InstallationBench.with(profile: InstallationProfile(isStrict: true)) { bench in
            let id = try await bench.givenJobOnSite()

            let error = try await bench.post("closeJob", close("SP", answers: [light])).error

            #expect(error?.code == -32602)
            #expect(error?.pointers == ["/params/questions_answers", "/params/questions_answers"])
            #expect(try await bench.job(id).stateName == "on-site")
        }
    }

    @Test func `what was answered earlier in the day counts`() async throws {
        try await InstallationBench.with(profile: InstallationProfile(isStrict: true)) { bench in
            try await bench.givenJobOnSite()
            let progress = NotifyJob(header: header, news: .progress, answers: [present, light])
            #expect(try await bench.post("notifyJob", progress.bytes(id: 40)) == .ok("{}"))

            #expect(try await bench.post("closeJob", close("SP", answers: [level])) == .ok("{}"))
        }
    }

    @Test(arguments: [
        (answer("1100", "Is the light on the ONT green", "Yes"), "/params/questions_answers/0/question"),
        (answer("1100", "Is the light on the ONT green?", "Perhaps"), "/params/questions_answers/0/answer"),
        (answer("9999", "Is it raining?", "Yes"), "/params/questions_answers/0/question_code"),
        (answer("1200", "What is the light level at the ONT, in dBm?", "low"), "/params/questions_answers/0/answer"),
        (answer("4000", "At what time was the customer first called?", "25:00"), "/params/questions_answers/0/answer"),
        (answer("4000", "At what time was the customer first called?", "+1:-1"), "/params/questions_answers/0/answer"),
        (answer("3000", "Where was light last seen?", "Upstairs"), "/params/questions_answers/0/answer"),
        (answer("2000", "What made the site unsafe?", ""), "/params/questions_answers/0/answer"),
    ])
    func `an answer that the matrix doesn't have is a problem to the strict, and a warning to others`(
        answer: QuestionAnswer,
        pointer: String
    ) async throws {
        let progress = NotifyJob(header: header, news: .progress, answers: [answer]).bytes(id: 40)
        try await InstallationBench.with(profile: InstallationProfile(isStrict: true)) { bench in
            try await bench.givenJob()
            #expect(try await bench.post("notifyJob", progress).error == .init(code: -32602, pointers: [pointer]))
        }
        try await InstallationBench.with { bench in
            try await bench.givenJob()
            #expect(try await bench.post("notifyJob", progress) == .ok("{}"))
            #expect(try await bench.warnings().filter { $0.hasPrefix(pointer) && $0.hasSuffix("(G-134)") }.count == 1)
        }
    }

    @Test func `a strict partner is forgiven nothing`() async throws {
        try await InstallationBench.with(profile: InstallationProfile(isStrict: true)) { bench in
            try await bench.givenJob()

            let answer = try await bench.post(
                "notifyJob",
                """
                {"id":7,"jsonrpc":"2.0","method":"notifyJob","params":{"weather":"fine",
                 "jobHeader":{"ref":"J701","providerJobId":"P-1","notificationType":"PROGRESS",
                              "eventTime":"2026-01-09T13:00:00+0100"},
                 "questions_answers":[
                  {"question":"Was the end customer present?","question_code":"1000","answer":"Yes",
                   "response_received":"2026-01-09T12:00:00Z","source":"Closure",
                   "files":[{"name":"door.jpg","url":"","object_path":"s3://job-files/door.jpg"}]}]}}
                """
            )

            #expect(
                Set(answer.error?.pointers ?? []) == [
                    "/params/weather", "/params/jobHeader/eventTime", "/params/questions_answers/0/source",
                    "/params/questions_answers/0/files/0/type",
                ]
            )
        }
    }

    @Test func `a secondary code is needed wherever there are any, if the profile says so`() async throws {
        try await InstallationBench.with(profile: InstallationProfile(requiresSecondary: true)) { bench in
            try await bench.givenJobOnSite()

            let error = try await bench.post("closeJob", close("EXTHAZ", answers: [light])).error
            #expect(error == .init(code: -32602, pointers: ["/params/secondaryClosureCode"]))
            #expect(try await bench.post("closeJob", close("HAZ", answers: [light], id: 51)) == .ok("{}"))
        }
    }

    @Test func `another kind of FSAN is well-formed if the profile has it so`() async throws {
        let profile = InstallationProfile(fsan: FSANPattern("^[A-Z]{4}[0-9]{4}$"))
        try await InstallationBench.with(profile: profile) { bench in
            let id = try await bench.givenJobOnSite()
            try await bench.scan("ABCD1234", id: 40)
            #expect(try await bench.job(id).provisioning.results == [])
        }
        try await InstallationBench.with(profile: profile) { bench in
            let id = try await bench.givenJobOnSite()
            try await bench.scan("ALCL0123ABCD", id: 40)
            #expect(try await bench.job(id).provisioning.results.map(\.outcome) == [.incorrectFormat])
        }
    }

    private let header = JobHeader(reference: "J701", providerJobId: "P-1", eventTime: InstallationBench.noon)
    private let present = answer("1000", "Was the end customer present?", "Yes")
    private let light = answer("1100", "Is the light on the ONT green?", "Yes")
    private let level = answer("1200", "What is the light level at the ONT, in dBm?", "-18.5")

    private func close(_ code: String, answers: [QuestionAnswer], id: Int64 = 50) -> [UInt8] {
        CloseJob(
            header: header,
            closing: ClosingReport(code: ClosureCode(code), closedAt: InstallationBench.noon, answers: answers)
        ).bytes(id: id)
    }
}

private func answer(_ code: String, _ question: String, _ answer: String) -> QuestionAnswer {
    QuestionAnswer(
        question: question,
        code: code,
        answer: answer,
        received: InstallationBench.noon,
        source: .closeJob
    )
}

extension InstallationBench {
    fileprivate func scan(_ fsan: String, id: Int64) async throws {
        let header = JobHeader(reference: "J701", providerJobId: "P-1", eventTime: Self.noon)
        let device = ScannedDevice(fsan: fsan, serialNumber: "SN-000001", vendor: .nokia, scannedAt: Self.noon)
        let body = NotifyJob(header: header, news: .ontScanned(device: device)).bytes(id: id)
        #expect(try await post("notifyJob", body).error == nil)
    }

    /// Of the latest message in the log.
    fileprivate func warnings() async throws -> [String] {
        try await exchange.read { try $0.messages(after: 0, limit: 100) }.last?.warnings ?? []
    }
}
