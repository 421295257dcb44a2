import Formats

/// A value that a schema allows, made of the schema: an example that cannot rot.
///
/// Everything that an object may have is in it on the first level, below that what it must have.
struct SchemaExample {
    /// How deep names may lead into each other before what may be left out is left out.
    private static let depthMax = 12

    let api: DocumentedAPI

    func text(of schema: JSONValue) -> String {
        let bytes = JSONWriter.bytes(reserving: 2_048) { write(nil, schema, isWhole: true, depth: 0, to: &$0) }
        return (try? JSONDocument(parsing: bytes)).map { PrettyJSON.text(of: $0.root) } ?? ""
    }

    private func write(_ key: String?, _ schema: JSONValue, isWhole: Bool, depth: Int, to json: inout JSONWriter) {
        let schema = api.resolve(schema).schema
        if let given = schema["examples"].elements.first ?? schema["const"] {
            return json.value(key, given)
        }
        if let word = schema["enum"].elements.first { return json.value(key, word) }
        if let chosen = choice(of: schema) {
            return write(key, chosen, isWhole: isWhole, depth: depth + 1, to: &json)
        }
        switch type(of: schema) {
        case "object":
            json.object(key) { json in
                for (name, part) in members(of: schema, isWhole: isWhole, depth: depth) {
                    write(name, part, isWhole: false, depth: depth + 1, to: &json)
                }
            }
        case "array":
            json.array(key) { json in
                guard let element = schema["items"] else { return }
                for _ in 0..<max(1, schema["minItems"]?.integer ?? 1) {
                    write(nil, element, isWhole: isWhole, depth: depth + 1, to: &json)
                }
            }
        case "integer", "number": json.raw(key, Array(String(schema["minimum"]?.integer ?? 1).utf8))
        case "boolean": json.raw(key, Array("true".utf8))
        case _: json.raw(key, JSONWriter.bytes { $0.element(string(schema)) })
        }
    }

    /// The first alternative that says something.
    private func choice(of schema: JSONValue) -> JSONValue? {
        let alternatives = schema["anyOf"] ?? schema["oneOf"]
        return alternatives.elements.first { DocumentedAPI.name(of: $0) != "Absent" }
    }

    private func type(of schema: JSONValue) -> String {
        if let type = schema["type"]?.string { return type }
        return schema["properties"] != nil || schema["allOf"] != nil ? "object" : "string"
    }

    /// Each once: of the same name in several parts, the last that says what it is.
    private func members(of schema: JSONValue, isWhole: Bool, depth: Int) -> [(String, JSONValue)] {
        var found: [(name: String, schema: JSONValue)] = []
        collect(schema, isWhole: isWhole && depth < Self.depthMax, into: &found)
        return found
    }

    private func collect(_ part: JSONValue, isWhole: Bool, into found: inout [(name: String, schema: JSONValue)]) {
        let part = api.resolve(part).schema
        for each in part["allOf"].elements { collect(each, isWhole: isWhole, into: &found) }
        if let chosen = choice(of: part) { collect(chosen, isWhole: isWhole, into: &found) }
        let required = Set(part["required"].strings)
        for (name, schema) in part["properties"].members where isWhole || required.contains(name) {
            guard DocumentedAPI.name(of: schema) != "Absent" else { continue }
            guard let index = found.firstIndex(where: { $0.name == name }) else {
                found.append((name, schema))
                continue
            }
            let saysWhat = ["type", "enum", "$ref", "allOf"].contains { schema[$0] != nil }
            if saysWhat { found[index].schema = schema }
        }
    }

    private func string(_ schema: JSONValue) -> String {
        switch schema["format"]?.string {
        case "date-time": return "2026-11-02T09:30:00Z"
        case "date": return "2026-11-12"
        case "uuid": return "0192f3a4-5b6c-7d8e-9f00-112233445566"
        case _:
            let text = "text"
            let most = Int(schema["maxLength"]?.integer ?? Int64(Int32.max))
            let least = Int(schema["minLength"]?.integer ?? 0)
            let long = text + String(repeating: ".", count: max(0, least - text.count))
            return String(long.prefix(most))
        }
    }
}
