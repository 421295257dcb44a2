import FoundationEssentials
import Testing

@testable import Domain

/// What a start says again of a party, and what staff changed since the last one.
@Suite struct PartyConfigurationTests {
    private static let start = Date(timeIntervalSince1970: 1_800_000_000)

    /// As a sandbox has it: its receivers have other ports at each start.
    private static func buyer(_ port: Int) -> BuyerTerms {
        BuyerTerms(
            access: MutualTLSTerms(certificateFingerprints: ["aa"], sources: ["127.0.0.1"]),
            buyerIdentifiers: ["SPDEV1"],
            notifications: Endpoint(url: "https://localhost:\(port)/told")
        )
    }

    private static func partner(_ port: Int) -> PartnerTerms {
        PartnerTerms(
            access: MutualTLSTerms(certificateFingerprints: ["bb"], sources: ["127.0.0.1"]),
            endpoint: Endpoint(url: "https://localhost:\(port)")
        )
    }

    /// A buyer that was configured once, changed by staff, and configured again with another port.
    private static func buyer(changed: (inout BuyerTerms) -> Void) throws -> BuyerTerms? {
        var party = Party(id: ID(1), role: .buyer(id: "B", terms: buyer(1)), at: start)
        party.configure(as: .buyer(id: "B", terms: buyer(1)))
        guard case .buyer(_, var terms) = party.role else { return nil }
        changed(&terms)
        _ = try party.hear(.replaced(role: .buyer(id: "B", terms: terms)), at: start)
        party.configure(as: .buyer(id: "B", terms: buyer(2)))
        guard case .buyer(_, let after) = party.role else { return nil }
        return after
    }

    @Test func `a buyer that staff left alone follows the configuration`() throws {
        #expect(try Self.buyer { _ in } == Self.buyer(2))
    }

    @Test func `a buyer's terms that staff changed stay, and its receiver's new port is taken`() throws {
        let after = try Self.buyer {
            $0.usesEnvelope = true
            $0.buyerIdentifiers = ["SPDEV1", "SPDEV9"]
        }

        var expected = Self.buyer(2)
        expected.usesEnvelope = true
        expected.buyerIdentifiers = ["SPDEV1", "SPDEV9"]
        #expect(after == expected)
    }

    @Test(arguments: ["https://buyer.invalid", nil])
    func `where a buyer listens by staff's word stays, and so does its silence`(url: String?) throws {
        let after = try Self.buyer { $0.notifications = url.map { Endpoint(url: $0) } }

        #expect(after?.notifications?.url == url)
    }

    @Test func `a partner's endpoints and its other terms are kept apart`() throws {
        var party = Party(id: ID(1), role: .partner(id: "P", terms: Self.partner(1)), at: Self.start)
        party.configure(as: .partner(id: "P", terms: Self.partner(1)))
        var terms = Self.partner(1)
        terms.jobsPerDayMax = 4
        _ = try party.hear(.replaced(role: .partner(id: "P", terms: terms)), at: Self.start)
        party.configure(as: .partner(id: "P", terms: Self.partner(2)))
        var expected = Self.partner(2)
        expected.jobsPerDayMax = 4
        #expect(party.role == .partner(id: "P", terms: expected))

        terms.alternates = [Endpoint(url: "https://second.invalid")]
        _ = try party.hear(.replaced(role: .partner(id: "P", terms: terms)), at: Self.start)
        party.configure(as: .partner(id: "P", terms: Self.partner(3)))
        #expect(party.role == .partner(id: "P", terms: terms))
    }

    @Test func `a customer's updates that staff turned elsewhere stay there`() throws {
        func customer(_ url: String?) -> Party.Role {
            .customer(id: "C", terms: CustomerTerms(clients: [], updates: url.map { Endpoint(url: $0) }))
        }
        var party = Party(id: ID(1), role: customer(nil), at: Self.start)
        party.configure(as: customer(nil))
        _ = try party.hear(.replaced(role: customer("https://elsewhere.invalid")), at: Self.start)

        party.configure(as: customer(nil))
        #expect(party.role == customer("https://elsewhere.invalid"))
    }

    @Test
    func
        `a party of a build that did not keep what was configured follows the configuration, and is kept from then on`()
        throws
    {
        var party = Party(id: ID(1), role: .buyer(id: "B", terms: Self.buyer(1)), at: Self.start)

        party.configure(as: .buyer(id: "B", terms: Self.buyer(2)))

        #expect(party.role == .buyer(id: "B", terms: Self.buyer(2)))
        #expect(party.configured == party.role)
    }

    @Test func `a buyer's identifiers are unique among parties, each once`() {
        var terms = Self.buyer(1)
        terms.buyerIdentifiers = ["A", "A", "CAF\u{C9}", "CAFE\u{301}"]
        let party = Party(id: ID(1), role: .buyer(id: "B", terms: terms), at: Self.start)

        let unique = party.lookups.filter { $0.key == "buyerIdentifier" && $0.isUnique }

        #expect(unique.map { Array($0.value.utf8) } == ["A", "CAF\u{C9}", "CAFE\u{301}"].map { Array($0.utf8) })
    }
}
