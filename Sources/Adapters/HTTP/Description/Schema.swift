import Formats

/// A JSON Schema (2020-12), as an OpenAPI 3.1 document writes it.
struct Schema: Sendable {
    let json: [UInt8]
    /// The schemas that it refers to by name, itself and through its parts.
    let names: Set<String>

    private init(of parts: [Schema] = [], naming name: String? = nil, _ build: (inout JSONWriter) -> Void) {
        json = JSONWriter.bytes { $0.object(nil, build) }
        names = parts.reduce(into: name.map { [$0] } ?? []) { $0.formUnion($1.names) }
    }

    /// One that is named in the document's components.
    static func ref(_ name: String) -> Schema {
        Schema(naming: name) { $0.field("$ref", "#/components/schemas/\(name)") }
    }

    /// Of which nothing is said but what it is for.
    static func any(_ description: String) -> Schema { Schema { $0.field("description", description) } }

    static func string(
        _ length: ClosedRange<Int>? = nil,
        pattern: String? = nil,
        format: String? = nil,
        description: String? = nil,
        example: String? = nil
    ) -> Schema {
        Schema { json in
            json.field("type", "string")
            json.field("description", description)
            json.field("minLength", length?.lowerBound)
            json.field("maxLength", length?.upperBound)
            json.field("pattern", pattern)
            json.field("format", format)
            if let example { json.strings("examples", [example]) }
        }
    }

    static func integer(_ range: ClosedRange<Int64>, _ description: String? = nil) -> Schema {
        Schema { json in
            json.field("type", "integer")
            json.field("description", description)
            json.field("minimum", range.lowerBound)
            json.field("maximum", range.upperBound)
        }
    }

    /// Any that 64 bits hold, with a sign or without.
    static let wholeNumber = Schema { json in
        json.field("type", "integer")
        json.field("minimum", Int64.min)
        json.raw("maximum", Array(String(UInt64.max).utf8))
    }

    static func boolean(_ description: String? = nil) -> Schema {
        Schema { json in
            json.field("type", "boolean")
            json.field("description", description)
        }
    }

    static func choice(_ values: [String], _ description: String? = nil) -> Schema {
        Schema { json in
            json.field("description", description)
            json.strings("enum", values)
        }
    }

    /// The words of an enumeration: the document cannot say others than the program knows.
    static func choice<T: RawRepresentable<String> & CaseIterable>(of: T.Type, _ description: String? = nil) -> Schema {
        choice(T.allCases.map(\.rawValue), description)
    }

    static func array(of element: Schema, count: ClosedRange<Int>? = nil, _ description: String? = nil) -> Schema {
        Schema(of: [element]) { json in
            json.field("type", "array")
            json.field("description", description)
            json.field("minItems", count?.lowerBound)
            json.field("maxItems", count?.upperBound)
            json.raw("items", element.json)
        }
    }

    static func object(_ fields: [Field]) -> Schema { .object(nil, fields) }

    static func object(_ description: String?, _ fields: [Field]) -> Schema {
        Schema(of: fields.map(\.schema)) { json in
            json.field("type", "object")
            json.field("description", description)
            let required = fields.filter(\.isRequired).map(\.name)
            if !required.isEmpty { json.strings("required", required) }
            json.object("properties") { json in
                for field in fields { json.raw(field.name, field.schema.json) }
            }
        }
    }

    static func anyOf(_ schemas: [Schema], _ description: String? = nil) -> Schema {
        combined("anyOf", schemas, description)
    }

    static func oneOf(_ schemas: [Schema], _ description: String? = nil) -> Schema {
        combined("oneOf", schemas, description)
    }

    static func allOf(_ schemas: [Schema], _ description: String? = nil) -> Schema {
        combined("allOf", schemas, description)
    }

    private static func combined(_ how: String, _ schemas: [Schema], _ description: String?) -> Schema {
        Schema(of: schemas) { json in
            json.field("description", description)
            json.array(how) { json in
                for schema in schemas { json.raw(nil, schema.json) }
            }
        }
    }

    /// In a request: the value, or `null` or an empty string, which count as left out (contract §2).
    func orAbsent() -> Schema { .anyOf([.ref("Absent"), self]) }

    static let absent = Schema { json in
        json.field("description", "In an optional field null and an empty string count as left out.")
        json.array("enum") { json in
            json.null()
            json.element("")
        }
    }

    /// With its zone.
    static func moment(_ description: String? = nil) -> Schema {
        .string(format: "date-time", description: description)
    }
    static func day(_ description: String? = nil) -> Schema {
        .string(pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", format: "date", description: description)
    }

    /// A member of an object.
    struct Field: Sendable {
        let name: String
        let schema: Schema
        let isRequired: Bool

        static func required(_ name: String, _ schema: Schema) -> Field {
            Field(name: name, schema: schema, isRequired: true)
        }

        /// In an answer: there, or not.
        static func optional(_ name: String, _ schema: Schema) -> Field {
            Field(name: name, schema: schema, isRequired: false)
        }

        /// In a request: there, not, or as good as not.
        static func open(_ name: String, _ schema: Schema) -> Field {
            Field(name: name, schema: schema.orAbsent(), isRequired: false)
        }
    }
}
