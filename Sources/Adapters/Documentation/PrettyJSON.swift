import Formats

/// JSON for a person to read: a member a line.
enum PrettyJSON {
    static func text(of value: JSONValue) -> String {
        var text = ""
        append(value, indent: "", to: &text)
        return text
    }

    private static func append(_ value: JSONValue, indent: String, to text: inout String) {
        let inner = indent + "  "
        switch value.kind {
        case .object where value.count > 0:
            text += "{\n"
            for (index, member) in value.members.enumerated() {
                text += "\(inner)\(plain(member.key)): "
                append(member.value, indent: inner, to: &text)
                text += index < value.count - 1 ? ",\n" : "\n"
            }
            text += "\(indent)}"
        case .array where value.count > 0:
            text += "[\n"
            for (index, element) in value.elements.enumerated() {
                text += inner
                append(element, indent: inner, to: &text)
                text += index < value.count - 1 ? ",\n" : "\n"
            }
            text += "\(indent)]"
        case .null, .bool, .integer, .decimal, .string, .array, .object:
            text += JSONWriter.string { $0.value(nil, value) }
        }
    }

    private static func plain(_ key: String) -> String { JSONWriter.string { $0.element(key) } }
}
