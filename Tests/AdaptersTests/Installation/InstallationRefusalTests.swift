import Domain
import Foundation
import Testing

@testable import Adapters

/// Each refused precisely, and with no effect (G-132, decision 36).
@Suite struct InstallationRefusalTests {
    @Test func `what is no JSON gets 400 and a parse error`() async throws {
        try await InstallationBench.with { bench in
            let answer = try await bench.post("notifyJob", #"{"id":1,"#)

            #expect(answer.status == 400)
            #expect(answer.error?.code == -32700)
        }
    }

    @Test(arguments: [
        "[]",
        #"[{"id":1,"jsonrpc":"2.0","method":"notifyJob","params":{}}]"#,
        #"{"jsonrpc":"2.0","method":"notifyJob","params":{}}"#,
        #"{"id":"1","jsonrpc":"2.0","method":"notifyJob","params":{}}"#,
        #"{"id":1,"method":"notifyJob","params":{}}"#,
        #"{"id":1,"jsonrpc":"1.0","method":"notifyJob","params":{}}"#,
        #"{"id":1,"jsonrpc":"2.0","method":"closeJob","params":{}}"#,
        #"{"id":1,"jsonrpc":"2.0","params":{}}"#,
    ])
    func `a batch, a broken envelope, or a method that is not the path's is no request`(body: String) async throws {
        try await InstallationBench.with { bench in
            let answer = try await bench.post("notifyJob", body)

            #expect(answer.status == 200)
            #expect(answer.error?.code == -32600)
        }
    }

    @Test(arguments: ["createJob", "cancelJob", "rpc.discover"])
    func `a method that partners cannot call is unknown`(method: String) async throws {
        try await InstallationBench.with { bench in
            let body = #"{"id":1,"jsonrpc":"2.0","method":"\#(method)","params":{}}"#

            let byPath = try await bench.post(method, body).error
            let byBody = try await bench.post(nil, body).error

            #expect(byPath?.code == -32601)
            #expect(byBody?.code == -32601)
        }
    }

    @Test func `every problem of a notifyJob is named at once`() async throws {
        try await InstallationBench.with { bench in
            let answer = try await bench.post(
                "notifyJob",
                """
                {"id":1,"jsonrpc":"2.0","method":"notifyJob","params":{
                 "jobHeader":{"ref":"","notificationType":"ON_SITE","eventTime":"yesterday"},
                 "engineerDetails":{"engineerId":"E1","name":"Sam Sample","phoneNumber":"call me"},
                 "location":{"latitude":91,"longitude":"west","capturedAt":"2026-01-09T12:00:00Z"}}}
                """
            )

            #expect(answer.status == 200)
            #expect(answer.error?.code == -32602)
            #expect(
                Set(answer.error?.pointers ?? []) == [
                    "/params/jobHeader/ref", "/params/jobHeader/providerJobId", "/params/jobHeader/eventTime",
                    "/params/engineerDetails/phoneNumber", "/params/location/latitude", "/params/location/longitude",
                ]
            )
        }
    }

    @Test(arguments: ["CON", "POP"])
    func `CON and POP must say why`(code: String) async throws {
        try await InstallationBench.with { bench in
            try await bench.givenJobOnSite()

            let error = try await bench.post("closeJob", close(code)).error

            #expect(error?.code == -32602)
            #expect(
                error?.pointers == ["/params/secondaryClosureCode", "/params/secondaryClosureDescription"]
            )
        }
    }

    @Test(arguments: [("CON", "CON99"), ("CON", "POP01"), ("SP", "CON01"), ("EXTCON", "EXTCON05")])
    func `a secondary code must be known and belong to its primary`(code: String, secondary: String) async throws {
        try await InstallationBench.with { bench in
            try await bench.givenJobOnSite()

            let error = try await bench.post("closeJob", close(code, secondary: secondary)).error

            #expect(error?.code == -32003)
            #expect(error?.pointers == ["/params/secondaryClosureCode"])
        }
    }

    @Test(arguments: [("CON", "CON03"), ("REVUNF", "REVUNF"), ("EXTASQ", "EXTASQ09")])
    func `a secondary code of the published table is taken`(code: String, secondary: String) async throws {
        try await InstallationBench.with { bench in
            try await bench.givenJobOnSite()

            #expect(try await bench.post("closeJob", close(code, secondary: secondary)) == .ok("{}"))
        }
    }

    @Test func `answers may be missing only where nobody came`() async throws {
        try await InstallationBench.with { bench in
            try await bench.givenJobOnSite()

            let refused = try await bench.post("closeJob", close("HAZ", answers: "[]")).error
            #expect(refused == .init(code: -32602, pointers: ["/params/questions_answers"]))
            #expect(try await bench.post("closeJob", close("NTR", answers: "[]", id: 8)) == .ok("{}"))
        }
    }

    @Test(arguments: ["J999", "J0701", "S701", "701", "j701"])
    func `a job that never was is unknown`(reference: String) async throws {
        try await InstallationBench.with { bench in
            try await bench.givenJob()

            let error = try await bench.post("notifyJob", progress(reference)).error

            #expect(error == .init(code: -32001, pointers: ["/params/jobHeader/ref"]))
        }
    }

    @Test func `another partner's job is as unknown, and stays as it was`() async throws {
        try await InstallationBench.with { bench in
            let id = try await bench.givenJob()

            let error = try await bench.post("notifyJob", progress("J701"), partner: "PARTNER2").error

            #expect(error?.code == -32001)
            #expect(try await bench.job(id).stateName == "created")
        }
    }

    @Test func `an illegal transition is refused with a reason, and changes nothing`() async throws {
        try await InstallationBench.with { bench in
            let id = try await bench.givenJob()

            let answer = try await bench.post("closeJob", close("SP"))

            #expect(answer.status == 200)
            #expect(answer.error?.code == -32002)
            #expect(try await bench.job(id).stateName == "created")
            #expect(try await bench.verdicts().last?.hasPrefix("refused: -32002") == true)
        }
    }

    @Test func `the same id with other content is refused`() async throws {
        try await InstallationBench.with { bench in
            try await bench.givenJob()
            #expect(try await bench.post("notifyJob", progress("J701")) == .ok("{}"))

            let other = progress("J701").replacingOccurrences(of: "12:00:00", with: "12:00:01")
            #expect(try await bench.post("notifyJob", other).error?.code == -32600)
        }
    }

    @Test(arguments: ["", String(repeating: "A", count: 65)])
    func `an FSAN that is missing or too long is a broken message`(fsan: String) async throws {
        try await InstallationBench.with { bench in
            try await bench.givenJobOnSite()

            let error = try await bench.post(
                "notifyJob",
                """
                {"id":9,"jsonrpc":"2.0","method":"notifyJob","params":{
                 "jobHeader":{"ref":"J701","providerJobId":"P-1","notificationType":"ONT_SCANNED",
                              "eventTime":"2026-01-09T12:00:00Z"},
                 "ont":{"fsan":"\(fsan)","serialNumber":"SN-000001","vendor":"NOKIA",
                        "scannedAt":"2026-01-09T12:00:00Z"}}}
                """
            ).error

            #expect(error == .init(code: -32602, pointers: ["/params/ont/fsan"]))
        }
    }

    private func progress(_ reference: String) -> String {
        """
        {"id":3,"jsonrpc":"2.0","method":"notifyJob","params":{
         "jobHeader":{"ref":"\(reference)","providerJobId":"P-1","notificationType":"PROGRESS",
                      "eventTime":"2026-01-09T12:00:00Z"},"questions_answers":[]}}
        """
    }

    private func close(
        _ code: String,
        secondary: String? = nil,
        answers: String = Self.answers,
        id: Int = 7
    ) -> String {
        let extra =
            secondary.map { #""secondaryClosureCode":"\#($0)","secondaryClosureDescription":"as published","# } ?? ""
        return """
            {"id":\(id),"jsonrpc":"2.0","method":"closeJob","params":{
             "jobHeader":{"ref":"J701","providerJobId":"P-1","eventTime":"2026-01-09T12:00:00Z"},
             "closureCode":"\(code)",\(extra)"closedAt":"2026-01-09T13:00:00Z","questions_answers":\(answers)}}
            """
    }

    private static let answers =
        #"[{"question":"Was it safe?","question_code":"1100","answer":"Yes","#
        + #""response_received":"2026-01-09T12:30:00Z","source":"closeJob"}]"#
}
