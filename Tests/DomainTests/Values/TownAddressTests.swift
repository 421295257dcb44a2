import Testing

@testable import Domain

@Suite struct TownAddressTests {
    private let town = Town.samples

    @Test(arguments: [10_090_000_001, 10_090_012_345, 10_090_999_999, 10_095_000_001, 10_095_100_000] as [Int64])
    func `an address is found again by its postcode`(uprn: Int64) throws {
        let address = try #require(town.address(uprn: uprn))
        let postcode = try #require(Postcode(address.postcode))

        let found = town.addresses(at: postcode)

        #expect(found.contains(address))
        #expect(found.allSatisfy { $0.postcode == address.postcode })
        #expect(found.compactMap(\.address.uprn) == found.compactMap(\.address.uprn).sorted())
    }

    @Test func `a postcode has a few houses`() throws {
        let premises = try #require(town.premises(uprn: 10_090_000_500))
        let postcode = try #require(Postcode(premises.postcode))
        #expect((10...40).contains(town.addresses(at: postcode).count))
    }

    @Test func `every house of a block is in some postcode, once`() throws {
        let block: ClosedRange<Int64> = 10_090_005_000...10_090_005_999
        let postcodes = Set(block.compactMap { town.premises(uprn: $0)?.postcode })

        let found = postcodes.compactMap { Postcode($0) }.flatMap { town.addresses(at: $0) }.compactMap(\.address.uprn)

        #expect(found.filter(block.contains).sorted() == Array(block))
    }

    @Test func `each address has the names of the whole industry, and no other's`() throws {
        let first = try #require(town.address(uprn: 10_090_000_001)).address
        let second = try #require(town.address(uprn: 10_090_000_002)).address

        #expect(first.additionalIdentifiers.map(\.type) == ["NAD", "DistrictCode", "ROBT"])
        #expect(first.id(of: "NAD") != second.id(of: "NAD"))
        #expect(first.id(of: "ROBT") != second.id(of: "ROBT"))
    }

    @Test func `in the farther half an address in twenty has a flag, and every flag occurs`() {
        let flags = (10_090_700_000...10_090_700_999 as ClosedRange<Int64>)
            .compactMap { town.premises(uprn: $0) }.map(town.flags)
        #expect(flags.filter { !$0.isEmpty }.count == 50)
        #expect(Set(flags.joined()) == Set(PropertyFlag.allCases))
        let nearer = (10_090_000_001...10_090_000_999 as ClosedRange<Int64>).compactMap { town.premises(uprn: $0) }
        #expect(nearer.flatMap(town.flags).isEmpty)
    }

    @Test(arguments: ["QQ99 9IO", "ZZ1 1AA", "QQ0 0CK"])
    func `a postcode without houses has none`(text: String) throws {
        let postcode = try #require(Postcode(text))
        #expect(town.addresses(at: postcode).isEmpty)
    }
}

@Suite struct PostcodeTests {
    @Test(arguments: [
        ("qq12ab", "QQ1 2AB"), ("QQ1 2AB", "QQ1 2AB"), ("q1 2ab", "Q1 2AB"), ("QQ1A2BC", "QQ1A 2BC"),
        ("qq12 3 bc", "QQ12 3BC"),
    ])
    func `however it is spaced and cased`(text: String, postcode: String) {
        #expect(Postcode(text)?.description == postcode)
    }

    @Test(arguments: ["", "QQ", "1QQ 2AB", "QQQ1 2AB", "QQ1 AAB", "QQ1 2A1", "QQ123 2AB", "QQ1-2AB", "ÄQ1 2AB"])
    func `what is none`(text: String) {
        #expect(Postcode(text) == nil)
    }
}
