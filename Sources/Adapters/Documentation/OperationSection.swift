import Formats

/// One operation on its contract's page: what it takes, what it answers, how it is called, and a form to call it.
struct OperationSection {
    let api: DocumentedAPI
    let call: DocumentedAPI.Call

    func write(to html: inout HTMLWriter) {
        html.element("article", ["id": call.anchor]) { html in
            html.element("h3") { html in
                html.element("a", ["href": "#\(call.anchor)"]) { $0.line(of: call) }
            }
            html.element("p", ["class": "lead"], text: call.summary)
            if let description = call.operation["description"]?.string { html.prose(description) }
            scopes(to: &html)
            parameters(to: &html)
            body(to: &html)
            answers(to: &html)
            if let curl = call.curl { html.sample("With curl", curl) }
            if api.canBeTried && !call.isWebhook { tryForm(to: &html) }
        }
    }

    private func scopes(to html: inout HTMLWriter) {
        let scopes = call.operation["security"].elements.flatMap { alternative in
            alternative.members.flatMap { $0.value.elements.compactMap(\.string) }
        }
        guard !scopes.isEmpty else { return }
        html.element("p") { html in
            html.text("Scopes, any of: ")
            for (index, scope) in scopes.enumerated() {
                if index > 0 { html.text(", ") }
                html.element("code", text: scope)
            }
        }
    }

    private var allParameters: [JSONValue] { call.operation["parameters"].elements }

    private func parameters(to html: inout HTMLWriter) {
        guard !allParameters.isEmpty else { return }
        html.element("h4", text: "Parameters")
        html.element("div", ["class": "scroll", "tabindex": "0"]) { html in
            html.element("table") { html in
                html.element("thead") { html in
                    html.element("tr") { html in
                        for title in ["Name", "In", "What it is", "Meaning"] {
                            html.element("th", ["scope": "col"], text: title)
                        }
                    }
                }
                html.element("tbody") { html in
                    for parameter in allParameters {
                        html.element("tr") { html in
                            html.element("th", ["scope": "row"]) { html in
                                html.element("code", text: parameter["name"]?.string ?? "")
                                if parameter["required"]?.bool == true {
                                    html.element("span", ["class": "required"], text: "required")
                                }
                            }
                            html.element("td", text: parameter["in"]?.string ?? "")
                            html.element("td") { html in
                                if let schema = schema(of: parameter) {
                                    SchemaTable(api: api).phrase(schema, to: &html)
                                }
                            }
                            html.element("td") { $0.inline(parameter["description"]?.string ?? "") }
                        }
                    }
                }
            }
        }
    }

    private func schema(of parameter: JSONValue) -> JSONValue? {
        parameter["schema"] ?? parameter["content"]?["application/json"]?["schema"]
    }

    /// As text, as it goes into a request.
    private func example(of parameter: JSONValue) -> String {
        guard let value = parameter["example"] ?? parameter["content"]?["application/json"]?["example"] else {
            return ""
        }
        return value.string ?? JSONWriter.string { $0.value(nil, value) }
    }

    private var content: JSONValue? { call.operation["requestBody"]?["content"]?["application/json"] }

    private var exampleBody: String? {
        guard let content else { return nil }
        return content["example"].map { PrettyJSON.text(of: $0) }
            ?? content["schema"].map { SchemaExample(api: api).text(of: $0) }
    }

    private func body(to html: inout HTMLWriter) {
        guard let schema = content?["schema"] else { return }
        html.element("h4", text: "Body")
        SchemaTable(api: api).write(schema, to: &html)
        if let exampleBody { html.sample("Example", exampleBody) }
    }

    private func answers(to html: inout HTMLWriter) {
        let all = call.operation["responses"].members
        html.element("h4", text: "Answers")
        for (status, answer) in all where status.hasPrefix("2") {
            html.element("p") { html in
                html.element("strong", text: status)
                html.text(" ")
                html.inline(answer["description"]?.string ?? "")
            }
            guard let schema = answer["content"]?["application/json"]?["schema"] else { continue }
            SchemaTable(api: api).write(schema, to: &html)
            html.sample("Example", SchemaExample(api: api).text(of: schema))
        }
        html.element("details") { html in
            html.element("summary", text: "Refusals")
            html.element("dl") { html in
                for (status, answer) in all where !status.hasPrefix("2") {
                    html.element("dt", text: status)
                    html.element("dd") { $0.inline(answer["description"]?.string ?? "") }
                }
            }
            guard let schema = refusal(among: all) else { return }
            html.element("p") { SchemaTable(api: api).phrase(schema, to: &$0) }
            html.sample("Example", SchemaExample(api: api).text(of: schema))
        }
    }

    /// The form that all of them have, if there is one.
    private func refusal(among answers: [(name: String, value: JSONValue)]) -> JSONValue? {
        answers.first { !$0.name.hasPrefix("2") }?.value["content"]?["application/json"]?["schema"]
    }

    /// Shown by the script: without one there is nothing to send it.
    private func tryForm(to html: inout HTMLWriter) {
        html.element(
            "form",
            [
                "class": "try", "hidden": "", "data-method": call.method,
                "data-path": DocumentedAPI.path(of: api.server) + call.path,
            ]
        ) { html in
            html.element("details") { html in
                html.element("summary", text: "Try it")
                for parameter in allParameters { input(for: parameter, to: &html) }
                if let exampleBody {
                    let id = "\(call.anchor)-body"
                    html.element("label", ["for": id], text: "Body")
                    html.element("textarea", ["id": id, "rows": "12", "spellcheck": "false"], text: exampleBody)
                }
                html.element("button", ["type": "submit"], text: "Send")
                html.element("output", ["role": "status"])
            }
        }
    }

    private func input(for parameter: JSONValue, to html: inout HTMLWriter) {
        let name = parameter["name"]?.string ?? ""
        let place = parameter["in"]?.string ?? ""
        let isFresh = name == "X-Request-ID"
        html.field(
            name,
            id: "\(call.anchor)-\(place)-\(name)",
            [
                "name": name, "data-in": place, "value": isFresh ? nil : example(of: parameter),
                "placeholder": isFresh ? "a new one for each call" : nil,
                "required": parameter["required"]?.bool == true && !isFresh ? "" : nil,
            ]
        )
    }
}
