import Adapters
import Domain
import Engine
import Foundation
import HTTPTypes
import Storage
import Testing

@testable import Sandbox

@Suite(.serialized) struct ObjectorTests {
    @Test func `a buyer of that scenario refuses two resolutions, each once, and takes the third as it is`()
        async throws
    {
        try await CounterpartsBench.with { bench in
            try await bench.run { counterparts, addresses in
                try await counterparts.change(to: Behaviour(scenario: .reopenedTwice))
                try await Self.notify(bench, addresses, "M-1", "accepted")
                for number in 2...4 {
                    try await Self.notify(bench, addresses, "M-\(number)", "resolved")
                    try await Self.notify(bench, addresses, "M-\(number)", "resolved")
                    try await bench.advance(counterparts, by: 86_400)
                }
            }

            let sent = bench.operatorSide.recorded
            #expect(sent.map(\.path) == ["/ticketing/resolveResponse", "/ticketing/resolveResponse"])
            #expect(sent.allSatisfy { $0.body.contains("<resolveAccepted>false</resolveAccepted>") })
            #expect(sent.allSatisfy { $0.body.contains("<buyerFaultReference>B-1</buyerFaultReference>") })
            #expect(Set(sent.map(\.body)).count == 2, "each has a message id of its own")
        }
    }

    @Test func `an objection that may have arrived is sent again under the same message id`() async throws {
        try await CounterpartsBench.with { bench in
            try await bench.run { counterparts, addresses in
                try await counterparts.change(to: Behaviour(scenario: .reopenedTwice))
                bench.operatorSide.answerNext(.badGateway)
                try await Self.notify(bench, addresses, "M-1", "accepted")
                try await Self.notify(bench, addresses, "M-2", "resolved")
                try await bench.advance(counterparts, by: 86_400)
            }

            let sent = bench.operatorSide.recorded
            #expect(sent.count == 2)
            #expect(sent.first == sent.last)
        }
    }

    @Test func `two buyers' tickets are two, however identifier and reference are cut`() {
        #expect(PlayedObjection.ticket("A", "B/C") != PlayedObjection.ticket("A/B", "C"))
    }

    @Test func `in every other scenario nobody objects`() async throws {
        try await CounterpartsBench.with { bench in
            try await bench.run { counterparts, addresses in
                try await Self.notify(bench, addresses, "M-1", "accepted")
                try await counterparts.change(to: Behaviour(scenario: .reopenedTwice))
                try await Self.notify(bench, addresses, "M-2", "resolved")
                try await bench.advance(counterparts, by: 86_400)
            }

            #expect(bench.operatorSide.recorded.isEmpty)
        }
    }

    @Test func `a broken acknowledgement ends in a tag of another name`() async throws {
        try await CounterpartsBench.with { bench in
            try await bench.run { counterparts, addresses in
                try await counterparts.change(to: Behaviour(scenario: .brokenAcknowledgement))

                let answer = try await Self.notify(bench, addresses, "M-1", "accepted")

                let text = String(decoding: answer.body, as: UTF8.self)
                #expect(answer.status == 200)
                #expect(text.contains("<receivedNotifyFaultReportUpdate>"))
                #expect(text.hasSuffix("</receivedRequestFaultReportUpdate>"))
            }
        }
    }

    @discardableResult
    private static func notify(
        _ bench: CounterpartsBench,
        _ addresses: CounterpartAddresses,
        _ messageID: String,
        _ status: String
    ) async throws -> OutboundResponse {
        let body = """
            <?xml version="1.0"?><notifyFaultReportUpdate><apiVersion>1.0</apiVersion>\
            <buyerIdentifier>SPDEV1</buyerIdentifier><messageId>\(messageID)</messageId>\
            <buyerFaultReference>B-1</buyerFaultReference><serviceAffected>S1000001</serviceAffected>\
            <faultDetails><status>\(status)</status></faultDetails></notifyFaultReportUpdate>
            """
        return try await bench.post(body, to: addresses.buyerNotifications)
    }
}
