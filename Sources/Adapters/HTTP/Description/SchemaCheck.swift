import Formats

/// Holds a value against a schema of an OpenAPI document of ours: the part of JSON Schema (2020-12) that ``Schema`` writes.
struct SchemaCheck {
    private let document: JSONDocument

    /// - Parameter document: a served document, whose `components/schemas` have the names.
    init(_ document: JSONDocument) { self.document = document }

    /// Everything in which the value is not as the schema says, with its pointer.
    func problems(of value: JSONValue, against schema: JSONValue, at pointer: String = "") -> [Problem] {
        if let name = schema["$ref"]?.string {
            return named(name).map { problems(of: value, against: $0, at: pointer) } ?? []
        }
        var found = kind(of: value, schema, pointer)
        guard found.isEmpty else { return found }
        found += members(of: value, schema, pointer) + elements(of: value, schema, pointer)
        found += text(of: value, schema, pointer) + number(of: value, schema, pointer)
        for part in schema["allOf"].map({ Array($0.elements) }) ?? [] {
            found += problems(of: value, against: part, at: pointer)
        }
        for word in ["anyOf", "oneOf"] {
            guard let choices = schema[word].map({ Array($0.elements) }) else { continue }
            // Of several forms the one that fits best says what is wrong.
            found += choices.map { problems(of: value, against: $0, at: pointer) }.min { $0.count < $1.count } ?? []
        }
        return found
    }

    /// The members that the schema describes, through its names and parts.
    func properties(of schema: JSONValue) -> Set<String> {
        if let name = schema["$ref"]?.string { return named(name).map(properties) ?? [] }
        let own = schema["properties"].map { $0.members.map(\.key) } ?? []
        let parts = ["allOf", "anyOf", "oneOf"].flatMap { word in schema[word].map { Array($0.elements) } ?? [] }
        return parts.reduce(into: Set(own)) { $0.formUnion(properties(of: $1)) }
    }

    /// The members that it cannot be without.
    func required(of schema: JSONValue) -> Set<String> {
        if let name = schema["$ref"]?.string { return named(name).map(required) ?? [] }
        let own = schema["required"].map { $0.elements.compactMap(\.string) } ?? []
        let parts = schema["allOf"].map { Array($0.elements) } ?? []
        return parts.reduce(into: Set(own)) { $0.formUnion(required(of: $1)) }
    }

    private func named(_ reference: String) -> JSONValue? {
        let prefix = "#/components/schemas/"
        guard reference.hasPrefix(prefix) else { return nil }
        return document.root["components"]?["schemas"]?[String(reference.dropFirst(prefix.count))]
    }

    private func kind(of value: JSONValue, _ schema: JSONValue, _ pointer: String) -> [Problem] {
        if let type = schema["type"]?.string, !value.kind.isOf(type) {
            return [Problem(pointer: pointer, code: .wrongType, message: "must be of type \(type)")]
        }
        guard let words = schema["enum"].map({ Array($0.elements) }) else { return [] }
        let isAllowed = words.contains { word in
            word.isNull
                ? value.isNull : word.string.map { $0.utf8.elementsEqual(value.string?.utf8 ?? "".utf8) } ?? false
        }
        guard !isAllowed || (value.string == nil && !value.isNull) else { return [] }
        let allowed = words.compactMap(\.string).filter { !$0.isEmpty }
        let message = SpellingHint.refusal(of: value.string ?? "", among: allowed)
        return [Problem(pointer: pointer, code: .notAllowed, message: message)]
    }

    private func members(of value: JSONValue, _ schema: JSONValue, _ pointer: String) -> [Problem] {
        guard value.kind == .object else { return [] }
        let missing = (schema["required"].map { $0.elements.compactMap(\.string) } ?? []).filter { value[$0] == nil }
        let described = schema["properties"].map { Array($0.members) } ?? []
        return missing.map {
            Problem(pointer: JSONPointer.appending($0, to: pointer), code: .missing, message: "is missing")
        }
            + described.flatMap { name, part in
                value[name].map { problems(of: $0, against: part, at: JSONPointer.appending(name, to: pointer)) } ?? []
            }
    }

    private func elements(of value: JSONValue, _ schema: JSONValue, _ pointer: String) -> [Problem] {
        guard value.kind == .array else { return [] }
        let counted = bounds(value.count, schema["minItems"]?.integer, schema["maxItems"]?.integer, "elements", pointer)
        guard let part = schema["items"] else { return counted }
        return counted
            + value.elements.enumerated().flatMap { index, element in
                problems(of: element, against: part, at: "\(pointer)/\(index)")
            }
    }

    private func text(of value: JSONValue, _ schema: JSONValue, _ pointer: String) -> [Problem] {
        guard let text = value.string else { return [] }
        let (least, most) = (schema["minLength"]?.integer, schema["maxLength"]?.integer)
        let counted = bounds(text.unicodeScalars.count, least, most, "characters", pointer)
        guard counted.isEmpty, let pattern = schema["pattern"]?.string, let regex = try? Regex(pattern),
            (try? regex.firstMatch(in: text)) == nil
        else { return counted }
        return [Problem(pointer: pointer, code: .pattern, message: "must be like \(pattern)")]
    }

    private func number(of value: JSONValue, _ schema: JSONValue, _ pointer: String) -> [Problem] {
        guard let number = value.integer else { return [] }
        let (least, most) = (schema["minimum"]?.integer ?? .min, schema["maximum"]?.integer ?? .max)
        guard least <= number, number <= most else {
            return [Problem(pointer: pointer, code: .outOfRange, message: "must be from \(least) to \(most)")]
        }
        return []
    }

    private func bounds(_ count: Int, _ least: Int64?, _ most: Int64?, _ what: String, _ pointer: String) -> [Problem] {
        if let least, count < least {
            return [Problem(pointer: pointer, code: .tooShort, message: "must have at least \(least) \(what)")]
        }
        if let most, count > most {
            return [Problem(pointer: pointer, code: .tooLong, message: "must have at most \(most) \(what)")]
        }
        return []
    }
}

extension JSONValue.Kind {
    /// Whether a value of this kind is of JSON Schema's type.
    fileprivate func isOf(_ type: String) -> Bool {
        switch self {
        case .null: type == "null"
        case .bool: type == "boolean"
        case .integer: type == "integer" || type == "number"
        case .decimal: type == "number"
        case .string: type == "string"
        case .array: type == "array"
        case .object: type == "object"
        }
    }
}
