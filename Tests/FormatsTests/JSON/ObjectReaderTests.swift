import Formats
import Testing

@Suite struct ObjectReaderTests {
    private enum Colour: String, CaseIterable { case red, green }

    private func read(_ json: String, _ body: (ObjectReader) -> Void) throws -> [Problem] {
        let problems = Problems()
        body(ObjectReader(try JSONDocument(parsing: json).root, problems: problems))
        return problems.all
    }

    @Test func `what is right is read, and nothing is reported`() throws {
        let json = """
            {"s":"abc","n":7,"d":1.25,"b":true,"e":"green","o":{"x":1},"a":["p","q"],
             "t":"2026-03-01T09:30:00+01:00","day":"2028-02-29","list":[{"i":1},{"i":2}]}
            """
        let problems = try read(json) { reader in
            #expect(reader.requiredString("s", length: 1...3, pattern: .alphanumeric) == "abc")
            #expect(reader.requiredInteger("n", range: 1...9) == 7)
            #expect(reader.requiredDecimal("d") == 1.25)
            #expect(reader.requiredBool("b") == true)
            #expect(reader.requiredEnum("e", as: Colour.self) == .green)
            #expect(reader.requiredObject("o")?.requiredInteger("x") == 1)
            #expect(reader.requiredStrings("a") == ["p", "q"])
            #expect(reader.requiredDateTime("t") == Timestamp.parse("2026-03-01T08:30:00Z"))
            #expect(reader.requiredDate("day") == DateDigits(year: 2028, month: 2, day: 29))
            #expect(reader.requiredObjects("list")?.map { $0.requiredInteger("i") } == [1, 2])
            reader.finish(rejectUnknown: true)
        }

        #expect(problems == [])
    }

    @Test func `all problems are reported, not only the first`() throws {
        let json = #"{"short":"a","long":"abcd","odd":"a-b","n":10,"e":"blue","o":[],"a":{},"t":"2026-03-01T09:30:00"}"#
        let problems = try read(json) { reader in
            _ = reader.requiredString("gone")
            _ = reader.requiredString("short", length: 2...3)
            _ = reader.requiredString("long", length: 2...3)
            _ = reader.requiredString("odd", pattern: .alphanumeric)
            _ = reader.requiredInteger("n", range: 1...9)
            _ = reader.requiredEnum("e", as: Colour.self)
            _ = reader.requiredObject("o")
            _ = reader.requiredArray("a")
            _ = reader.requiredDateTime("t")
        }

        #expect(
            problems == [
                Problem(pointer: "/gone", code: .missing, message: "is missing"),
                Problem(pointer: "/short", code: .tooShort, message: "must have at least 2 characters, not 1"),
                Problem(pointer: "/long", code: .tooLong, message: "must have at most 3 characters, not 4"),
                Problem(pointer: "/odd", code: .pattern, message: "must be letters A to Z and digits only"),
                Problem(pointer: "/n", code: .outOfRange, message: "must be from 1 to 9"),
                Problem(pointer: "/e", code: .notAllowed, message: "must be one of: red, green"),
                Problem(pointer: "/o", code: .wrongType, message: "must be an object, not an array"),
                Problem(pointer: "/a", code: .wrongType, message: "must be an array, not an object"),
                Problem(
                    pointer: "/t",
                    code: .pattern,
                    message: "must be a date-time with a zone, such as 2026-03-01T09:30:00Z"
                ),
            ]
        )
    }

    @Test(arguments: ["{}", #"{"x":null}"#, #"{"x":""}"#])
    func `absent, null and empty are absent where a field is optional`(json: String) throws {
        let problems = try read(json) { reader in
            #expect(reader.optionalString("x", length: 1...5) == nil)
            #expect(reader.optionalInteger("x") == nil)
            #expect(reader.optionalDecimal("x") == nil)
            #expect(reader.optionalBool("x") == nil)
            #expect(reader.optionalEnum("x", as: Colour.self) == nil)
            #expect(reader.optionalChoice("x", from: ["a"]) == nil)
            #expect(reader.optionalObject("x") == nil)
            #expect(reader.optionalArray("x") == nil)
            #expect(reader.optionalObjects("x") == nil)
            #expect(reader.optionalStrings("x") == nil)
            #expect(reader.optionalDateTime("x") == nil)
            #expect(reader.optionalDate("x") == nil)
            #expect(!reader.has("x"))
        }

        #expect(problems == [])
    }

    @Test(arguments: [
        ("{}", Problem.Code.missing, "is missing"), (#"{"x":null}"#, .missing, "must not be null"),
        (#"{"x":""}"#, .empty, "must not be empty"), (#"{"x":7}"#, .wrongType, "must be a string, not an integer"),
        (#"{"x":1.5}"#, .wrongType, "must be a string, not a decimal number"),
        (#"{"x":true}"#, .wrongType, "must be a string, not true or false"),
        (#"{"x":[]}"#, .wrongType, "must be a string, not an array"),
    ])
    func `a required string that is not one is reported with what was found`(
        json: String,
        code: Problem.Code,
        message: String
    ) throws {
        let problems = try read(json) { #expect($0.requiredString("x") == nil) }

        #expect(problems == [Problem(pointer: "/x", code: code, message: message)])
    }

    @Test(arguments: [
        (#"{"x":1.0}"#, Problem.Code.wrongType), (#"{"x":"1"}"#, .wrongType),
        (#"{"x":10000000000000000}"#, .outOfRange),
        (#"{"x":18446744073709551615}"#, .outOfRange), (#"{"x":-10000000000000000}"#, .outOfRange),
        (#"{"x":1e2}"#, .wrongType),
    ])
    func `an integer must be spelt as one and have 16 digits at most`(json: String, code: Problem.Code) throws {
        let problems = try read(json) { #expect($0.requiredInteger("x") == nil) }

        #expect(problems.map(\.code) == [code])
    }

    @Test func `a wrong optional field is reported all the same`() throws {
        let problems = try read(#"{"s":1,"n":"","i":"7","e":"blue","t":"now","d":"2026-02-30"}"#) { reader in
            #expect(reader.optionalString("s") == nil)
            #expect(reader.optionalString("n") == nil)
            #expect(reader.optionalInteger("i") == nil)
            #expect(reader.optionalEnum("e", as: Colour.self) == nil)
            #expect(reader.optionalDateTime("t") == nil)
            #expect(reader.optionalDate("d") == nil)
        }

        #expect(problems.map(\.pointer) == ["/s", "/i", "/e", "/t", "/d"])
    }

    @Test func `lengths count Unicode scalars`() throws {
        let problems = try read(#"{"four":"aé😀x","combined":"e\u0301"}"#) { reader in
            #expect(reader.requiredString("four", length: 4...4) == "aé😀x")
            #expect(reader.requiredString("combined", length: 2...2) == "e\u{301}")
        }

        #expect(problems == [])
    }

    @Test func `problems deep inside have deep pointers`() throws {
        let problems = try read(#"{"a/b":{"list":[{"ok":1},{"ok":"no"},7]}}"#) { reader in
            let list = reader.requiredObject("a/b")?.requiredObjects("list") ?? []
            for item in list { _ = item.requiredInteger("ok") }
        }

        #expect(
            problems == [
                Problem(pointer: "/a~1b/list/2", code: .wrongType, message: "must be an object, not an integer"),
                Problem(pointer: "/a~1b/list/1/ok", code: .wrongType, message: "must be an integer, not a string"),
            ]
        )
    }

    @Test func `an element of an array of strings is judged by itself`() throws {
        let problems = try read(#"{"x":["ok","",7,"toolong"]}"#) { reader in
            #expect(reader.requiredStrings("x", length: 1...5) == ["ok"])
        }

        #expect(problems.map(\.pointer) == ["/x/1", "/x/2", "/x/3"])
        #expect(problems.map(\.code) == [.empty, .wrongType, .tooLong])
    }

    @Test(arguments: [("[]", Problem.Code.empty), ("[1]", .tooShort), ("[1,2,3,4]", .tooLong)])
    func `an array must have as many elements as its rule says`(array: String, code: Problem.Code) throws {
        let problems = try read(#"{"x":\#(array)}"#) { #expect($0.requiredArray("x", count: 2...3) == nil) }

        #expect(problems.map(\.code) == [code])
    }

    @Test(arguments: ["[]", "7", "null", #""text""#])
    func `a document that is no object is one problem, not one per field`(json: String) throws {
        let problems = try read(json) { reader in
            #expect(reader.requiredString("a") == nil)
            #expect(reader.requiredObject("b") == nil)
            reader.finish(rejectUnknown: true)
        }

        #expect(problems.map(\.code) == [.wrongType])
        #expect(problems.map(\.pointer) == [""])
    }

    @Test func `fields that nobody asked for are known`() throws {
        let members = (0..<100).map { #""k\#($0)":1"# }.joined(separator: ",")
        let problems = try read("{\(members)}") { reader in
            for number in 0..<100 where number != 3 && number != 77 { _ = reader.optionalInteger("k\(number)") }
            #expect(reader.unknownFields() == ["k3", "k77"])
            reader.finish(rejectUnknown: false)
            reader.finish(rejectUnknown: true)
        }

        #expect(problems.map(\.code) == [.unknownField, .unknownField])
        #expect(problems.map(\.pointer) == ["/k3", "/k77"])
    }

    @Test func `no more than a hundred problems are kept`() throws {
        let problems = Problems()
        let reader = ObjectReader(try JSONDocument(parsing: "{}").root, problems: problems)

        for number in 0..<250 { _ = reader.requiredString("k\(number)") }

        #expect(problems.all.count == 100)
        #expect(problems.omitted == 150)
    }

    @Test(arguments: [
        (Pattern.uuid, "0190A6b0-0000-7000-8000-0123456789ab", true),
        (.uuid, "0190a6b0-0000-7000-8000-0123456789ag", false),
        (.uuid, "0190a6b000007000800000123456789ab012", false), (.digits, "0123456789", true), (.digits, "١٢٣", false),
        (.alphanumeric, "aZ09", true), (.alphanumeric, "é", false), (.printableASCII, " ~", true),
        (.printableASCII, "\t", false),
    ])
    func `patterns are ASCII`(pattern: Pattern, text: String, verdict: Bool) {
        #expect(pattern.matches(text) == verdict)
    }
}
