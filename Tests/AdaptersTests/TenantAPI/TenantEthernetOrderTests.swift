import Domain
import Engine
import Foundation
import HTTPTypes
import Storage
import Testing

@testable import Adapters

/// F-014, F-040, G-060, X-44, X-45.
@Suite struct TenantEthernetOrderTests {
    private static let path = "/v1/ethernet/service-orders"

    static func site(_ role: String, _ name: String = "Mill House") -> String {
        """
        {"name":"\(name)","address":{"id":"10090000001","type":"UPRN"},"postcode":"QQ1 2AB","role":"\(role)",\
        "siteCharacteristics":[{"name":"POINT_OF_INTERCONNECT","value":"1G1G"}],\
        "primaryContact":{"name":"Ada Example","phoneNumber":"+44 20 7946 0001"}}
        """
    }

    static func order(_ roles: [String]) -> String {
        """
        {"supplier":"DUMMY_SUPPLIER","supplierQuoteId":"QUO-ETH-5001",\
        "siteInformation":[\(roles.map { site($0) }.joined(separator: ","))],\
        "ethernetOrderItems":[{"service":{"serviceSpecification":{"id":"eth1g"},\
        "serviceCharacteristic":[{"name":"BANDWIDTH","value":"1G"}]},\
        "contractDetails":{"contractLength":{"value":36,"unit":"MONTH"},"billingFrequency":"MONTHLY"},\
        "requestedCompletionDate":"2026-03-09"}]}
        """
    }

    @Test func `a circuit is accepted, stored, and on its way to the supplier in one commit`() async throws {
        try await TenantBench.run { bench async throws in
            let answer = try await bench.orderCircuit(["A-END", "B-END"])
            let read = try await bench.get("\(Self.path)/\(answer.id)")

            #expect(answer.status == 201)
            #expect(answer.headers[.location] == "\(Self.path)/\(answer.id)")
            #expect(read.body == answer.body)
            let sites = ["A-END", "B-END"].map { Self.site($0) }.joined(separator: ",")
            #expect(
                read.body == """
                    {"id":\(answer.id),"status":"RECEIVED_BY_GATEWAY","supplier":"DUMMY_SUPPLIER",\
                    "supplierQuoteId":"QUO-ETH-5001","siteInformation":[\(sites)],\
                    "ethernetOrderItems":[{"service":{"serviceSpecification":{"id":"eth1g"},\
                    "serviceCharacteristic":[{"name":"BANDWIDTH","value":"1G"}]},\
                    "contractDetails":{"contractLength":{"value":36,"unit":"MONTH"},"billingFrequency":"MONTHLY"},\
                    "requestedCompletionDate":"2026-03-09"}],\
                    "created":"2026-03-02T09:00:00Z","updated":"2026-03-02T09:00:00Z","updates":[]}
                    """
            )
            let rows = try await bench.outbox(.serviceOrder, answer.id)
            #expect(rows.map(\.content.message) == [.ethernetOrderPlaced])
        }
    }

    @Test(arguments: [
        ["A-END", "B-END"], ["A-END", "B-END", "B-END"], ["MULTI-POINT", "MULTI-POINT"],
        ["MULTI-POINT", "MULTI-POINT", "MULTI-POINT"],
    ])
    func `sites that make a circuit are taken`(roles: [String]) async throws {
        try await TenantBench.run { bench async throws in
            #expect(try await bench.orderCircuit(roles).status == 201)
        }
    }

    @Test(arguments: [
        ["A-END", "A-END"], ["B-END", "B-END"], ["A-END", "MULTI-POINT"], ["A-END", "A-END", "B-END"],
        ["A-END", "B-END", "MULTI-POINT"], ["A-END"],
    ])
    func `sites that make no circuit are refused`(roles: [String]) async throws {
        try await TenantBench.run { bench async throws in
            let answer = try await bench.post(Self.path, Self.order(roles))

            #expect(answer.status == 400)
            #expect(answer.pointers == ["/siteInformation"])
            #expect(try await bench.census(.serviceOrder).isEmpty)
        }
    }

    @Test func `everything wrong with a circuit is named at once`() async throws {
        try await TenantBench.run { bench async throws in
            let broken = """
                {"supplier":"NOBODY","supplierQuoteId":"","siteInformation":[
                 {"name":"A","role":"END","wayleave":{"wayleaveOwner":"yes"},"primaryContact":{"name":"Ada Example"}},
                 {"postcode":"QQ1 2AB","role":"B-END","primaryContact":\(TenantSample.contact)}],
                 "ethernetOrderItems":[{"service":{},"contractDetails":{"contractLength":{"value":0,"unit":"DAY"}},
                 "requestedCompletionDate":"2026-03-01"}]}
                """

            let answer = try await bench.post(Self.path, broken)

            #expect(answer.status == 400)
            let item = "/ethernetOrderItems/0"
            #expect(
                answer.pointers == [
                    "\(item)/contractDetails/billingFrequency", "\(item)/contractDetails/contractLength/unit",
                    "\(item)/contractDetails/contractLength/value", "\(item)/requestedCompletionDate",
                    "\(item)/service/serviceSpecification", "/siteInformation/0/address",
                    "/siteInformation/0/primaryContact/phoneNumber", "/siteInformation/0/role",
                    "/siteInformation/0/wayleave/wayleaveOwner", "/siteInformation/1/name", "/supplier",
                    "/supplierQuoteId",
                ]
            )
        }
    }

    @Test func `an offer is ordered once; unknown, another's, used or expired, it is refused in the same words`()
        async throws
    {
        try await TenantBench.run { bench async throws in
            let order = Self.order(["A-END", "B-END"])
            let unknown = try await bench.post(Self.path, order)
            #expect(try await bench.orderCircuit(["A-END", "B-END"]).status == 201)
            let used = try await bench.post(Self.path, order)
            let rivals = try await bench.post(Self.path, order, as: "RIVAL")

            for refused in [unknown, used, rivals] {
                #expect(refused.status == 400 && refused.pointers == ["/supplierQuoteId"])
                #expect(refused.json["messages"] as? [String] == unknown.json["messages"] as? [String])
            }
            #expect(try await bench.census(.serviceOrder) == ["RECEIVED_BY_GATEWAY": 1])
        }
    }

    @Test func `an offer that has expired is not ordered`() async throws {
        try await TenantBench.run { bench async throws in
            let asked = try await bench.post("/v1/quote", TenantQuoteTests.body())
            try await bench.offer(asked.id, as: "QUO-ETH-5001")
            bench.clock.move(to: TenantBench.start + 86_400)
            let later = try await bench.withFreshTokens()

            let refused = try await later.post(Self.path, Self.order(["A-END", "B-END"]))

            #expect(refused.status == 400 && refused.pointers == ["/supplierQuoteId"])
        }
    }

    @Test func `a circuit and a line are not read under each other's path`() async throws {
        try await TenantBench.run { bench async throws in
            let circuit = try await bench.orderCircuit(["A-END", "B-END"]).id
            let line = try await bench.post("/v1/service-orders", TenantSample.order()).id

            #expect(try await bench.get("/v1/service-orders/\(circuit)").status == 404)
            #expect(try await bench.get("\(Self.path)/\(line)").status == 404)
            #expect(try await bench.get("\(Self.path)/\(circuit)", as: "RIVAL").status == 404)
        }
    }

    @Test func `updates about a circuit say so`() async throws {
        try await TenantBench.run { bench async throws in
            let circuit = try await bench.orderCircuit(["A-END", "B-END"]).id
            try await bench.exchange.change(Cause("reply", by: "supplier")) { change in
                try change.tell(.serviceOrder(id: ID(Int64(circuit)), input: .supplierAccepted))
            }

            let told = try await bench.updates(ofOrder: circuit)

            #expect(told.map { $0.json["entityType"] as? String } == ["PROVIDE_ETHERNET_ORDER"])
        }
    }

    @Test func `a circuit can be cancelled, and not amended`() async throws {
        try await TenantBench.run { bench async throws in
            let circuit = try await bench.sentCircuit()

            let amended = try await bench.post(
                "/v1/service-order-amendments",
                #"{"orderId":\#(circuit),"notes":"Late"}"#
            )
            let cancelled = try await bench.post(
                "/v1/service-order-cancellations",
                #"{"orderId":\#(circuit),"reasonCode":"NO_LONGER_REQUIRED"}"#
            )

            #expect(amended.status == 400 && amended.pointers == ["/orderId"])
            #expect(cancelled.status == 201)
        }
    }
}

extension TenantBench {
    /// On an offer that was made for it.
    func orderCircuit(_ roles: [String]) async throws -> TenantAnswer {
        let asked = try await post("/v1/quote", TenantQuoteTests.body())
        try await offer(asked.id, as: "QUO-ETH-5001")
        return try await post("/v1/ethernet/service-orders", TenantEthernetOrderTests.order(roles))
    }

    fileprivate func sentCircuit() async throws -> Int {
        let placed = try await orderCircuit(["A-END", "B-END"])
        try await exchange.change(Cause("reply", by: "supplier")) { change in
            try change.tell(.serviceOrder(id: ID(Int64(placed.id)), input: .supplierAccepted))
        }
        return placed.id
    }
}
