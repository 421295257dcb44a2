import Formats

/// A page of one contract: how one gets in, its operations, its schemas.
struct ContractPage {
    let api: DocumentedAPI

    var html: [UInt8] {
        DocumentationFrame.page(api.title) { html in
            html.element("h1", text: api.title)
            html.element("p", ["class": "lead"], text: api.summary)
            html.prose(api.description)
            html.element("p") { $0.element("a", ["href": "/docs/\(api.file)"], text: "The document, OpenAPI 3.1") }
            contents(to: &html)
            access(to: &html)
            for group in groups {
                html.element("h2", text: group.title)
                if !group.description.isEmpty { html.prose(group.description) }
                for call in group.calls { OperationSection(api: api, call: call).write(to: &html) }
            }
            html.element("h2", ["id": "schemas"], text: "Schemas")
            for (name, schema) in api.schemas {
                html.element("section", ["id": "schema-\(name)", "class": "schema"]) { html in
                    html.element("h3", text: name)
                    SchemaTable(api: api).write(schema, to: &html)
                }
            }
        }
    }

    private typealias Group = (title: String, description: String, calls: [DocumentedAPI.Call])

    private var groups: [Group] {
        let tagged: [Group] = api.tags.map { tag in
            (tag.name, tag.description, api.calls.filter { $0.tag == tag.name })
        }
        let (own, foreign) = (api.calls.filter { $0.tag == nil && !$0.isWebhook }, api.calls.filter(\.isWebhook))
        let others: [Group] = [("Operations", "", own), ("Sent to you", "", foreign)]
        return (tagged + others).filter { !$0.calls.isEmpty }
    }

    private func contents(to html: inout HTMLWriter) {
        html.element("nav", ["aria-label": "Operations"]) { html in
            html.element("details", ["open": ""]) { html in
                html.element("summary", text: "Operations")
                html.element("ul", ["class": "calls"]) { html in
                    for call in groups.flatMap(\.calls) {
                        html.element("li") { html in
                            html.element("a", ["href": "#\(call.anchor)"]) { $0.line(of: call) }
                            html.text(" " + call.summary)
                        }
                    }
                }
                html.element("p") { $0.element("a", ["href": "#schemas"], text: "Schemas") }
            }
        }
    }

    private func access(to html: inout HTMLWriter) {
        html.element("section", ["id": "access"]) { html in
            html.element("h2", text: "Access")
            html.element("p") { html in
                html.text("Paths begin at ")
                html.element("code", text: api.server)
                html.text(".")
            }
            for (name, variable) in api.variables {
                html.prose("`\(name)`: \(variable["description"]?.string ?? "")")
            }
            guard api.canBeTried, let tokens = api.tokens else { return }
            html.prose(
                "A token is had for a client's id and secret (OAuth2, client credentials), and is good for an hour."
            )
            html.sample("Get a token", Self.curl(tokens))
            html.element("form", ["class": "token", "data-tokens": DocumentedAPI.path(of: tokens), "hidden": ""]) {
                html in
                html.element("h3", text: "Try it from here")
                html.prose(
                    """
                    A sandbox writes clients for you to its file `sandbox.json`. What you type goes nowhere but to this server, and \
                    is forgotten with the page.
                    """
                )
                html.field("Client id", id: "client-id", ["name": "client_id", "autocomplete": "off", "required": ""])
                html.field(
                    "Client secret",
                    id: "client-secret",
                    ["name": "client_secret", "type": "password", "autocomplete": "off", "required": ""]
                )
                html.element("button", ["type": "submit"], text: "Get a token")
                html.element("output", ["role": "status"])
            }
        }
    }

    private static func curl(_ tokens: String) -> String {
        """
        TOKEN=$(curl --silent --user "$CLIENT_ID:$CLIENT_SECRET" --data grant_type=client_credentials \\
          '\(tokens)' | sed 's/.*"access_token" *: *"\\([^"]*\\)".*/\\1/')
        """
    }
}

extension HTMLWriter {
    /// An input with its label.
    mutating func field(_ label: String, id: String, _ attributes: KeyValuePairs<String, String?>) {
        element("label", ["for": id], text: label)
        input(id: id, attributes)
    }

    private mutating func input(id: String, _ attributes: KeyValuePairs<String, String?>) {
        let value = { (name: String) in attributes.first { $0.key == name }?.value ?? nil }
        void(
            "input",
            [
                "id": id, "name": value("name"), "type": value("type"), "value": value("value"),
                "autocomplete": value("autocomplete"), "required": value("required"), "data-in": value("data-in"),
                "placeholder": value("placeholder"), "spellcheck": "false",
            ]
        )
    }
}
