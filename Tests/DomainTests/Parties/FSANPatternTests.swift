import Domain
import Testing

@Suite struct FSANPatternTests {
    @Test(arguments: ["ALCL0123ABCD", "CXNK00000000"])
    func `the published pattern takes four letters and eight hexadecimal digits`(fsan: String) {
        #expect(FSANPattern.published.matches(fsan))
    }

    @Test(arguments: [
        "", "ALCL0123ABC", "ALCL0123ABCDE", "alcl0123ABCD", "ALCL0123abcd", "ALCL0123ABCG", " ALCL0123ABC",
    ])
    func `and nothing else`(fsan: String) {
        #expect(!FSANPattern.published.matches(fsan))
    }

    @Test(arguments: ["^[A-Z]{4}[0-9A-F]{8}$", "[A-Z]{4}[0-9A-F]{8}"])
    func `it can be written with or without its ends`(text: String) throws {
        let pattern = try #require(FSANPattern(text))

        #expect(pattern.matches("ALCL0123ABCD"))
        #expect(!pattern.matches("ALCL0123ABCDE"))
    }

    @Test func `characters stand for themselves`() throws {
        let pattern = try #require(FSANPattern("^HWTC-[0-9]{2}$"))

        #expect(pattern.matches("HWTC-42"))
        #expect(!pattern.matches("HWTCX42"))
    }

    @Test(arguments: [
        "", "^$", "[A-Z", "[]{4}", "[Z-A]{4}", "[A-Z]{0}", "[A-Z]{65}", "[A-Z]{4", "[A-Z]{1,4}", "[A-Z]+", ".*", "(a)",
        "\\d{4}", "[^A]{2}",
    ])
    func `what could take long or is none is no pattern`(text: String) {
        #expect(FSANPattern(text) == nil)
    }
}
