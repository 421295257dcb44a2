import Domain
import FoundationEssentials
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

    @Test func `a code in its other canonical form is no code of the list`() throws {
        let catalogue = ClosureCatalogue(primaries: [:], secondaries: ["CON": ["KIT": "Kit is missing"]])

        try catalogue.check("KIT", of: ClosureCode("CON"))
        #expect(throws: Rejection.self) { try catalogue.check("\u{212A}IT", of: ClosureCode("CON")) }
    }

    @Test func `a scanned number in its other canonical form is another device's`() {
        func device(_ fsan: String, _ serial: String) -> ScannedDevice {
            ScannedDevice(fsan: fsan, serialNumber: serial, vendor: .nokia, scannedAt: Date(timeIntervalSince1970: 0))
        }

        #expect(device("ALCK", "SK").isSame(as: device("ALCK", "SK")))
        #expect(!device("ALCK", "SK").isSame(as: device("ALC\u{212A}", "SK")))
        #expect(!device("ALCK", "SK").isSame(as: device("ALCK", "S\u{212A}")))
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
