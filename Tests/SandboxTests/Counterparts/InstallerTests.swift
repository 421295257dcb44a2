import Adapters
import Domain
import Engine
import Formats
import FoundationEssentials
import HTTPTypes
import Storage
import Testing

@testable import Sandbox

@Suite(.serialized) struct InstallerTests {
    private static func createJob(_ ref: String, number: Int = 1) -> String {
        """
        {"id":\(number),"sent":"2026-07-07T12:00:00Z","method":"createJob","ref":"\(ref)","content":{
        "jobType":"INSTALL","serviceId":"S2000001","orderReference":"O-1","productName":"ftthl2r",
        "appointment":{"appointmentReservationKey":"K","appointmentDate":"2026-07-14",
        "appointmentStartTime":"08:00","appointmentEndTime":"12:00"},
        "customer":{"name":"A","phoneNumber":"07700900001"},"address":{"uprn":"10090000001"},
        "ont":{"vendor":"NOKIA","supplied":true}},"response":{"expected":"ack"}}
        """
    }

    private static func result(_ number: Int, of ref: String) -> String {
        """
        {"id":\(10 + number),"sent":"2026-07-14T08:00:00Z","method":"notifyJob","ref":"\(ref)","content":{},
        "response":{"id":\(number),"success":true,"details":""}}
        """
    }

    private static func error(in answer: OutboundResponse) throws -> RPCError {
        let root = try JSONDocument(parsing: answer.body).root
        return try #require(root["error"].flatMap { RPCError($0) })
    }

    @Test func `a job pack is acknowledged with a number, and its day is told over mutual TLS`() async throws {
        try await CounterpartsBench.with { bench in
            try await bench.run { counterparts, addresses in
                let answer = try await bench.post(Self.createJob("J101"), to: addresses.installer + "/createJob")
                #expect(answer.status == 200)
                #expect(String(decoding: answer.body, as: UTF8.self) == #"{"providerJobId":"INST-1"}"#)

                try await bench.advance(counterparts, by: 8 * 86_400)
                #expect(bench.operatorSide.types == ["ENGINEER_ASSIGNED", "EN_ROUTE", "ON_SITE", "ONT_SCANNED"])

                for number in 1...2 {
                    _ = try await bench.post(Self.result(number, of: "J101"), to: addresses.installer + "/notifyJob")
                }
                try await bench.advance(counterparts, by: 0)
                #expect(bench.operatorSide.paths.last == "/installation/closeJob")
                #expect(bench.operatorSide.numbers == [1, 2, 3, 4, 5])
                #expect(try await counterparts.nextDue() == nil)
            }
        }
    }

    @Test func `the same job pack again is the same answer, and one visit`() async throws {
        try await CounterpartsBench.with { bench in
            try await bench.run { counterparts, addresses in
                let first = try await bench.post(Self.createJob("J101"), to: addresses.installer + "/createJob")
                let again = try await bench.post(Self.createJob("J101"), to: addresses.installer + "/createJob")
                #expect(first.body == again.body)

                let inbox = try await counterparts.messages(party: .installer, after: 0, limit: 10)
                #expect(
                    inbox.map(\.verdict) == [
                        #"{"status":200,"duplicate":false,"problems":["/content/s3 is missing (G-128)","#
                            + #""/content/address/postcode is missing (G-128)"]}"#,
                        #"{"status":200,"duplicate":true,"problems":[]}"#,
                    ]
                )
                try await bench.advance(counterparts, by: 8 * 86_400)
                #expect(bench.operatorSide.types == ["ENGINEER_ASSIGNED", "EN_ROUTE", "ON_SITE", "ONT_SCANNED"])
            }
        }
    }

    @Test func `a message whose answer was lost is sent again, the same to the byte`() async throws {
        try await CounterpartsBench.with { bench in
            try await bench.run { counterparts, addresses in
                _ = try await bench.post(Self.createJob("J101"), to: addresses.installer + "/createJob")
                bench.operatorSide.answerNext(.serviceUnavailable)
                try await bench.advance(counterparts, by: 6.5 * 86_400)
                let sent = bench.operatorSide.recorded
                #expect(sent.count == 2)
                #expect(sent.first == sent.last)
            }
        }
    }

    @Test func `a new life goes on where a kill ended the last, and tells nothing twice`() async throws {
        try await CounterpartsBench.with { bench in
            try await bench.run { counterparts, addresses in
                _ = try await bench.post(Self.createJob("J101"), to: addresses.installer + "/createJob")
                try await bench.advance(counterparts, by: 6.8 * 86_400)
                #expect(bench.operatorSide.types == ["ENGINEER_ASSIGNED", "EN_ROUTE", "ON_SITE"])
                // Killed with a message decided and written down, and not sent.
                _ = try await counterparts.installer.book.change(ID<WorkOrder>(1), of: nil, Cause("t", by: "t")) {
                    try $0.play(.scan, VisitWords(), at: $1)
                }
            }
            try await bench.run { counterparts, _ in
                let due = try await counterparts.dueCount()
                #expect(due == 1, "the message; the engineer's own scan is for later")
                while await counterparts.step() > 0 {}
                #expect(bench.operatorSide.types == ["ENGINEER_ASSIGNED", "EN_ROUTE", "ON_SITE", "ONT_SCANNED"])
                #expect(bench.operatorSide.numbers == [1, 2, 3, 4])
            }
        }
    }

    @Test func `by hand the acknowledgement is empty, nothing moves, and a refusal is handed on`() async throws {
        try await CounterpartsBench.with { bench in
            try await bench.run { counterparts, addresses in
                try await counterparts.change(to: Behaviour(installer: .manual))
                let answer = try await bench.post(Self.createJob("J101"), to: addresses.installer + "/createJob")
                #expect(String(decoding: answer.body, as: UTF8.self) == "{}")
                #expect(try await counterparts.nextDue() == nil)

                try await counterparts.perform(job: "J101", event: "assign")
                bench.operatorSide.answerNext(
                    .ok,
                    #"{"jsonrpc":"2.0","id":2,"error":{"code":-32002,"message":"Not on site yet"}}"#
                )
                await #expect(throws: CounterpartRefusal(.conflict, "-32002: Not on site yet")) {
                    try await counterparts.perform(job: "J101", event: "scan")
                }
                try await counterparts.perform(job: "J101", event: "close", body: Array(#"{"closureCode":"NTR"}"#.utf8))
                #expect(bench.operatorSide.recorded.last?.body.contains(#""closureCode":"NTR""#) == true)
            }
        }
    }

    @Test func `a job that nobody has sent cannot be played`() async throws {
        try await CounterpartsBench.with { bench in
            try await bench.run { counterparts, _ in
                _ = await #expect(throws: CounterpartRefusal(.notFound, "The installer has no job J9.")) {
                    try await counterparts.perform(job: "J9", event: "assign")
                }
            }
        }
    }

    @Test func `the behaviour survives the process, and the scenario is for jobs to come`() async throws {
        try await CounterpartsBench.with { bench in
            try await bench.run { counterparts, _ in
                try await counterparts.change(to: Behaviour(networkDesk: .manual, scenario: .declined))
            }
            try await bench.run { counterparts, addresses in
                #expect(try await counterparts.behaviour() == Behaviour(networkDesk: .manual, scenario: .declined))
                let answer = try await bench.post(Self.createJob("J102"), to: addresses.installer + "/createJob")
                let error = try Self.error(in: answer)
                #expect(error.code == -32000)
            }
        }
    }

    @Test func `what is no message is refused with JSON-RPC's own codes`() async throws {
        try await CounterpartsBench.with { bench in
            try await bench.run { _, addresses in
                let broken = try await bench.post("{", to: addresses.installer + "/createJob")
                #expect(broken.status == 400)
                let other = try await bench.post(Self.createJob("J1"), to: addresses.installer + "/cancelJob")
                let error = try Self.error(in: other)
                #expect(error.code == RPCError.invalidRequest)
            }
        }
    }
}

extension RecordingOperator {
    private var parsed: [JSONValue] { recorded.compactMap { try? JSONDocument(parsing: $0.body).root } }

    var numbers: [Int64] { parsed.compactMap { $0["id"]?.integer } }
    var types: [String] { parsed.compactMap { $0["params"]?["jobHeader"]?["notificationType"]?.string } }
}
