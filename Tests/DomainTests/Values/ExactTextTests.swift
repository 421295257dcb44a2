import Testing

@testable import Domain

/// Identifiers are their bytes.
@Suite struct ExactTextTests {
    /// Pairs that Swift's strings call equal.
    static let equivalent = [("CAF\u{C9}", "CAFE\u{301}"), ("TOKEN", "TO\u{212A}EN"), ("a;b", "a\u{37E}b")]

    @Test(arguments: equivalent)
    func `two canonical forms are two names`(left: String, right: String) {
        #expect(left == right)
        #expect(BuyerID(left) != BuyerID(right))
        #expect(ExactText(left) != ExactText(right))
        #expect(!left.isExactly(right))
        #expect(!["x", left].containsExactly(right))
    }

    @Test(arguments: equivalent)
    func `a set and a dictionary have room for both`(left: String, right: String) {
        #expect(Set([TenantID(left), TenantID(right), TenantID(left)]).count == 2)
        #expect([ExactText(left): 1][ExactText(right)] == nil)
        #expect([ExactText(left): 1][ExactText(left)] == 1)
        #expect((TenantID(left) < TenantID(right)) != (TenantID(right) < TenantID(left)))
    }
}

@Suite struct KeyPartsTests {
    @Test func `parts that hold the separator are joined without ambiguity`() {
        #expect(KeyParts.joined("A", "B/C") != KeyParts.joined("A/B", "C"))
        #expect(KeyParts.joined("A%2FB", "C") != KeyParts.joined("A/B", "C"))
        #expect(KeyParts.joined("S", "A/B", "C") != KeyParts.joined("S", "A", "B/C"))
    }

    @Test func `parts without it are joined as they always were`() {
        #expect(KeyParts.joined("BUYER1", "6f9619ff-8b86") == "BUYER1/6f9619ff-8b86")
        #expect(KeyParts.joined("SUPPLIER", "ORD/7%") == "SUPPLIER/ORD/7%")
    }
}
