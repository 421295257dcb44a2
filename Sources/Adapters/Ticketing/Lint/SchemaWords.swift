import Formats

/// What a schema has against an element, as a finding has it: libxml2's sentence, taken apart.
struct SchemaWords: Equatable {
    var text: String
    var expected: String
    var found: String
    /// The elements that would have been allowed.
    var allowed: [String] = []

    init(_ problem: XMLProblem, at element: XMLElement) {
        let sentence = Self.withoutSubject(problem.message)
        let quoted = Self.quoted(sentence)
        allowed = Self.allowed(in: sentence)
        let list = allowed.isEmpty ? "no element here" : allowed.joined(separator: ", ")
        let value = Self.shown(element)
        text = sentence
        expected = "what the schema allows"
        found = value
        if sentence.hasPrefix("This element is not expected") {
            (text, expected, found) = ("\(element.name) is not expected here", list, element.name)
        } else if sentence.hasPrefix("Missing child element") {
            (text, expected, found) = ("an element is missing in \(element.name)", list, "none of them")
        } else if sentence.hasPrefix("No matching global") {
            (text, expected, found) = ("the schema has no such root", "a root that it declares", element.name)
        } else if sentence.hasPrefix("[facet 'enumeration']") {
            (text, expected) = ("not one of the allowed values", quoted.dropFirst(2).joined(separator: ", "))
        } else if sentence.hasPrefix("[facet 'maxLength']") {
            (text, expected) = ("too long", "at most \(quoted.last ?? "") characters")
        } else if sentence.hasPrefix("[facet 'minLength']") {
            let least = quoted.last ?? ""
            (text, expected) = least == "1" ? ("empty", "some text") : ("too short", "at least \(least) characters")
        } else if sentence.hasPrefix("[facet 'pattern']") {
            (text, expected) = ("not of the allowed form", quoted.last ?? "")
        } else if sentence.contains("is not a valid value of the") {
            (text, expected) = ("not a value of its type", quoted.last ?? "")
        }
    }

    /// An element's value as a finding shows it.
    static func shown(_ element: XMLElement) -> String {
        let children = element.children.map(\.name)
        guard children.isEmpty else { return "an element with \(children.joined(separator: ", "))" }
        let value = element.value
        guard !value.isEmpty else { return "nothing" }
        return LintFinding.short(value)
    }

    /// Without `Element 'name': `.
    private static func withoutSubject(_ message: String) -> String {
        let lines = message.split(separator: "\n").joined(separator: " ")
        guard lines.hasPrefix("Element "), let colon = lines.firstRange(of: "': ") else { return lines }
        return String(lines[colon.upperBound...])
    }

    private static func quoted(_ sentence: String) -> [String] {
        let parts = sentence.split(separator: "'", omittingEmptySubsequences: false)
        return parts.indices.filter { !$0.isMultiple(of: 2) }.map { String(parts[$0]) }
    }

    /// The names in `Expected is one of ( a, {ns}b ).`
    private static func allowed(in sentence: String) -> [String] {
        guard let expected = sentence.firstRange(of: "Expected is"),
            let open = sentence[expected.upperBound...].firstRange(of: "( "),
            let close = sentence[open.upperBound...].firstRange(of: " )")
        else { return [] }
        return sentence[open.upperBound..<close.lowerBound].split(separator: ",").map { name in
            let local = name.split(separator: "}").last ?? name
            return local.filter { $0 != " " }
        }
    }
}
