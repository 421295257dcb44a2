import Domain
import Engine
import Testing

@testable import Adapters

/// What an answer to a message of the Installation API comes to, at either end: literal bytes, statuses and headers.
@Suite struct JobAnswerTests {
    private func judge(
        _ status: Int,
        _ body: String,
        headers: [String: String] = [:],
        about reference: String = "J701"
    ) -> JobAnswer {
        let response = OutboundResponse(status: status, headers: headers, body: Array(body.utf8))
        return JobAnswer(.success(response), to: 5, about: reference)
    }

    @Test(
        arguments: [
            (200, #"{"error":{"code":"-32602"}}"#, -32602, "refused without a reason"),
            (200, #"{"error":"no capacity"}"#, nil, "no capacity"),
            (200, #"{"error":{}}"#, nil, "refused without a reason"),
            (200, #"{"error":{"code":-32000.0,"message":"full"}}"#, -32000, "full"),
            (200, #"{"error":{"code":99999999999999999999}}"#, nil, "code 99999999999999999999"),
            (201, #"{"success":false,"message":"full"}"#, nil, "full"),
            (500, #"{"jsonrpc":"2.0","id":5,"error":{"code":-32002,"message":"no"}}"#, -32002, "no"),
            (400, #"{"error":{"code":-32602,"message":"bad"}}"#, -32602, "bad"),
        ] as [(Int, String, Int?, String)]
    )
    func `a refusal is one in its own words`(status: Int, body: String, code: Int?, reason: String) {
        #expect(judge(status, body).verdict == .refused(code: code, reason: reason))
    }

    @Test func `an answer that names a job in its other canonical form is to another`() {
        let body = #"{"id":5,"ref":"CAF\#u{C9}"}"#

        #expect(judge(200, body, about: "CAF\u{C9}").warnings == [])
        #expect(judge(200, body, about: "CAFE\u{301}").warnings.count == 1)
    }

    @Test(arguments: [200, 400, 404, 500])
    func `their own fault is tried again, whatever the status`(status: Int) {
        let answer = judge(status, #"{"error":{"code":"-32603","message":"oops"}}"#)

        #expect(answer.verdict == .retry(reason: "internal error of the other side: -32603: oops", after: nil))
    }

    @Test(arguments: [
        (200, "<h1>login</h1>", "the answer is an HTML page: login, not an acknowledgement"),
        (
            200, "<!DOCTYPE html><title>Sign in</title>",
            "the answer is an HTML page: Sign in, not an acknowledgement"
        ),
        (200, "[]", "the answer is an array, not an object, not an acknowledgement"),
        (200, "OK", "the answer is no JSON that can be read, not an acknowledgement"),
        (200, #"{"status":"REJECTED"}"#, "the answer has neither result nor error, not an acknowledgement"),
        (503, #"{"error":{"code":-32602,"message":"later"}}"#, "answered 503: later"),
        (429, #"{"error":{"code":-32000,"message":"slowly"}}"#, "answered 429: slowly"),
        (500, #"{"status":500,"error":"Internal Server Error"}"#, "answered 500: Internal Server Error"),
        (500, "", "answered 500 without a reason"),
    ])
    func `what says nothing, or asks for time, is tried again with a reason`(status: Int, body: String, reason: String)
    {
        #expect(judge(status, body).verdict == .retry(reason: reason, after: nil))
    }

    @Test func `a page of a server that refuses is no partner's refusal`() {
        #expect(
            judge(404, #"{"error":"Not Found","path":"/createJob"}"#).verdict
                == .turnedAway(reason: "answered 404: Not Found")
        )
    }

    @Test(
        arguments: [
            ("{}", nil), ("", nil), (#"{"providerJobId":"P-1"}"#, "P-1"), (#"{"providerJobId":42}"#, "42"),
            (#"{"id":5,"result":{"providerJobId":"P-1"}}"#, "P-1"),
            (#"{"id":"5","result":{"providerJobId":"P-1"}}"#, "P-1"),
            (#"{"id":3,"method":"notifyJob","ref":"J701","content":{"providerJobId":"P-1"}}"#, "P-1"),
        ] as [(String, String?)]
    )
    func `an acknowledgement is taken, with the partner's number as text`(body: String, number: String?) {
        let answer = judge(200, body)

        #expect(answer.verdict == .taken(providerJobId: number))
        #expect(answer.warnings == [])
    }

    @Test(arguments: [
        #"{"id":6,"result":{"providerJobId":"P-1"}}"#,
        #"{"id":3,"method":"notifyJob","ref":"J702","content":{"providerJobId":"P-1"}}"#,
    ])
    func `the answer to another message is a warning, and its content is not taken over`(body: String) {
        let answer = judge(200, body)

        #expect(answer.verdict == .taken(providerJobId: nil))
        #expect(answer.warnings.count == 1)
    }

    @Test func `a number that is too long is a warning, and not cut`() {
        let answer = judge(200, #"{"providerJobId":"\#(String(repeating: "9", count: 51))"}"#)

        #expect(answer.verdict == .taken(providerJobId: nil))
        #expect(answer.warnings == ["providerJobId is no text of 1 to 50 characters: not taken over"])
    }

    @Test func `a refusal that comes compressed is one`() {
        let gzip: [UInt8] = [
            31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 13, 200, 65, 10, 128, 32, 16, 5, 208, 171, 196, 95, 91, 136, 81, 139, 185,
            205, 48, 138, 24, 228, 200, 216, 38, 196, 187, 215, 91, 190, 129, 171, 107, 181, 38, 32, 132, 205, 195, 161,
            68, 208, 225, 144, 204, 212, 64, 3, 162, 49, 129, 214, 61, 156, 62, 56, 220, 169, 119, 206, 127, 160, 234,
            34,
            220, 88, 202, 243, 98, 206, 15, 95, 248, 55, 199, 72, 0, 0, 0,
        ]
        let response = OutboundResponse(status: 200, headers: ["Content-Encoding": "gzip"], body: gzip)

        let answer = JobAnswer(.success(response), to: 5, about: "J701")

        #expect(answer.verdict == .refused(code: -32602, reason: "no capacity"))
    }

    @Test func `compression that is damaged is no acknowledgement`() {
        let response = OutboundResponse(status: 200, headers: ["Content-Encoding": "gzip"], body: [0x1F, 0x8B, 8, 0])

        let answer = JobAnswer(.success(response), to: 5, about: "J701")

        #expect(
            answer.verdict
                == .retry(reason: "the answer's compression is damaged, not an acknowledgement", after: nil)
        )
    }

    @Test func `a refusal without a code is the job's all the same`() {
        let answer = judge(200, #"{"error":"no capacity"}"#)

        #expect(
            answer.telling(about: .jobCreated(placing: 2), from: ID(701))
                == .installationJob(
                    id: ID(701),
                    input: .partnerDeclined(code: JobAnswer.noCode, reason: "no capacity", placing: 2)
                )
        )
    }
}
