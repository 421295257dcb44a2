import Adapters
import Domain
import Engine
import FoundationEssentials
import HTTPTypes
import Storage
import Testing

@testable import Sandbox

@Suite(.serialized) struct NetworkDeskTests {
    private static let accepted = #"{"event":"accepted","maintainerFaultReference":"CS0000001","status":"accepted"}"#

    private static func paths(_ events: String...) -> [String] {
        events.map { "/operator/v1/fault-reports/CS0000001/\($0)" }
    }

    @Test func `an accepted ticket is worked through the operator's interface to its resolution`() async throws {
        try await CounterpartsBench.with { bench in
            try await bench.run { counterparts, addresses in
                let answer = try await bench.post(Self.accepted, to: addresses.deskNews, key: "m-1")
                #expect(answer.status == 204)
                try await bench.advance(counterparts, by: 86_400)
                #expect(bench.operatorSide.paths == Self.paths("triage", "start", "resolve"))
            }
        }
    }

    @Test func `the same news twice is one ticket's work`() async throws {
        try await CounterpartsBench.with { bench in
            try await bench.run { counterparts, addresses in
                for _ in 1...2 { _ = try await bench.post(Self.accepted, to: addresses.deskNews, key: "m-1") }
                try await bench.advance(counterparts, by: 86_400)
                #expect(bench.operatorSide.paths == Self.paths("triage", "start", "resolve"))
            }
        }
    }

    @Test
    func `a request that may have arrived before the kill is repeated under its identity, and a conflict is no end`()
        async throws
    {
        try await CounterpartsBench.with { bench in
            try await bench.run { counterparts, addresses in
                _ = try await bench.post(Self.accepted, to: addresses.deskNews, key: "m-1")
                bench.operatorSide.answerNext(.badGateway)
                bench.operatorSide.answerNext(
                    .conflict,
                    #"{"messages":["The ticket is open: triage follows acceptance"]}"#
                )
                try await bench.advance(counterparts, by: 86_400)

                let sent = bench.operatorSide.recorded
                #expect(sent.map(\.path) == Self.paths("triage", "triage", "start", "resolve"))
                #expect(sent[0] == sent[1])
                #expect(sent[1].requestID != sent[2].requestID)
            }
        }
    }

    @Test func `by hand the operator's reason for a refusal is handed on`() async throws {
        try await CounterpartsBench.with { bench in
            try await bench.run { counterparts, addresses in
                try await counterparts.change(to: Behaviour(networkDesk: .manual))
                _ = try await bench.post(Self.accepted, to: addresses.deskNews, key: "m-1")
                bench.operatorSide.answerNext(.conflict, #"{"messages":["only one in progress can be resolved"]}"#)
                await #expect(throws: CounterpartRefusal(.conflict, "only one in progress can be resolved")) {
                    try await counterparts.perform(ticket: "CS0000001", event: "resolve")
                }
                try await counterparts.perform(
                    ticket: "CS0000001",
                    event: "start",
                    body: Array(#"{"reason":"r"}"#.utf8)
                )
                #expect(bench.operatorSide.recorded.last?.body == #"{"reason":"r"}"#)
            }
        }
    }
}
