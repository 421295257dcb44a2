import Domain
import Engine
import Foundation
import HTTPTypes
import Logging
import Storage
import Testing

@testable import Adapters

@Suite struct TenantQuoteTests {
    @Test func `a quote is asked for, and read without prices until there are some`() async throws {
        try await TenantBench.run { bench in
            let answer = try await bench.post("/v1/quote", Self.body())

            #expect(answer.status == 201)
            #expect(answer.json["status"] as? String == "RECEIVED_BY_GATEWAY")
            #expect(answer.headers[.location] == "/v1/quote/\(answer.id)")
            let sent = try await bench.outbox(.quote, answer.id).map(\.content.message)
            #expect(sent == [.quoteRequested(of: "DUMMY_SUPPLIER")])
            #expect(try await bench.get("/v1/quote/\(answer.id)").body == answer.body)
            #expect(try await bench.get("/v1/quote/\(answer.id)", as: "RIVAL").status == 404)
        }
    }

    @Test func `prices are strings of pounds and pence`() async throws {
        try await TenantBench.run { bench in
            let asked = try await bench.post("/v1/quote", Self.body())
            try await bench.offer(asked.id)

            let quote = try await bench.get("/v1/quote/\(asked.id)")

            #expect(quote.json["status"] as? String == "APPROVED")
            let item = try #require(quote.entries("quoteItems").first)
            #expect(item["supplierQuoteId"] as? String == "Q-1")
            let prices = item["prices"] as? [[String: String]]
            #expect(
                prices == [
                    ["priceType": "ONE_OFF", "amount": "1000.00", "currency": "GBP"],
                    ["priceType": "RECURRING", "recurringPeriod": "MONTH", "amount": "0.05", "currency": "GBP"],
                ]
            )
            #expect(quote.json["validUntil"] as? String == "2026-03-03T09:00:00Z")
        }
    }

    @Test func `an answer that cannot be read is asked for again for three days, and then the tenant reads why`()
        async throws
    {
        try await TenantBench.run { bench in
            let asked = try await bench.post("/v1/quote", Self.body())
            let delivery = Delivery(
                exchange: bench.exchange,
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            ) { _ in UnreadableSupplier() }

            while await delivery.step() > 0 {}
            let waiting = try await bench.get("/v1/quote/\(asked.id)")
            for hour in 1...72 {
                bench.clock.move(to: TenantBench.start + TimeInterval(hour * 3_600))
                while await delivery.step() > 0 {}
            }
            let failed = try await bench.withFreshTokens().get("/v1/quote/\(asked.id)")

            #expect(waiting.json["status"] as? String == "RECEIVED_BY_GATEWAY")
            #expect(failed.json["status"] as? String == "FAILED")
            let item = try #require(failed.entries("quoteItems").first)
            let error = try #require(item["error"] as? [String: Any])
            #expect(error["code"] as? String == "SUPPLIER_FAULT")
            #expect((error["messages"] as? [String])?.first?.contains("answered 201") == true, "\(error)")
            #expect(RetryPolicy.lifetime.seconds < Quote.answerWithin, "before the quote's own end")
        }
    }

    @Test func `an offer expires at its second`() async throws {
        try await TenantBench.run { bench in
            let asked = try await bench.post("/v1/quote", Self.body())
            try await bench.offer(asked.id)
            bench.clock.move(to: TenantBench.start + 86_400)
            await bench.fireTimers()

            let quote = try await bench.withFreshTokens().get("/v1/quote/\(asked.id)")

            #expect(quote.json["status"] as? String == "EXPIRED")
        }
    }

    @Test func `an order takes an offer up once; a rival's order never`() async throws {
        try await TenantBench.run { bench in
            let asked = try await bench.post("/v1/quote", Self.body())
            try await bench.offer(asked.id)

            await #expect(throws: Quote.unusable) { try await bench.accept("Q-1", for: "RIVAL") }
            try await bench.accept("Q-1", for: "TENANT1")
            await #expect(throws: Quote.unusable) { try await bench.accept("Q-1", for: "TENANT1") }

            #expect(try await bench.get("/v1/quote/\(asked.id)").json["status"] as? String == "ACCEPTED")
        }
    }

    @Test func `everything that is wrong is named, item by item`() async throws {
        try await TenantBench.run { bench in
            let answer = try await bench.post(
                "/v1/quote",
                """
                {"externalIdentifier":"","quoteItems":[
                  {"id":1,"supplier":"NOBODY","sites":[{"name":"Head office"}],"contractDetails":{},"service":[]},
                  {"id":"two","supplier":"DUMMY_SUPPLIER","sites":[
                     {"name":"A","address":"1 Loom Street","postcode":"nowhere","role":"A-END"},
                     {"name":"B","address":"2 Loom Street","postcode":"QQ1 1AA","role":"Z-END"}],
                   "contractDetails":{"contractLength":{"value":0,"unit":"WEEK"},"billingFrequency":"NEVER"},
                   "service":[{"serviceSpecification":{}}]}]}
                """
            )

            #expect(answer.status == 422)
            #expect(
                answer.pointers == [
                    "/externalIdentifier", "/quoteItems/0/contractDetails/billingFrequency",
                    "/quoteItems/0/contractDetails/contractLength", "/quoteItems/0/service", "/quoteItems/0/sites",
                    "/quoteItems/0/supplier", "/quoteItems/1/contractDetails/billingFrequency",
                    "/quoteItems/1/contractDetails/contractLength/unit",
                    "/quoteItems/1/contractDetails/contractLength/value", "/quoteItems/1/id",
                    "/quoteItems/1/service/0/serviceSpecification/id", "/quoteItems/1/sites/0/postcode",
                    "/quoteItems/1/sites/1/role",
                ]
            )
        }
    }

    @Test func `ends that make no connection are refused`() async throws {
        try await TenantBench.run { bench in
            let answer = try await bench.post("/v1/quote", Self.body(second: "A-END"))

            #expect(answer.status == 422)
            #expect(answer.pointers == ["/quoteItems/0/sites"])
        }
    }

    static func body(second role: String = "B-END") -> String {
        """
        {"externalIdentifier":"TENDER-7","quoteItems":[{"id":1,"supplier":"DUMMY_SUPPLIER","sites":[
          {"name":"Head office","address":"1 Loom Street","postcode":"QQ1 1AA","role":"A-END"},
          {"name":"Mill","address":"2 Kiln Lane","postcode":"QQ2 2BB","role":"\(role)"}],
          "contractDetails":{"contractLength":{"value":36,"unit":"MONTH"},"billingFrequency":"MONTHLY"},
          "service":[{"serviceSpecification":{"id":"ethernet"},
            "serviceCharacteristic":[{"name":"BANDWIDTH_MBPS","value":"1000"}]}]}]}
        """
    }
}

/// Answers a quote with a page.
private struct UnreadableSupplier: Courier {
    func carry(_ parcel: Parcel) async -> Delivered {
        var warnings: [String] = []
        let page = OutboundResponse(status: 201, body: Array("<h1>login</h1>".utf8))
        return Delivered(NativeSupplier.judge(.success(page), to: parcel, warnings: &warnings), status: 201)
    }
}

extension TenantBench {
    func offer(_ id: Int, as name: String = "Q-1") async throws {
        let offer = QuoteOffer(
            supplierQuoteID: name,
            prices: [
                QuotePrice(every: nil, amount: Money(pence: 100_000)),
                QuotePrice(every: .month, amount: Money(pence: 5)),
            ],
            validUntil: Self.start + 86_400
        )
        let answers = [QuoteAnswer.offered(item: 1, offer: offer)]
        try await exchange.tell(
            .quote(id: ID(Int64(id)), input: .supplierAnswered(supplier: "DUMMY_SUPPLIER", answers: answers)),
            Cause("reply", by: "house")
        )
    }

    fileprivate func accept(_ id: String, for tenant: TenantID) async throws {
        _ = try await exchange.change(Cause("test", by: "test")) { change in
            let order = EntityRef(kind: .serviceOrder, number: 1)
            try change.acceptQuote(id, of: "DUMMY_SUPPLIER", for: tenant, by: order)
        }
    }
}
