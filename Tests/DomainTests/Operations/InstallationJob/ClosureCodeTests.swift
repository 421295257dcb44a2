import Domain
import Testing

@Suite struct ClosureCodeTests {
    @Test(arguments: ["NA", "RNA", "RNA/NA"])
    func `RNA and NA are one code, written NA`(raw: String) {
        let code = ClosureCode(raw)

        #expect(code.meaning == .noAccess)
        #expect(code.canonical == "NA")
        #expect(code.raw == raw)
    }

    @Test func `an unknown code is another reason, and stays as it came`() {
        let code = ClosureCode("ZZZ")

        #expect(code.meaning == .other)
        #expect(code.canonical == "ZZZ")
        #expect(code.family == .other)
    }

    @Test func `the published list has 34 codes in four families`() {
        let known = ClosureCode.Meaning.allCases.filter { $0 != .other }.map { ClosureCode($0.rawValue).family }

        #expect(known.count == 34)
        #expect(known.filter { $0 == .base }.count == 14)
        #expect(known.filter { $0 == .revisit }.count == 10)
        #expect(known.filter { $0 == .external }.count == 5)
        #expect(known.filter { $0 == .civils }.count == 5)
    }

    @Test func `a secondary code must be known and belong to its primary`() throws {
        let catalogue = ClosureCatalogue(
            primaries: [:],
            secondaries: ["CON": ["CON03": "D Pole"], "POP": ["POP01": ""]]
        )

        try catalogue.check("CON03", of: ClosureCode("CON"))
        let unknown = #expect(throws: Rejection.self) { try catalogue.check("CON99", of: ClosureCode("CON")) }
        let mismatched = #expect(throws: Rejection.self) { try catalogue.check("POP01", of: ClosureCode("CON")) }

        #expect(unknown?.code == .closureCodeMismatch)
        #expect(mismatched?.code == .closureCodeMismatch)
    }
}
