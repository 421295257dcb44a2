import Domain
import Engine
import Foundation
import Storage
import Testing

@testable import Adapters

/// What the operator's answer to a report comes to (G-078, G-132).
@Suite struct DispatcherCourierTests {
    @Test(
        arguments: [
            "{}", "", "{ }", #"{"jsonrpc":"2.0","id":5,"result":{}}"#,
            #"{"id":3,"method":"notifyJob","ref":"J701","content":{},"response":{}}"#,
        ]
    )
    func `every documented acknowledgement is taken`(body: String) {
        #expect(judge(200, body) == .delivered(.workOrder(id: ID(17), input: .reportTaken(sequence: 4))))
    }

    @Test(arguments: [200, 400, 409])
    func `a JSON-RPC error is a refusal, whatever its status`(status: Int) {
        let body = #"{"jsonrpc":"2.0","id":5,"error":{"code":-32003,"message":"no such code"}}"#
        #expect(
            judge(status, body)
                == .refused(
                    .workOrder(
                        id: ID(17),
                        input: .reportRefused(sequence: 4, code: -32003, reason: "-32003: no such code")
                    )
                )
        )
    }

    @Test func `a refusal without words is one as well`() {
        #expect(
            judge(404, "")
                == .refused(
                    .workOrder(
                        id: ID(17),
                        input: .reportRefused(sequence: 4, code: nil, reason: "answered 404 without a reason")
                    )
                )
        )
    }

    @Test func `the operator's own fault passes, and is tried again`() {
        #expect(judge(200, #"{"jsonrpc":"2.0","id":5,"error":{"code":-32603,"message":"oops"}}"#) == .retry)
        #expect(judge(503, "") == .retry)
        #expect(judge(429, "") == .retry)
    }

    @Test func `what is given up is told to its job`() {
        let order = EntityRef(kind: .workOrder, number: 17)
        let told = Message.jobReport(Self.report)
            .givenUp(from: order, because: "x")
        #expect(told == .workOrder(id: ID(17), input: .reportGivenUp(sequence: 4, reason: "x")))
    }

    /// An outcome without its words.
    private enum Judged: Equatable {
        case delivered(Telling?)
        case refused(Telling?)
        case retry
    }

    private static let report = JobReport(sequence: 4, at: InstallationBench.noon, news: .progress)

    private func judge(_ status: Int, _ body: String) -> Judged {
        var warnings: [String] = []
        let response = OutboundResponse(status: status, body: Array(body.utf8))
        let order = EntityRef(kind: .workOrder, number: 17)
        let row = NewOutboxRow(
            recipient: .dispatcher(id: "OPERATOR1"),
            root: order,
            entity: order,
            messageID: "m",
            message: .jobReport(Self.report),
            contentType: "application/json",
            body: [],
            conversation: "c",
            created: InstallationBench.noon
        )
        let parcel = Parcel(
            row: OutboxRow(number: 5, content: row, state: .queued, attempts: 0, firstAttempt: nil, lastError: nil),
            attempt: 1,
            firstAttempt: InstallationBench.noon,
            now: InstallationBench.noon
        )
        return switch DispatcherCourier.judge(.success(response), of: parcel, Self.report, warnings: &warnings) {
        case .delivered(let reply): .delivered(reply)
        case .refused(_, let reply): .refused(reply)
        case .retry, .unreachable, .postponed: .retry
        }
    }
}
