import Formats

/// What every page of the documentation has around it.
enum DocumentationFrame {
    static func page(_ title: String, _ main: (inout HTMLWriter) -> Void) -> [UInt8] {
        HTMLWriter.page { html in
            html.element("html", ["lang": "en-GB"]) { html in
                html.element("head") { html in
                    html.void("meta", ["charset": "utf-8"])
                    html.void("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
                    html.void("meta", ["name": "color-scheme", "content": "light dark"])
                    html.element("title", text: title + " – Patchbay")
                    html.void("link", ["rel": "stylesheet", "href": "/docs/docs.css"])
                    html.void("link", ["rel": "icon", "href": "data:,"])
                    html.element("script", ["src": "/docs/docs.js", "defer": ""])
                }
                html.element("body") { html in
                    html.element("a", ["class": "skip", "href": "#main"], text: "Skip to the content")
                    html.element("header") { html in
                        html.element("a", ["href": "/docs"], text: "Patchbay documents")
                    }
                    html.element("main", ["id": "main"], main)
                }
            }
        }
    }
}
