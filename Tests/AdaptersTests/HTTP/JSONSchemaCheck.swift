import Foundation

/// As much of JSON Schema 2020-12 as the served documents use, written apart from the code that reads messages, so that
/// the two can be compared. A keyword that it doesn't know is a complaint.
struct JSONSchemaCheck {
    private let named: [String: [String: Any]]
    private let definitions: String

    /// - Parameter definitions: the key under which the definitions are, `$defs` or `components/schemas`.
    init(_ document: String, definitions: String = "$defs") throws {
        let value = try JSONSerialization.jsonObject(with: Data(document.utf8))
        let keys = definitions.split(separator: "/").map(String.init)
        named = keys.reduce(value) { ($0 as? [String: Any])?[$1] as Any } as? [String: [String: Any]] ?? [:]
        self.definitions = definitions
    }

    /// What is wrong with a document by a definition; nothing, if it is valid.
    func complaints(about json: [UInt8], as definition: String) -> [String] {
        complaints(about: json, by: ["$ref": "#/\(definitions)/\(definition)"])
    }

    /// What is wrong with a document by a schema that refers to the definitions.
    func complaints(about json: [UInt8], by schema: [String: Any]) -> [String] {
        guard let value = try? JSONSerialization.jsonObject(with: Data(json), options: .fragmentsAllowed) else {
            return ["no JSON"]
        }
        return check(value, schema, "")
    }

    private func resolve(_ reference: String) -> [String: Any]? {
        let prefix = "#/\(definitions)/"
        return reference.hasPrefix(prefix) ? named[String(reference.dropFirst(prefix.count))] : nil
    }

    private func check(_ value: Any, _ schema: [String: Any], _ place: String) -> [String] {
        schema.keys.sorted().flatMap { keyword in
            check(value, keyword, schema[keyword] as Any, of: schema, place)
        }
    }

    private func check(_ value: Any, _ keyword: String, _ rule: Any, of schema: [String: Any], _ place: String)
        -> [String]
    {
        func wrong(_ isWrong: Bool) -> [String] { isWrong ? ["\(place): \(keyword)"] : [] }
        func all(_ rule: Any) -> [[String]] { (rule as? [[String: Any]] ?? []).map { check(value, $0, place) } }
        switch keyword {
        case "description", "title", "examples", "$comment", "then", "else": return []
        case "$ref":
            guard let target = (rule as? String).flatMap(resolve) else { return ["\(place): no \(rule)"] }
            return check(value, target, place)
        case "type":
            let names = rule as? [String] ?? [rule as? String ?? ""]
            return wrong(!names.contains { Self.isOf($0, value) })
        case "const": return wrong(!Self.same(value, rule))
        case "enum": return wrong(!(rule as? [Any] ?? []).contains { Self.same(value, $0) })
        case "allOf": return all(rule).flatMap(\.self)
        case "anyOf": return wrong(!all(rule).contains([]))
        case "oneOf": return wrong(all(rule).count { $0.isEmpty } != 1)
        case "if":
            let holds = check(value, rule as? [String: Any] ?? [:], place).isEmpty
            return (schema[holds ? "then" : "else"] as? [String: Any]).map { check(value, $0, place) } ?? []
        default: break
        }
        if let text = value as? String, !Self.isNumber(value) { return check(text: text, keyword, rule, place) }
        if let array = value as? [Any] { return check(array: array, keyword, rule, place) }
        if let object = value as? [String: Any] { return check(object: object, keyword, rule, place) }
        guard Self.isNumber(value), let number = value as? NSNumber, let bound = rule as? NSNumber else {
            return Self.known.contains(keyword) ? [] : ["\(place): unknown keyword \(keyword)"]
        }
        switch keyword {
        case "minimum": return wrong(number.doubleValue < bound.doubleValue)
        case "maximum": return wrong(number.doubleValue > bound.doubleValue)
        default: return Self.known.contains(keyword) ? [] : ["\(place): unknown keyword \(keyword)"]
        }
    }

    private func check(text: String, _ keyword: String, _ rule: Any, _ place: String) -> [String] {
        let count = text.unicodeScalars.count
        let isWrong: Bool =
            switch keyword {
            case "minLength": count < (rule as? Int ?? 0)
            case "maxLength": count > (rule as? Int ?? 0)
            case "pattern": text.range(of: rule as? String ?? "", options: .regularExpression) == nil
            case "format": !Self.isOf(format: rule as? String ?? "", text)
            default: !Self.known.contains(keyword)
            }
        return isWrong ? ["\(place): \(keyword)"] : []
    }

    private func check(array: [Any], _ keyword: String, _ rule: Any, _ place: String) -> [String] {
        switch keyword {
        case "minItems": array.count < (rule as? Int ?? 0) ? ["\(place): minItems"] : []
        case "maxItems": array.count > (rule as? Int ?? 0) ? ["\(place): maxItems"] : []
        case "items":
            array.enumerated().flatMap { check($0.element, rule as? [String: Any] ?? [:], "\(place)/\($0.offset)") }
        default: Self.known.contains(keyword) ? [] : ["\(place): unknown keyword \(keyword)"]
        }
    }

    private func check(object: [String: Any], _ keyword: String, _ rule: Any, _ place: String) -> [String] {
        switch keyword {
        case "required":
            return (rule as? [String] ?? []).filter { object[$0] == nil }.map { "\(place)/\($0): required" }
        case "properties":
            let properties = rule as? [String: [String: Any]] ?? [:]
            return properties.keys.sorted().flatMap { key in
                object[key].map { check($0, properties[key] ?? [:], "\(place)/\(key)") } ?? []
            }
        case "maxProperties": return object.count > (rule as? Int ?? 0) ? ["\(place): maxProperties"] : []
        case "additionalProperties": return []
        default: return Self.known.contains(keyword) ? [] : ["\(place): unknown keyword \(keyword)"]
        }
    }

    /// Keywords that say nothing about a value of another type.
    private static let known: Set<String> = [
        "minLength", "maxLength", "pattern", "minimum", "maximum", "items", "minItems", "maxItems", "required",
        "properties", "maxProperties", "additionalProperties", "format",
    ]

    private static func isOf(format: String, _ text: String) -> Bool {
        switch format {
        case "date-time": text.wholeMatch(of: #/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)/#) != nil
        case "date": text.wholeMatch(of: #/\d{4}-\d\d-\d\d/#) != nil
        case "uuid": UUID(uuidString: text) != nil
        default: false
        }
    }

    private static func isBool(_ value: Any) -> Bool {
        (value as? NSNumber).map { String(cString: $0.objCType) == "c" } ?? false
    }

    private static func isNumber(_ value: Any) -> Bool { value is NSNumber && !isBool(value) }

    private static func isOf(_ name: String, _ value: Any) -> Bool {
        switch name {
        case "string": value is String
        case "boolean": isBool(value)
        case "integer":
            isNumber(value) && (value as? NSNumber).map { $0.doubleValue.rounded() == $0.doubleValue } == true
        case "number": isNumber(value)
        case "null": value is NSNull
        case "array": value is [Any]
        case "object": value is [String: Any]
        default: false
        }
    }

    private static func same(_ left: Any, _ right: Any) -> Bool {
        if left is NSNull || right is NSNull { return left is NSNull && right is NSNull }
        if isBool(left) != isBool(right) { return false }
        if let left = left as? String, let right = right as? String { return left == right }
        if isNumber(left), isNumber(right) { return (left as? NSNumber) == (right as? NSNumber) }
        return isBool(left) && (left as? Bool) == (right as? Bool)
    }
}
