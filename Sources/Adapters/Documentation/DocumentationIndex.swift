import Formats

/// `/docs`: every contract, and every operation of it, with the way to each.
struct DocumentationIndex {
    let apis: [DocumentedAPI]
    let links: [Documentation.Link]

    var html: [UInt8] {
        DocumentationFrame.page("Documents") { html in
            html.element("h1", text: "Documents")
            html.prose(
                """
                What this exchange speaks, and with whom. Each contract has a page to read, on which calls can be tried, and a \
                document for programs, which requests are tested against.
                """
            )
            for api in apis { contract(api, to: &html) }
            html.element("section") { html in
                html.element("h2", text: "Other documents")
                html.element("ul") { html in
                    for link in links {
                        html.element("li") { html in
                            html.element("a", ["href": link.url], text: link.title)
                            html.text(": ")
                            html.inline(link.about)
                        }
                    }
                }
            }
        }
    }

    private func contract(_ api: DocumentedAPI, to html: inout HTMLWriter) {
        html.element("section", ["id": api.name]) { html in
            html.element("h2") { $0.element("a", ["href": "/docs/\(api.name)"], text: api.title) }
            html.prose(api.summary)
            html.element("p") { html in
                html.element("a", ["href": "/docs/\(api.name)"], text: "Read and try")
                html.text(" · ")
                html.element("a", ["href": "/docs/\(api.file)"], text: "OpenAPI 3.1")
            }
            html.element("ul", ["class": "calls"]) { html in
                for call in api.calls {
                    html.element("li") { html in
                        html.element("a", ["href": "/docs/\(api.name)#\(call.anchor)"]) { $0.line(of: call) }
                        html.text(" " + call.summary)
                    }
                }
            }
        }
    }
}

extension HTMLWriter {
    /// `POST /service-orders`
    mutating func line(of call: DocumentedAPI.Call) {
        element("span", ["class": "method \(call.method.lowercased())"], text: call.method)
        text(" ")
        element("code", text: call.path)
    }
}
