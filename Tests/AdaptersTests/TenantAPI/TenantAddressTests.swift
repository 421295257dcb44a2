import Domain
import Engine
import Foundation
import HTTPTypes
import Storage
import Testing

@testable import Adapters

@Suite struct TenantAddressTests {
    @Test func `an address is found by its UPRN, under all its names`() async throws {
        try await TenantBench.run { bench in
            let answer = try await bench.get("/v1/addresses?uprn=10090600007")

            #expect(answer.status == 200)
            let found = try #require(answer.list.first)
            let identifier = found["identifier"] as? [String: Any]
            #expect(identifier?["id"] as? String == "10090600007")
            let others = identifier?["additionalIdentifiers"] as? [[String: String]]
            #expect(others?.compactMap { $0["type"] } == ["NAD", "DistrictCode", "ROBT"])
            #expect(found["streetNumber"] as? String == "8")
            #expect(found["additionalAttributes"] != nil)
            #expect(answer.headers[.truncated] == nil)
        }
    }

    @Test func `a postcode's houses are found, and filtered`() async throws {
        try await TenantBench.run { bench in
            let one = try await bench.get("/v1/addresses?uprn=10090000007").list[0]
            let postcode = (one["postcode"] as? String ?? "").replacingOccurrences(of: " ", with: "%20")
            let street = (one["streetName"] as? String ?? "").replacingOccurrences(of: " ", with: "%20").uppercased()

            let all = try await bench.get("/v1/addresses?postalCode=\(postcode)")
            let house = try await bench.get("/v1/addresses?postalCode=\(postcode)&streetNumber=8&streetName=\(street)")
            let none = try await bench.get("/v1/addresses?postalCode=\(postcode)&name=Castle")

            #expect(all.list.count >= 9)
            #expect(house.list.compactMap { $0["streetNumber"] as? String } == ["8"])
            #expect(none.status == 200)
            #expect(none.list.isEmpty)
        }
    }

    @Test func `no more than two hundred, and it says so`() async throws {
        try await TenantBench.run(desk: TenantDesk(addresses: 201)) { bench in
            let answer = try await bench.get("/v1/addresses?postalCode=QQ1%201AA")

            #expect(answer.list.count == 200)
            #expect(answer.headers[.truncated] == "true")
        }
    }

    @Test func `just two hundred are all`() async throws {
        try await TenantBench.run(desk: TenantDesk(addresses: 200)) { bench in
            let answer = try await bench.get("/v1/addresses?postalCode=QQ1%201AA")

            #expect(answer.list.count == 200)
            #expect(answer.headers[.truncated] == nil)
        }
    }

    @Test(arguments: [
        ("", ["/postalCode"]), ("postalCode=nowhere&uprn=x", ["/postalCode", "/uprn"]),
        ("uprn=1234567890123&supplier=NOBODY", ["/supplier", "/uprn"]), ("uprn=0", ["/uprn"]),
        ("uprn=1&uprn=2", ["/uprn"]),
    ])
    func `a broken query names everything that is wrong`(query: String, pointers: [String]) async throws {
        try await TenantBench.run { bench in
            let answer = try await bench.get("/v1/addresses?\(query)")

            #expect(answer.status == 422)
            #expect(answer.pointers == pointers)
        }
    }

    @Test(arguments: [(Unanswered.timedOut, 504), (.failed(reason: "down"), 502), (.notOffered, 501)])
    func `a source that does not answer is reported`(failure: Unanswered, status: Int) async throws {
        try await TenantBench.run(desk: TenantDesk(failure: failure)) { bench in
            let answer = try await bench.get("/v1/addresses?uprn=10090000007")

            #expect(answer.status == status)
        }
    }

    @Test func `a lookup teaches the crosswalk, which completes what goes to suppliers`() async throws {
        try await TenantBench.run { bench in
            _ = try await bench.get("/v1/addresses?uprn=10090000001")
            _ = try await bench.get("/v1/addresses?uprn=10090000001")
            #expect(try await bench.census(.addressIdentity) == ["known": 1])

            let held = try await bench.post("/v1/appointments", TenantSample.appointment())

            let reservation = try await bench.exchange.read { try $0.find(ID<Reservation>(Int64(held.id))) }
            #expect(reservation?.request.address.id(of: "DistrictCode") == "PB")
            #expect(reservation?.request.address.identifier == .init(id: "10090000001", type: "UPRN"))
        }
    }

    @Test func `an order by UPRN alone goes to its supplier under every name that is known`() async throws {
        try await TenantBench.run { bench in
            _ = try await bench.get("/v1/addresses?uprn=10090000001")

            let order = try await bench.post("/v1/service-orders", TenantSample.order())

            let row = try #require(try await bench.outbox(.serviceOrder, order.id).first)
            #expect(Self.identifiers(try #require(row.sent["address"])) == Self.allNames)
        }
    }

    @Test func `each end of a circuit goes to its supplier under every name that is known`() async throws {
        try await TenantBench.run { bench in
            _ = try await bench.get("/v1/addresses?uprn=10090000001")

            let order = try await bench.orderCircuit(["A-END", "B-END"])

            let row = try #require(try await bench.outbox(.serviceOrder, order.id).first)
            let sites = try #require(row.sent["siteInformation"] as? [[String: Any]])
            #expect(try sites.map { Self.identifiers(try #require($0["address"])) } == [Self.allNames, Self.allNames])
        }
    }

    @Test func `a problem's address is completed as well`() async throws {
        try await TenantBench.run { bench in
            _ = try await bench.get("/v1/addresses?uprn=10090000001")

            let raised = try await bench.post(
                "/v1/service-problems",
                TenantSample.problem("PERFORMANCE", #","address":\#(TenantSample.address)"#)
            )

            let problem = try await bench.exchange.read { try $0.find(ID<ServiceProblem>(Int64(raised.id))) }
            #expect(problem?.report.address?.additionalIdentifiers.map(\.type) == ["NAD", "DistrictCode", "ROBT"])
        }
    }

    @Test func `an address that nobody ever looked up goes as it came`() async throws {
        try await TenantBench.run { bench in
            let order = try await bench.post("/v1/service-orders", TenantSample.order())

            let row = try #require(try await bench.outbox(.serviceOrder, order.id).first)
            #expect(Self.identifiers(try #require(row.sent["address"])) == ["UPRN 10090000001"])
        }
    }

    private static let allNames: [String] = {
        let names = Town.samples.address(uprn: 10_090_000_001)?.address
        return ([names?.identifier].compactMap(\.self) + (names?.additionalIdentifiers ?? [])).map {
            "\($0.type) \($0.id)"
        }
    }()

    /// `type id`, the main one first.
    private static func identifiers(_ address: Any) -> [String] {
        guard let address = address as? [String: Any] else { return [] }
        let others = address["additionalIdentifiers"] as? [[String: Any]] ?? []
        return ([address] + others).map { "\($0["type"] ?? "") \($0["id"] ?? "")" }
    }
}

extension OutboxRow {
    /// The body that goes out.
    fileprivate var sent: [String: Any] {
        (try? JSONSerialization.jsonObject(with: Data(content.body))) as? [String: Any] ?? [:]
    }
}

@Suite struct TenantCatalogueTests {
    @Test func `a catalogue says what is sold and which numbers mean what`() async throws {
        try await TenantBench.run { bench in
            let answer = try await bench.get("/v1/suppliers/DUMMY_SUPPLIER/catalogue")

            #expect(answer.status == 200)
            let specification = answer.entries("serviceSpecifications").first
            #expect(specification?["id"] as? String == "ftthl2r")
            let choices = specification?["serviceCharacteristics"] as? [[String: Any]]
            #expect(choices?.first?["name"] as? String == "LINE_PROFILE")
            let levels = answer.entries("enumerations").first { $0["name"] as? String == "CARE_LEVEL" }
            #expect((levels?["values"] as? [[String: Any]])?.first?["index"] as? Int == 0)
            #expect((answer.json["capabilities"] as? [String: Bool])?["quotes"] == true)
        }
    }

    @Test(arguments: ["NOBODY", "OTHERS_SUPPLIER"])
    func `a supplier that is not the tenant's has none`(name: String) async throws {
        try await TenantBench.run { bench in
            let answer = try await bench.get("/v1/suppliers/\(name)/catalogue")

            #expect(answer.status == 404)
        }
    }
}
