import Formats

/// A schema for a person to read: a table of an object's members, or the alternatives that there are.
struct SchemaTable {
    let api: DocumentedAPI

    func write(_ schema: JSONValue, to html: inout HTMLWriter) {
        if let text = schema["description"]?.string { html.prose(text) }
        if schema["properties"] != nil {
            table(schema, to: &html)
        } else if let (how, parts) = parts(of: schema), parts.contains(where: { $0["properties"] != nil }) {
            html.element("p", text: how)
            for part in parts { write(part, to: &html) }
        } else {
            html.element("p") { phrase(schema, to: &$0) }
        }
    }

    private func table(_ schema: JSONValue, to html: inout HTMLWriter) {
        html.element("div", ["class": "scroll", "tabindex": "0"]) { html in
            html.element("table") { html in
                html.element("thead") { html in
                    html.element("tr") { html in
                        for title in ["Member", "What it is", "Meaning"] {
                            html.element("th", ["scope": "col"], text: title)
                        }
                    }
                }
                html.element("tbody") { rows(schema, below: "", to: &$0) }
            }
        }
    }

    private func rows(_ schema: JSONValue, below path: String, to html: inout HTMLWriter) {
        let required = Set(schema["required"].strings)
        for (name, part) in schema["properties"].members {
            html.element("tr") { html in
                html.element("th", ["scope": "row"]) { html in
                    html.element("code", text: path + name)
                    if required.contains(name) { html.element("span", ["class": "required"], text: "required") }
                }
                html.element("td") { phrase(part, to: &$0) }
                html.element("td") { $0.inline(part["description"]?.string ?? "") }
            }
            if let inner = inline(part) {
                rows(inner.schema, below: path + name + (inner.isList ? "[]." : "."), to: &html)
            }
        }
    }

    /// An object that has no name of its own, behind whatever stands around it.
    private func inline(_ schema: JSONValue) -> (schema: JSONValue, isList: Bool)? {
        if schema["properties"] != nil { return (schema, false) }
        if let element = schema["items"] { return inline(element).map { ($0.schema, true) } }
        let said = schema["anyOf"].elements.filter { DocumentedAPI.name(of: $0) != "Absent" }
        return said.count == 1 ? inline(said[0]) : nil
    }

    /// What a value is, in a few words.
    func phrase(_ schema: JSONValue, to html: inout HTMLWriter) {
        if let name = DocumentedAPI.name(of: schema) {
            return html.element("a", ["href": "#schema-\(name)"], text: name)
        }
        if let words = schema["enum"] {
            return list(words.elements.map { word in JSONWriter.string { $0.value(nil, word) } }, to: &html)
        }
        if let (_, parts) = parts(of: schema) {
            let isAll = schema["allOf"] != nil
            for (index, part) in parts.enumerated() {
                if index > 0 { html.text(isAll ? ", and " : ", or ") }
                phrase(part, to: &html)
            }
            return
        }
        if let element = schema["items"] {
            html.text("list of ")
            return phrase(element, to: &html)
        }
        html.text(schema["type"]?.string ?? "anything")
        for limit in limits(of: schema) { html.text(", \(limit)") }
        if let pattern = schema["pattern"]?.string {
            html.text(", ")
            html.element("code", text: pattern)
        }
    }

    private func list(_ words: [String], to html: inout HTMLWriter) {
        for (index, word) in words.enumerated() {
            if index > 0 { html.text(", ") }
            html.element("code", text: word)
        }
    }

    /// The parts of a combination, but for the one that stands for nothing.
    private func parts(of schema: JSONValue) -> (how: String, parts: [JSONValue])? {
        let kinds = [("anyOf", "One of these:"), ("oneOf", "Exactly one of these:"), ("allOf", "All of these:")]
        for (keyword, how) in kinds {
            guard let parts = schema[keyword] else { continue }
            return (how, parts.elements.filter { DocumentedAPI.name(of: $0) != "Absent" })
        }
        return nil
    }

    private func limits(of schema: JSONValue) -> [String] {
        var limits: [String] = []
        if let format = schema["format"]?.string { limits.append(format) }
        switch (schema["minLength"]?.integer, schema["maxLength"]?.integer) {
        case (let least?, let most?): limits.append("\(least) to \(most) characters")
        case (nil, let most?): limits.append("at most \(most) characters")
        case (let least?, nil): limits.append("at least \(least) characters")
        case (nil, nil): break
        }
        if let least = schema["minimum"]?.integer, let most = schema["maximum"]?.integer {
            limits.append("\(least) to \(most)")
        }
        return limits
    }
}

extension HTMLWriter {
    /// A paragraph in which words between backticks are code.
    mutating func prose(_ text: String) { element("p") { $0.inline(text) } }

    mutating func inline(_ text: String) {
        for (index, part) in text.split(separator: "`", omittingEmptySubsequences: false).enumerated() {
            if index.isMultiple(of: 2) { self.text(String(part)) } else { element("code", text: String(part)) }
        }
    }

    /// Text that is kept as it is, with a button to copy it.
    mutating func sample(_ label: String, _ text: String) {
        element("div", ["class": "sample"]) { html in
            html.element("h5", text: label)
            html.element("button", ["type": "button", "class": "copy", "hidden": ""], text: "Copy")
            html.element("pre", ["tabindex": "0"]) { $0.element("code", text: text) }
        }
    }
}
