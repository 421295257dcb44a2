import Formats
import Testing

@Suite struct XMLSchemaTests {
    private static let schema = Array(
        """
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:types" elementFormDefault="qualified">
          <xs:import namespace="http://schemas.xmlsoap.org/soap/envelope/" schemaLocation="http://schemas.xmlsoap.org/soap/envelope/"/>
          <xs:import namespace="urn:types" schemaLocation="types.xsd"/>
          <xs:element name="report">
            <xs:complexType>
              <xs:all>
                <xs:element name="id" type="t:identifier"/>
                <xs:element name="when" type="xs:dateTime" minOccurs="0"/>
                <xs:element name="day" type="xs:date" minOccurs="0"/>
                <xs:element name="hour" type="xs:time" minOccurs="0"/>
                <xs:element name="count" type="xs:integer" minOccurs="0"/>
                <xs:element name="isSo" type="xs:boolean" minOccurs="0"/>
                <xs:element name="name" type="xs:QName" minOccurs="0"/>
                <xs:element name="any" type="xs:anyType" minOccurs="0"/>
              </xs:all>
              <xs:attribute name="kind" type="xs:ID"/>
            </xs:complexType>
          </xs:element>
        </xs:schema>
        """.utf8
    )

    private static let types = Array(
        """
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:types" xmlns="urn:types">
          <xs:simpleType name="identifier"><xs:restriction base="xs:string"><xs:pattern value="[A-Z]{2}[0-9]+"/></xs:restriction></xs:simpleType>
        </xs:schema>
        """.utf8
    )

    private static func compiled() throws(MalformedXMLSchema) -> XMLSchema {
        try XMLSchema(
            compiling: schema,
            imports: ["http://schemas.xmlsoap.org/soap/envelope/": SOAPEnvelope.emptySchema, "types.xsd": types]
        )
    }

    @Test func `a valid document has no problems`() throws {
        let root = try XMLDocument(parsing: "<report kind='x'><when>2026-03-01T09:30:00Z</when><id>AB12</id></report>")
            .root

        #expect(root.validate(try Self.compiled()) == [])
    }

    @Test(arguments: ["when", "day", "hour", "count", "isSo"])
    func `space around a value of a type that collapses it says nothing`(name: String) throws {
        let values = [
            "when": ["2026-03-01T09:30:00", "2026-03-01T09:30:00.5Z", "-2026-03-01T24:00:00+01:00"],
            "day": ["2026-03-01", "2026-03-01Z", "2026-03-01-05:00"], "hour": ["09:30:00", "09:30:00Z"],
            "count": ["12", "-1"], "isSo": ["true", "0"],
        ]
        for value in try #require(values[name]) {
            for spaced in [" \(value)", "\(value) ", "\n\t \(value)\r\n ", "\(value)<!-- --> <![CDATA[ ]]>"] {
                let text = "<report><\(name)>\(spaced)</\(name)><id>AB12</id></report>"
                #expect(try XMLDocument(parsing: text).root.validate(try Self.compiled()) == [], "\(text)")
            }
        }
    }

    @Test(arguments: [
        ("when", "2026-03-01 T09:30:00"), ("when", "2026-02-30T09:30:00 "), ("when", " "), ("day", "2026-03-01 x"),
        ("day", " 2026-03- 01"), ("hour", "09: 30:00 "), ("count", "1 2"), ("isSo", " yes "),
        ("day", "now' is not a valid value of the atomic type 'xs:string'.\n"),
    ])
    func `space makes no value of what is none, and space in it stays`(name: String, value: String) throws {
        let root = try XMLDocument(parsing: "<report><\(name)>\(value)</\(name)><id> AB12</id></report>").root
        let problems = root.validate(try Self.compiled())
        #expect(problems.map(\.element).first == name)
        #expect(Set(problems.map(\.element)) == [name, "id"])
    }

    @Test func `every problem is named with its line and element`() throws {
        let root = try XMLDocument(parsing: "<report>\n<id>12</id>\n<when>now</when>\n<odd/></report>").root

        let problems = root.validate(try Self.compiled())

        #expect(problems.map(\.line) == [2, 3, 4])
        #expect(problems.map(\.element) == ["id", "when", "odd"])
        #expect(problems.first?.message.contains("pattern") == true)
        #expect(problems.allSatisfy { !$0.message.hasSuffix("\n") })
    }

    @Test func `a root that the schema does not know is a problem`() throws {
        let problems = try XMLDocument(parsing: "<other/>").root.validate(try Self.compiled())

        #expect(problems.map(\.element) == ["other"])
    }

    @Test func `an element deep in a document is judged as a root, and prefixes around it resolve`() throws {
        let document = try XMLDocument(
            parsing: """
                <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:p="urn:p"
                    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><s:Body>
                  <report><id>AB1</id><name>p:x</name><any xsi:type="xs:int">7</any></report>
                </s:Body><s:After/></s:Envelope>
                """
        )
        let body = try #require(document.root.first("Body")?.children.first)

        #expect(body.validate(try Self.compiled()) == [])
        #expect(document.root.validate(try Self.compiled()).isEmpty == false)
    }

    @Test func `what is wrong deep in a document is found, and what is around it is not looked at`() throws {
        let document = try XMLDocument(
            parsing: """
                <e xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
                <report><id>AB1</id><name>q:x</name><any xsi:type="xs:int">seven</any></report><junk/></e>
                """
        )
        let report = try #require(document.root.first("report"))

        #expect(report.validate(try Self.compiled()).map(\.element) == ["name", "name", "any"])
    }

    @Test func `a schema location in a document is not followed`() throws {
        let root = try XMLDocument(
            parsing: """
                <report xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                    xsi:noNamespaceSchemaLocation="file:///nowhere.xsd"><id>AB1</id></report>
                """
        ).root

        #expect(root.validate(try Self.compiled()) == [])
    }

    @Test func `an import that is not given is an error, whatever is on disk or net`() {
        let refusal = #expect(throws: MalformedXMLSchema.self) { try XMLSchema(compiling: Self.schema) }

        #expect(refusal?.problems.isEmpty == false)
    }

    @Test(arguments: [
        "", "<", "<a/>",
        "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'><xs:element name='a' type='gone'/></xs:schema>",
    ])
    func `what is no schema does not compile`(text: String) {
        #expect(throws: MalformedXMLSchema.self) { try XMLSchema(compiling: Array(text.utf8)) }
    }

    @Test func `a document is valid as often as it is asked, attributes of type ID included`() throws {
        let schema = try Self.compiled()
        let root = try XMLDocument(parsing: "<report kind='x'><id>AB12</id></report>").root

        #expect((0..<5).map { _ in root.validate(schema) } == Array(repeating: [], count: 5))
    }

    @Test func `one schema judges on many tasks at once, also one document`() async throws {
        let schema = try Self.compiled()
        let shared = try XMLDocument(parsing: "<report kind='x'><id>wrong</id></report>").root

        let wrong = try await withThrowingTaskGroup(of: Int.self) { group in
            for task in 0..<16 {
                group.addTask {
                    try (0..<100).count { turn in
                        let valid = try XMLDocument(parsing: "<report><id>AB\(task)</id></report>").root
                        let invalid = try XMLDocument(parsing: "<report><id>\(turn)</id><odd/></report>").root
                        return !valid.validate(schema).isEmpty || invalid.validate(schema).count != 2
                            || shared.validate(schema).count != 1
                    }
                }
            }
            return try await group.reduce(0, +)
        }

        #expect(wrong == 0)
    }
}
