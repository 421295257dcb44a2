import Domain
import Engine
import Foundation
import HTTPTypes
import HummingbirdTesting
import Storage
import Testing

@testable import Adapters

@Suite struct WholesaleQuoteTests {
    @Test func `an item that cannot be had does not hide the other's price`() async throws {
        try await SupplyBench.run { bench in
            let answer = try await bench.quote([("ethernet", "1000"), ("carrier-pigeon", "1"), ("ethernet", "20000")])

            #expect(answer.status == 201)
            let items = answer.json["quoteItems"] as? [[String: Any]] ?? []
            #expect(items.map { $0["status"] as? String } == ["APPROVED", "REJECTED", "REJECTED"])
            let prices = items.first?["prices"] as? [[String: String]]
            // Two sites, and 350.00 less a tenth for three years.
            #expect(prices?.map { $0["amount"] } == ["1000.00", "315.00"])
            #expect(items[1]["reasons"] as? [String] == ["There is no product carrier-pigeon."])
        }
    }

    @Test func `the same question is answered alike, under the name it had the first time`() async throws {
        try await SupplyBench.run { bench in
            let first = try await bench.quote([("ethernet", "100")], request: "r-1")
            let again = try await bench.quote([("ethernet", "100")], request: "r-1")
            let other = try await bench.quote([("ethernet", "100")], request: "r-2")

            #expect(first.body == again.body)
            #expect(first.body != other.body)
        }
    }

    @Test func `what cannot be read is refused with every pointer`() async throws {
        try await SupplyBench.run { bench in
            let answer = try await bench.send(.post, "/wholesale/v1/quote", #"{"id":0,"quoteItems":[{"sites":[]}]}"#)

            #expect(answer.status == 400)
            #expect(
                answer.pointers == [
                    "/id", "/quoteItems/0/contractDetails", "/quoteItems/0/id", "/quoteItems/0/service",
                    "/quoteItems/0/sites",
                ]
            )
        }
    }

    @Test func `a quote goes south, and its prices come back with the answer`() async throws {
        try await SupplyBench.run(.live) { bench async throws in
            let native = try await NativeBench(bench)
            let item = QuoteItem(
                number: 1,
                supplier: "DUMMY_SUPPLIER",
                sites: [
                    QuoteSite(name: "A", address: "1 Loom Street", postcode: "QQ1 1AA", role: .aEnd),
                    QuoteSite(name: "B", address: "2 Kiln Lane", postcode: "QQ2 2BB", role: .bEnd),
                ],
                contract: QuoteContract(length: 1, unit: .year, billing: .monthly),
                services: [QuotedService(specification: ServiceSpecification(id: "ftthl2r"), characteristics: [])]
            )
            try await bench.exchange.change(Cause("test", by: "test")) { change in
                let request = QuoteRequest(externalIdentifier: "E-1", items: [item])
                let (quote, effects) = try Quote.ask(ID(1), request, for: "TENANT1", in: "c-1", at: change.now)
                try change.found(quote, effects)
            }

            await native.deliver()

            let quote = try #require(try await bench.exchange.read { try $0.find(ID<Quote>(1)) })
            #expect(quote.status == .approved)
            #expect(quote.items.first?.offer?.prices.last?.amount == Money(pence: 35_000))
            #expect(quote.validUntil == SupplyBench.start + PricedItem.validity)
            await native.shutdown()
        }
    }

    @Test(arguments: [
        #"{"quoteItems":[{"id":1,"status":"APPROVED","supplierQuoteId":"Q","validUntil":"2026-03-05T00:00:00Z","prices":[{"priceType":"ONE_OFF","amount":12.5,"currency":"GBP"}]}]}"#,
        #"{"quoteItems":[{"id":1,"status":"APPROVED","supplierQuoteId":"Q","validUntil":"2026-03-05T00:00:00Z","prices":[{"priceType":"ONE_OFF","amount":"12.5","currency":"EUR"}]}]}"#,
        #"{"quoteItems":[{"id":1,"status":"APPROVED"}]}"#, "nothing", "{}",
    ])
    func `an answer that cannot be read offers nothing`(body: String) {
        let response = OutboundResponse(status: 201, body: Array(body.utf8))

        let answer = NativeAnswer(response, to: .quote)

        #expect(answer.verdict.isUnreadable)
    }
}

@Suite struct WholesaleAddressTests {
    @Test func `gateway and operator agree on an address and on a postcode`() async throws {
        try await SupplyBench.run(.live) { bench async throws in
            let native = try await NativeBench(bench)
            let one = try await native.supplier.addresses(
                AddressesQuestion(asker: native.asker, postcode: nil, uprn: 10_090_000_007)
            )
            let postcode = try #require(one.first.flatMap { Postcode($0.postcode) })
            let all = try await native.supplier.addresses(
                AddressesQuestion(asker: native.asker, postcode: postcode, uprn: nil)
            )
            let nowhere = try await native.supplier.addresses(
                AddressesQuestion(asker: native.asker, postcode: nil, uprn: 7)
            )

            #expect(one.first?.source == "DUMMY_SUPPLIER")
            #expect(all.contains { $0.address == one.first?.address })
            #expect(nowhere.isEmpty)
            await native.shutdown()
        }
    }

    @Test func `neither postcode nor UPRN is a broken question`() async throws {
        try await SupplyBench.run { bench in
            let none = try await bench.send(.get, "/wholesale/v1/addresses")
            let broken = try await bench.send(.get, "/wholesale/v1/addresses?postalCode=x&uprn=y")

            #expect(none.status == 400)
            #expect(none.pointers == ["/postalCode"])
            #expect(broken.pointers == ["/postalCode", "/uprn"])
        }
    }
}

/// The farther half of the town: what its flags are to who orders there.
@Suite struct WholesalePropertyFlagTests {
    @Test(arguments: PropertyFlag.allCases)
    func `a flag is told with the availability, and everything can be ordered all the same`(flag: PropertyFlag)
        async throws
    {
        let town = Town.samples
        let uprn = try #require(
            (10_090_600_000...10_090_600_999 as ClosedRange<Int64>).first { uprn in
                town.premises(uprn: uprn).map { town.flags(of: $0) } == [flag]
            }
        )
        try await SupplyBench.run { bench in
            let address = FormText.encode(#"{"id":"\#(uprn)","type":"UPRN"}"#)
            let answer = try await bench.send(.get, "/wholesale/v1/service-availability?address=\(address)")

            let site = answer.json["siteInformation"] as? [String: Any] ?? [:]
            let remarks = (answer.json["unavailabilityReasons"] as? [[String: String]])?.compactMap { $0["code"] }
            let wanted: [PropertyFlag: (type: String, days: Int, constraints: [String], remarks: [String])] = [
                .cherryPicker: ("STANDARD", 2, [], ["OTHER"]), .dangerousLocation: ("STANDARD", 2, [], ["OTHER"]),
                .longDriveway: ("STANDARD", 2, [], ["OTHER"]),
                .surveyFirst: ("EXTENDED_STANDARD", 10, ["SURVEY_REQUIRED"], []),
                .multiDwelling: ("NON_STANDARD", 2, ["WAYLEAVE_OWNER"], []),
                .sharedDrive: ("EXTENDED_STANDARD", 2, ["WAYLEAVE_SHARED"], []),
            ]
            #expect(site["installationType"] as? String == wanted[flag]?.type)
            #expect(site["installationLeadTime"] as? Int == wanted[flag]?.days)
            #expect(site["constraints"] as? [String] == wanted[flag]?.constraints)
            #expect(remarks == wanted[flag]?.remarks)
            #expect((answer.json["serviceSpecifications"] as? [Any])?.count == 1)
        }
    }

    @Test func `premises that are surveyed first have their first slots after ten working days`() async throws {
        let town = Town.samples
        let uprn = try #require(
            (10_090_600_000...10_090_600_999 as ClosedRange<Int64>).first { uprn in
                town.premises(uprn: uprn).map { town.flags(of: $0) } == [.surveyFirst]
            }
        )
        try await SupplyBench.run { bench in
            let address = #"{"id":"\#(uprn)","type":"UPRN"}"#
            let surveyed = try await bench.slots(address: address)
            let plain = try await bench.slots()
            let tooSoon = try await bench.reserve(address: address)

            #expect(plain.slots.first == "2026-03-04T08:00:00Z")
            #expect(surveyed.slots.first == "2026-03-16T08:00:00Z")
            #expect(tooSoon.status == 422)
        }
    }
}

extension SupplyBench {
    fileprivate func quote(
        _ services: [(product: String, megabits: String)],
        request: String = UUID().uuidString
    ) async throws -> SupplyAnswer {
        let items = services.enumerated().map { index, service in
            """
            {"id":\(index + 1),"sites":[
              {"name":"A","address":"1 Loom Street","postcode":"QQ1 1AA","role":"A-END"},
              {"name":"B","address":"2 Kiln Lane","postcode":"QQ2 2BB","role":"B-END"}],
             "contractDetails":{"contractLength":{"value":36,"unit":"MONTH"},"billingFrequency":"MONTHLY"},
             "service":[{"serviceSpecification":{"id":"\(service.product)"},
               "serviceCharacteristic":[{"name":"BANDWIDTH_MBPS","value":"\(service.megabits)"}]}]}
            """
        }
        let body =
            #"{"tenant":"TENANT1","id":9,"externalIdentifier":"E","quoteItems":[\#(items.joined(separator: ","))]}"#
        return try await send(.post, "/wholesale/v1/quote", body, request: request)
    }
}
