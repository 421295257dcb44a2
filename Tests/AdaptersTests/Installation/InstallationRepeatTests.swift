import Domain
import Engine
import Foundation
import Storage
import Testing

@testable import Adapters

/// When a JSON-RPC message is the same message again, at both ends (G-133; issue 15, §3.1).
@Suite struct InstallationRepeatTests {
    private static let perConnection = InstallationProfile(acknowledgement: .jsonrpc, numbersPerConnection: true)

    @Test func `the same members in another order, sent again later, are the same message`() async throws {
        try await InstallationBench.with { bench in
            let id = try await bench.givenJob()
            let first = message(#""id":41,"sent":"2026-01-09T12:00:00Z""#)
            let again = message(#""sent":"2026-01-09T12:05:00Z","id":41"#)

            #expect(try await bench.post(nil, first) == .ok("{}"))
            let before = try await bench.job(id)
            #expect(try await bench.post(nil, again) == .ok("{}"))

            #expect(try await bench.job(id).updated == before.updated)
            #expect(try await bench.duplicates() == 1)
        }
    }

    @Test func `an id that was used is refused with the earlier message's name, and alerts`() async throws {
        try await InstallationBench.with { bench in
            let id = try await bench.givenJob()
            #expect(try await bench.post(nil, message(#""id":1"#)) == .ok("{}"))
            bench.clock.move(to: InstallationBench.noon + 60)

            let answer = try await bench.post(nil, message(#""id":1"#, at: "2026-01-09T11:01:00Z"))

            #expect(answer.error == .init(code: -32600, pointers: ["/id"]))
            #expect(answer.body.contains("1 notifyJob J701 was used for another request at 2026-01-09T12:00:00Z."))
            let alerts = try await bench.alerts(about: EntityRef(kind: .installationJob, number: id.number))
            #expect(alerts.count == 1)
            #expect(alerts.first?.contains("idsPerConnection") == true)
            #expect(alerts.first?.contains("1 notifyJob J701") == true)
        }
    }

    @Test func `a partner that starts again at 1 is heard, where its profile says so`() async throws {
        try await InstallationBench.with(profile: Self.perConnection) { bench in
            let id = try await bench.givenJob()
            #expect(try await bench.post(nil, message(#""id":1"#)).error == nil)

            let second = try await bench.post(nil, message(#""id":1"#, at: "2026-01-09T11:01:00Z"))

            #expect(second == .ok(#"{"jsonrpc":"2.0","id":1,"result":{}}"#))
            #expect(try await bench.duplicates() == 0)
            #expect(try await bench.alerts(about: EntityRef(kind: .installationJob, number: id.number)).isEmpty)
        }
    }

    @Test func `its message again, under another id, is a repeat that is answered under that id`() async throws {
        try await InstallationBench.with(profile: Self.perConnection) { bench in
            try await bench.givenJob()
            _ = try await bench.post(nil, message(#""id":5"#))

            let again = try await bench.post(nil, message(#""id":1,"sent":"2026-01-09T12:05:00Z""#))

            #expect(again == .ok(#"{"jsonrpc":"2.0","id":1,"result":{}}"#))
            #expect(try await bench.duplicates() == 1)
        }
    }

    // MARK: At the partner

    @Test func `createJob sent again at another time is the same createJob`() async throws {
        try await PartnerBench.with { bench in
            let first = try await bench.dispatch("createJob", DispatchSample.createJob())
            let later = DispatchSample.createJob().replacing(
                "2026-01-08T12:00:00+00:00",
                with: "2026-01-08T12:05:00+00:00"
            )

            #expect(try await bench.dispatch("createJob", later) == first)
            #expect(first == .ok(#"{"providerJobId":"WO-1"}"#))
        }
    }

    @Test func `an operator's id that was used is refused with the earlier message's name, and alerts`() async throws {
        try await PartnerBench.with { bench in
            let order = try await bench.givenJob()

            let answer = try await bench.dispatch("createJob", DispatchSample.createJob(notes: "Knock"))

            #expect(answer.error == .init(code: -32600, pointers: ["/id"]))
            #expect(answer.body.contains("1 createJob J701 was used for another request at "))
            let journal = try await bench.exchange.read {
                try $0.journal(of: EntityRef(kind: .workOrder, number: order.id.number), limit: 50)
            }
            #expect(journal.contains { $0.cause == "alert message-id-reused" })
        }
    }

    @Test func `an operator that starts again at 1 is heard, where its terms say so`() async throws {
        var terms = DispatcherTerms.sample(acknowledgement: .jsonrpc)
        terms.numbersPerConnection = true
        try await PartnerBench.with(terms: terms) { [terms] bench in
            #expect(terms.numbersPerConnection == true)
            let first = try await bench.dispatch("createJob", DispatchSample.createJob(id: 1))
            let other = try await bench.dispatch("cancelJob", DispatchSample.cancelJob(id: 1))
            let again = try await bench.dispatch("createJob", DispatchSample.createJob(id: 9))

            #expect(first == .ok(#"{"jsonrpc":"2.0","id":1,"result":{"providerJobId":"WO-1"}}"#))
            #expect(other.error == nil)
            #expect(again == .ok(#"{"jsonrpc":"2.0","id":9,"result":{"providerJobId":"WO-1"}}"#))
        }
    }

    private func message(_ head: String, at time: String = "2026-01-09T11:00:00Z") -> String {
        """
        {\(head),"jsonrpc":"2.0","method":"notifyJob","params":{"jobHeader":{"providerJobId":"P-1","ref":"J701",\
        "notificationType":"PROGRESS","eventTime":"\(time)"},"questions_answers":[]}}
        """
    }
}

extension InstallationBench {
    fileprivate func duplicates() async throws -> Int {
        try await exchange.read { try $0.messages(after: 0, limit: 100) }.count { $0.verdict == "duplicate" }
    }

    fileprivate func alerts(about entity: EntityRef) async throws -> [String] {
        try await exchange.read { try $0.journal(of: entity, limit: 50) }
            .filter { $0.cause == "alert message-id-reused" }.compactMap(\.note)
    }
}
