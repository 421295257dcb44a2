import Domain
import Foundation
import Testing

@testable import Adapters

/// The tables are data, and are looked through at the start (I-020 … I-024, G-134).
@Suite struct InstallationDataTests {
    @Test func `the tables in the program are whole`() throws {
        let data = try InstallationData()

        #expect(data.closureCodes.primaries.count == 34)
        #expect(data.closureCodes.secondaries.values.map(\.count).reduce(0, +) == 80)
        #expect(data.propertyFlags.count == 6)
        #expect(data.provisioning.count == 7)
        #expect(data.dates.count == InstallationData.File.allCases.count)
    }

    @Test func `every published code has its meaning, and every meaning but other its code`() throws {
        let codes = Set(try InstallationData().closureCodes.primaries.keys)

        #expect(codes == Set(ClosureCode.Meaning.allCases.filter { $0 != .other }.map(\.rawValue)))
    }

    @Test func `a question, its text and its choice are told apart by their bytes`() {
        let question = QuestionMatrix.Question(
            code: "K1",
            text: "Caf\u{E9}?",
            answerType: .choice(choices: ["OK"])
        )
        let matrix = QuestionMatrix(
            questions: [question],
            rules: [.init(closureCode: "SP", secondary: nil, required: ["K1"])]
        )
        func answer(_ code: String, _ text: String, _ choice: String) -> QuestionAnswer {
            QuestionAnswer(
                question: text,
                code: code,
                answer: choice,
                received: InstallationBench.noon,
                source: .closeJob
            )
        }

        #expect(matrix.complaint(about: answer("K1", "Caf\u{E9}?", "OK")) == nil)
        #expect(matrix.complaint(about: answer("\u{212A}1", "Caf\u{E9}?", "OK"))?.key == "question_code")
        #expect(matrix.complaint(about: answer("K1", "Cafe\u{301}?", "OK"))?.key == "question")
        #expect(matrix.complaint(about: answer("K1", "Caf\u{E9}?", "O\u{212A}"))?.key == "answer")
        let open = matrix.open(after: [answer("\u{212A}1", "", "")], code: ClosureCode("SP"), secondary: nil)
        #expect(open == [question])
    }

    @Test func `every question is asked of something, or may be`() throws {
        let matrix = try InstallationData().questions
        let asked = Set(matrix.rules.flatMap(\.required).map { ExactText($0) })

        #expect(matrix.questions.count == 16)
        #expect(Set(matrix.questions.keys).subtracting(asked) == ["1300", "1400"])
    }

    @Test(arguments: Spoilt.all)
    func `an inconsistency is named at the start, with its file and place`(spoilt: Spoilt) throws {
        let broken = #expect(throws: BrokenInstallationData.self) {
            try InstallationData(replacing: [spoilt.file: spoilt.bytes])
        }

        #expect(
            broken?.all.contains { $0.hasPrefix("\(spoilt.file.rawValue) \(spoilt.finding)") } == true,
            "\(broken as Any)"
        )
    }

    @Test func `all that is wrong is named, in all files`() throws {
        let broken = #expect(throws: BrokenInstallationData.self) {
            try InstallationData(replacing: [
                .texts: Array(#"{"asOf":"2026-01-01"}"#.utf8), .closureCodes: Array("{".utf8),
            ])
        }

        #expect(broken?.all.count == 3)
    }

    @Test func `a folder's tables stand in for those in the program`() throws {
        try withFolder { folder in
            try Self.tiny.write(toFile: folder + "/question-matrix.json", atomically: true, encoding: .utf8)

            let data = try InstallationData(folder: folder)

            #expect(data.questions.questions.keys.sorted() == ["7"])
            #expect(data.dates[.questionMatrix] == "2027-01-01")
            #expect(data.closureCodes == (try InstallationData().closureCodes))
        }
    }

    @Test func `a folder without tables, or with one under another name, is refused`() throws {
        try withFolder { folder in
            #expect(throws: BrokenInstallationData.self) { try InstallationData(folder: folder) }
            try Self.tiny.write(toFile: folder + "/question-matrix.json", atomically: true, encoding: .utf8)
            try Self.tiny.write(toFile: folder + "/closure_codes.json", atomically: true, encoding: .utf8)

            let broken = #expect(throws: BrokenInstallationData.self) { try InstallationData(folder: folder) }

            #expect(broken?.all.first?.contains("closure_codes.json") == true)
        }
    }

    private static let tiny = """
        {"asOf":"2027-01-01","questions":[{"code":"7","text":"Is it on?","answerType":"YESNO"}],
         "rules":[{"closureCode":"SP","required":["7"]}]}
        """

    private func withFolder(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "patchbay-tables-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder)
    }
}

/// A table of the program with one thing changed, and how that is complained of.
struct Spoilt: Sendable, CustomTestStringConvertible {
    let file: InstallationData.File
    let from: String
    let to: String
    let finding: String

    var testDescription: String { "\(file.rawValue): \(finding)" }

    var bytes: [UInt8] {
        Array(String(decoding: file.embedded, as: UTF8.self).replacing(from, with: to, maxReplacements: 1).utf8)
    }

    private init(_ file: InstallationData.File, _ from: String, _ to: String, _ finding: String) {
        self.file = file
        self.from = from
        self.to = to
        self.finding = finding
    }

    static let all = [
        Spoilt(.closureCodes, "{", "[", ": line 2"),
        Spoilt(.closureCodes, "2026-11-22", "last year", "/asOf: must be a date"),
        Spoilt(.closureCodes, #""PSP": "#, #""SP": "#, "/primary/SP: line"),
        Spoilt(.closureCodes, #""CON02": "#, #""CON01": "#, "/secondary/CON/CON01: line"),
        Spoilt(.closureCodes, #""REVNA": {"#, #""REVNO": {"#, "/secondary/REVNO: is no primary closure code"),
        Spoilt(.closureCodes, #""POP02": "#, #""CON02": "#, "/secondary/POP: has CON02, which is under CON too"),
        Spoilt(.closureCodes, #""POP": {"#, #""EXTCOMP": {"#, "/secondary/POP: is missing, but POP needs"),
        Spoilt(.closureCodes, #""NTR": "#, #""RNA": "#, "/primary/RNA: is another spelling of NA"),
        Spoilt(.closureCodes, #""NTR": "#, #""ntr": "#, "/primary/ntr: must be a code"),
        Spoilt(.closureCodes, #""Sales Query""#, "7", "/primary/ASQ: must be a string"),
        Spoilt(.closureCodes, #""Sales Query""#, #""""#, "/primary/ASQ: must not be empty"),
        Spoilt(
            .questionMatrix,
            #""code": "1100""#,
            #""code": "1000""#,
            "/questions/1/code: 1000 is another question's"
        ),
        Spoilt(.questionMatrix, #""code": "1100""#, #""code": "11a""#, "/questions/1/code: must be digits only"),
        Spoilt(.questionMatrix, #""YESNO""#, #""MAYBE""#, "/questions/0/answerType: must be one of"),
        Spoilt(.questionMatrix, #""Garage", "Other""#, #""Study", "Other""#, "/questions/3/choices: has one twice"),
        Spoilt(
            .questionMatrix,
            #""choices": ["Hallway", "Living room", "Study", "Garage", "Other"]"#,
            #""choices": ["Hallway"]"#,
            "/questions/3/choices: must have at least 2"
        ),
        Spoilt(
            .questionMatrix,
            #""answerType": "TEXT""#,
            #""answerType": "TEXT", "choices": ["a", "b"]"#,
            "/questions/5/choices: is not a field"
        ),
        Spoilt(
            .questionMatrix,
            #""closureCode": "PSP""#,
            #""closureCode": "PPS""#,
            "/rules/1/closureCode: PPS is no primary"
        ),
        Spoilt(
            .questionMatrix,
            #""closureCode": "PSP""#,
            #""closureCode": "SP""#,
            "/rules/1/closureCode: has a rule already"
        ),
        Spoilt(
            .questionMatrix,
            #""secondary": "POP03""#,
            #""secondary": "CON03""#,
            "/rules/12/secondary: CON03 is no secondary code of POP"
        ),
        Spoilt(.questionMatrix, #"["2000"]"#, #"["2001"]"#, "/rules/2/required/0: 2001 is no question of the matrix"),
        Spoilt(
            .questionMatrix,
            #"["4000", "4100"]"#,
            #"["4000", "4000"]"#,
            "/rules/3/required/1: 4000 is required already"
        ),
        Spoilt(.texts, #""CHP": "#, #""CHX": "#, "/propertyFlags/CHP: is missing"),
        Spoilt(.texts, #""CHP": "#, #""CHX": "#, "/propertyFlags/CHX: is none that the contract has"),
        Spoilt(.texts, #""7": "#, #""8": "#, "/provisioning/8: is none that the contract has"),
    ]
}
