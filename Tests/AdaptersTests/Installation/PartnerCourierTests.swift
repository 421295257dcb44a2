import Domain
import Engine
import Foundation
import Storage
import Testing

@testable import Adapters

/// What a partner's answer to a dispatch comes to (X-29, X-30, G-078, G-132).
@Suite struct PartnerCourierTests {
    @Test(
        arguments: [
            ("{}", nil), ("", nil), ("{ }", nil), (#"{"providerJobId":"P-1"}"#, "P-1"),
            (#"{"jsonrpc":"2.0","id":5,"result":{"providerJobId":"P-1"}}"#, "P-1"),
            (#"{"id":3,"method":"notifyJob","ref":"J701","content":{"providerJobId":"P-1"},"response":{}}"#, "P-1"),
        ] as [(String, String?)]
    )
    func `every documented acknowledgement is taken`(body: String, number: String?) throws {
        let outcome = judge(.jobCreated(placing: 2), 200, body)

        #expect(
            outcome
                == .delivered(
                    .installationJob(id: ID(701), input: .partnerAnswered(providerJobId: number, placing: 2))
                )
        )
    }

    @Test(arguments: [200, 400])
    func `a JSON-RPC error is a refusal, whatever its status`(status: Int) {
        let body = #"{"jsonrpc":"2.0","id":1,"error":{"code":-32002,"message":"no"}}"#

        #expect(
            judge(.jobCreated(placing: 2), status, body)
                == .refused(
                    .installationJob(id: ID(701), input: .partnerDeclined(code: -32002, reason: "no", placing: 2))
                )
        )
        #expect(
            judge(.jobCancelled(reason: .other, placing: 2), status, body)
                == .refused(
                    .installationJob(
                        id: ID(701),
                        input: .cancellationRefused(code: -32002, reason: "no", placing: 2)
                    )
                )
        )
        #expect(judge(.provisioningResult(.init(outcome: .failed, at: .now)), status, body) == .refused(nil))
    }

    @Test func `a cancellation that is acknowledged is over`() {
        #expect(
            judge(.jobCancelled(reason: .other, placing: 2), 200, "{}")
                == .delivered(.installationJob(id: ID(701), input: .cancellationAcknowledged(placing: 2)))
        )
    }

    @Test func `the partner's own fault passes, and is tried again`() {
        let body = #"{"jsonrpc":"2.0","id":1,"error":{"code":-32603,"message":"oops"}}"#

        #expect(judge(.jobCreated(placing: 2), 200, body) == .retry)
        #expect(judge(.jobCreated(placing: 2), 503, "") == .retry)
    }

    @Test func `a refusal without words is a delivery that failed`() {
        #expect(judge(.jobCreated(placing: 2), 404, "") == .refused(nil))
    }

    /// An outcome without its words.
    private enum Judged: Equatable {
        case delivered(Telling?)
        case refused(Telling?)
        case retry
    }

    private func judge(_ message: Message, _ status: Int, _ body: String) -> Judged {
        var warnings: [String] = []
        let response = OutboundResponse(status: status, body: Array(body.utf8))
        return switch PartnerCourier.judge(.success(response), of: parcel(message), warnings: &warnings) {
        case .delivered(let reply): .delivered(reply)
        case .refused(_, let reply): .refused(reply)
        case .retry, .unreachable, .postponed: .retry
        }
    }

    private func parcel(_ message: Message) -> Parcel {
        let job = EntityRef(kind: .installationJob, number: 701)
        let row = NewOutboxRow(
            recipient: .partner(id: "PARTNER1"),
            root: job,
            entity: job,
            messageID: "m",
            message: message,
            contentType: "application/json",
            body: [],
            conversation: "c",
            created: .now
        )
        return Parcel(
            row: OutboxRow(number: 5, content: row, state: .queued, attempts: 0, firstAttempt: nil, lastError: nil),
            attempt: 1,
            firstAttempt: .now,
            now: .now
        )
    }
}
