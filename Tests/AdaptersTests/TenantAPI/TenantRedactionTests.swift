import Domain
import Engine
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Storage
import Testing

@testable import Adapters

/// A subscriber's data is taken out of what is kept, and what is left still says what happened.
@Suite struct TenantRedactionTests {
    @Test func `after a redaction no name is left in the log or in what was sent`() async throws {
        try await TenantBench.run { bench in
            let order = try await bench.finishedOrder()
            let before = try await bench.kept(of: order)

            let answer = try await bench.redact(#"{"kind":"serviceOrder","id":\#(order)}"#)

            let after = try await bench.kept(of: order)
            #expect(before.contains("Ada Example"))
            #expect(answer.status == 200)
            #expect(answer.json["parcels"] as? Int == 4)
            #expect((answer.json["messages"] as? Int ?? 0) >= 4)
            #expect(!after.contains("Ada Example") && !after.contains("7946"))
        }
    }

    @Test func `a redacted update still says which it was, and is not sent once more`() async throws {
        try await TenantBench.run { bench in
            let order = try await bench.finishedOrder()
            let whole = try #require(try await bench.get("/v1/kcis?limit=1").kcis.first)
            _ = try await bench.redact(#"{"kind":"serviceOrder","id":\#(order)}"#)

            let left = try #require(try await bench.get("/v1/kcis?limit=1").kcis.first)
            let id = try #require(left["id"] as? String)
            let again = try await bench.post("/v1/kcis/\(id)/redeliver", "")

            for key in ["id", "supplier", "entityType", "updateType", "deliveredOn"] {
                #expect(left[key] as? String == whole[key] as? String)
            }
            #expect(left["sequenceNumber"] as? Int == 1)
            #expect((left["entity"] as? [String: Any])?.keys.sorted() == ["id"])
            #expect(left["redacted"] as? Bool == true)
            #expect(again.status == 422)
        }
    }

    @Test func `while something is still to be delivered nothing is taken out`() async throws {
        try await TenantBench.run { bench in
            let order = try await bench.committedOrder()

            let answer = try await bench.redact(#"{"kind":"serviceOrder","id":\#(order)}"#)

            #expect(answer.status == 409)
            #expect(try await bench.kept(of: order).contains("Ada Example"))
        }
    }

    @Test func `who did it, and when, is in the journal`() async throws {
        try await TenantBench.run { bench in
            let order = try await bench.finishedOrder()
            _ = try await bench.redact(#"{"kind":"serviceOrder","id":\#(order)}"#)

            let journal = try await bench.exchange.read {
                try $0.journal(of: EntityRef(kind: .serviceOrder, number: Int64(order)), limit: 100)
            }

            #expect(journal.last?.cause == "Redact")
            #expect(journal.last?.by == "operator/desk")
        }
    }

    @Test func `what is asked for wrongly is named, and what is not there is not there`() async throws {
        try await TenantBench.run { bench in
            let wrong = try await bench.redact(#"{"kind":"party","id":0,"x":1}"#)
            let absent = try await bench.redact(#"{"kind":"serviceOrder","id":999999}"#)

            #expect(wrong.status == 400)
            #expect(wrong.pointers == ["/id", "/kind", "/x"])
            #expect(absent.status == 404)
        }
    }
}

extension TenantBench {
    /// An order of which everything was delivered.
    fileprivate func finishedOrder() async throws -> Int {
        let order = try await committedOrder()
        try await deliver(PlayedLine(statuses: []), elsewhere: .delivered())
        return order
    }

    /// All that is kept of the messages about an order, as text.
    fileprivate func kept(of order: Int) async throws -> String {
        let entity = EntityRef(kind: .serviceOrder, number: Int64(order))
        return try await exchange.read { transaction in
            let parcels = try transaction.parcels(of: entity, limit: 100)
            let messages = try transaction.messages(after: 0, limit: 1_000).filter { $0.entity == entity }
            let bodies = parcels.map(\.content.body) + messages.flatMap { [$0.requestBody, $0.responseBody] }
            return bodies.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "\n")
                + parcels.map { "\($0.content.message)" }.joined()
        }
    }

    fileprivate func redact(_ body: String) async throws -> TenantAnswer {
        let router = Router(context: BasicRequestContext.self)
        Redactions(exchange: exchange, emptied: KCIRedaction.emptied)
            .add(to: router.group("operator/v1")) { _ in "operator/desk" }
        return try await Application(router: router).test(.router) { client in
            try await client.execute(
                uri: "/operator/v1/redactions",
                method: .post,
                headers: [.contentType: "application/json"],
                body: ByteBuffer(string: body)
            ) { TenantAnswer(status: $0.status.code, headers: $0.headers, body: String(buffer: $0.body)) }
        }
    }
}
