import Engine
import Testing

@testable import Adapters

@Suite struct OutcomeJudgingTests {
    @Test(arguments: [200, 201, 202, 204, 299])
    func `a success is delivered`(status: Int) {
        #expect(Self.verdict(.success(OutboundResponse(status: status))) == "delivered")
    }

    @Test(arguments: [408, 425, 429, 500, 502, 503, 504, 599])
    func `what may pass is tried again`(status: Int) {
        #expect(Self.verdict(.success(OutboundResponse(status: status))) == "retry")
    }

    @Test(arguments: [301, 400, 401, 403, 404, 409, 410, 413, 422])
    func `what will not pass is refused`(status: Int) {
        #expect(Self.verdict(.success(OutboundResponse(status: status))) == "refused")
    }

    @Test(arguments: [OutboundFailure.Kind.timeout, .refused, .tls, .dns, .tooLarge, .other])
    func `no answer is tried again`(kind: OutboundFailure.Kind) {
        #expect(Self.verdict(.failure(OutboundFailure(kind, "why"))) == "retry")
    }

    @Test func `an address that our rules forbid is not`() {
        #expect(Self.verdict(.failure(OutboundFailure(.forbidden, "why"))) == "refused")
    }

    @Test(arguments: [
        ("7", Duration.seconds(7)), ("0", .seconds(0)), ("999999999", .seconds(86_400)),
        ("Sun, 06 Nov 1994 08:50:07 GMT", .seconds(30)), ("Tue, 01 Mar 1994 00:00:00 GMT", .seconds(0)),
    ])
    func `a wish to be left alone is heard, in either form`(field: String, wait: Duration) {
        let answer = OutboundResponse(
            status: 503,
            headers: ["Retry-After": field, "Date": "Sun, 06 Nov 1994 08:49:37 GMT"]
        )

        #expect(answer.retryAfter == wait)
    }

    @Test(arguments: ["soon", "-1", "Sun, 06 Nov 1994", "Sun, 06 Foo 1994 08:50:07 GMT"])
    func `a wish that cannot be read is none`(field: String) {
        #expect(OutboundResponse(status: 503, headers: ["Retry-After": field]).retryAfter == nil)
    }

    private static func verdict(_ result: Result<OutboundResponse, OutboundFailure>) -> String {
        switch Outcome(judging: result) {
        case .delivered: "delivered"
        case .retry, .unreachable, .postponed: "retry"
        case .refused: "refused"
        }
    }
}
