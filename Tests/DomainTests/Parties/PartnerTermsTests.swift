import Domain
import Testing

@Suite struct PartnerTermsTests {
    @Test(
        arguments: [
            ("QQ1 2AB", true), ("QQ12 2AB", true), ("QZ1 2AB", false), ("AB1 2CD", true), ("AB12 2CD", false),
            ("CD1 2EF", true), ("CD1 3EF", false), ("qq1 2ab", true), (nil, false),
        ] as [(String?, Bool)]
    )
    func `an area, a district and a sector each hold what lies in them`(postcode: String?, isCovered: Bool) {
        let coverage = Coverage(postcodes: ["QQ", "AB1", "CD1 2"])

        #expect(coverage.contains(uprn: nil, postcode: postcode) == isCovered)
    }

    @Test func `addresses count with both ends, and either kind is enough`() {
        let coverage = Coverage(postcodes: ["AB"], addresses: [.init(first: 100, last: 200)])

        #expect([99, 100, 200, 201].map { coverage.contains(uprn: $0, postcode: nil) } == [false, true, true, false])
        #expect(coverage.contains(uprn: 99, postcode: "AB1 1AA"))
    }

    @Test func `a partner without a coverage installs everywhere`() {
        #expect(terms([]).covers(uprn: nil, postcode: nil))
    }

    @Test func `in order the first endpoint is always first; by turns a job keeps its own`() {
        var terms = terms(["a", "b", "c"])
        #expect((1...3).map { terms.endpoints(for: $0).first?.url } == ["a", "a", "a"])

        terms.endpointChoice = .roundRobin

        #expect(terms.endpoints(for: 4).map(\.url) == ["b", "c", "a"])
        #expect(Set((1...3).map { terms.endpoints(for: $0).first?.url }) == ["a", "b", "c"])
    }

    private func terms(_ urls: [String]) -> PartnerTerms {
        PartnerTerms(
            access: MutualTLSTerms(certificateFingerprints: [], sources: []),
            endpoint: urls.first.map { Endpoint(url: $0) },
            alternates: urls.dropFirst().map { Endpoint(url: $0) }
        )
    }
}
