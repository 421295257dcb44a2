import Domain
import Engine
import Foundation
import HTTPTypes
import Storage
import Testing

@testable import Adapters

/// What the operator sends and answers is what the documents say.
@Suite struct SupplierDocumentTests {
    @Test func `every update that the operator sends is valid by the gateway's document`() async throws {
        try await SupplyBench.run { bench async throws in
            let document = try #require(PublishedDocument.named("supplier-updates-api.json"))
            let check = try document.check
            let body = try #require(document.operations.first?.body)
            #expect(try await bench.order(id: 12, key: nil).status == 201)
            #expect(try await bench.cease("S1000002", id: 13).status == 201)
            let modification = #""serviceCharacteristics":[{"name":"LINE_PROFILE","value":"550/75"}]"#
            #expect(try await bench.order("MODIFY", of: "S1000003", id: 14, modification).status == 201)
            #expect(try await bench.test(id: 5).status == 201)
            #expect(try await bench.cancel(order: 12).status == 202)
            try await bench.resolved()
            #expect(try await bench.amend(#""notes":"Ring twice""#).status == 202)
            #expect(try await bench.answer("CS0000001-1", "REJECTED", notes: "Still dark").status == 200)
            #expect(try await bench.cancel(id: 91).status == 202)
            await bench.advance(by: 3 * 24 * 60 * 60)

            let sent = try await bench.updates()

            #expect(
                Set(sent.map(\.headline)).isSuperset(of: ["COMMITTED", "CANCELLED", "COMPLETED", "CONFIRM", "AMENDED"]),
                "\(sent)"
            )
            for update in sent {
                #expect(check.complaints(about: update.body, by: body) == [], "\(update.headline)")
            }
        }
    }

    @Test func `an update about two things, or about none, is not valid`() async throws {
        let document = try #require(PublishedDocument.named("supplier-updates-api.json"))
        let check = try document.check
        let operation = try #require(document.operations.first)
        let (body, good) = (try #require(operation.body), try #require(operation.example))
        let two = good.replacing(#""provideServiceOrder":"#, with: #""serviceTest":{"id":1},"provideServiceOrder":"#)
        let none = good.replacing("provideServiceOrder", with: "somethingElse")

        #expect(two != good && none != good)
        #expect(check.complaints(about: Array(good.utf8), by: body) == [])
        #expect(check.complaints(about: Array(two.utf8), by: body) != [])
        #expect(check.complaints(about: Array(none.utf8), by: body) != [])
    }
}

private struct SentUpdate { let headline: String, body: [UInt8] }

extension SupplyBench {
    fileprivate func cancel(order: Int) async throws -> SupplyAnswer {
        try await send(
            .post,
            "/wholesale/v1/service-order-cancellations",
            #"{"id":90,"orderId":\#(order),"reasonCode":"OTHER"}"#
        )
    }

    /// Everything that waits to be sent to a customer.
    fileprivate func updates() async throws -> [SentUpdate] {
        var found: [SentUpdate] = []
        for kind in [Kind.supplyOrder, .lineTest, .faultReport] {
            for number in 1...9 as ClosedRange<Int64> {
                for row in try await outbox(kind, number) {
                    guard case .supplyUpdate(let update) = row.content.message else { continue }
                    found.append(SentUpdate(headline: update.reason.rawValue, body: row.content.body))
                }
            }
        }
        return found
    }
}
