import Formats
import HTTPTypes
import Hummingbird

/// What describes the contracts, below `/docs`: the documents, a page for each that can try calls, and a page of all.
///
/// Served without credentials: it says nothing of anybody. The pages are made once, when somebody first looks at one, of
/// the documents that they show; they load nothing from elsewhere, and may not.
package struct Documentation: Sendable {
    /// A document of another kind than OpenAPI.
    package struct Link: Sendable {
        let title: String
        let url: String
        let about: String

        package init(_ title: String, at url: String, _ about: String) {
            self.title = title
            self.url = url
            self.about = about
        }
    }

    private let documents: [ContractDocument]
    /// `nil`: what it would show cannot be read.
    private let pages: [(path: String, html: MadeOnce<[UInt8]?>)]

    package init(documents: [ContractDocument], links: [Link]) {
        self.documents = documents
        let described = documents.filter(\.isOpenAPI)
        let index = MadeOnce<[UInt8]?> {
            DocumentationIndex(apis: described.compactMap { DocumentedAPI($0) }, links: links).html
        }
        let contracts = described.map { document in
            let page = MadeOnce<[UInt8]?> { DocumentedAPI(document).map { ContractPage(api: $0).html } }
            return (path: "docs/\(document.name)", html: page)
        }
        pages = [(path: "docs", html: index)] + contracts
    }

    package func addRoutes(to router: some RouterMethods<some RequestContext>) {
        for document in documents { document.addRoute(to: router) }
        for page in pages {
            router.get(RouterPath(page.path)) { _, _ in
                guard let html = page.html.value else { throw HTTPError(.notFound) }
                return Self.answer("text/html; charset=utf-8", html)
            }
        }
        router.get("docs/docs.css") { _, _ in Self.answer("text/css; charset=utf-8", PackageResources.docs_css) }
        router.get("docs/docs.js") { _, _ in Self.answer("text/javascript; charset=utf-8", PackageResources.docs_js) }
    }

    private static func answer(_ contentType: String, _ bytes: [UInt8]) -> ByteResponse {
        ByteResponse(
            contentType: contentType,
            bytes: bytes,
            headers: [
                .contentSecurityPolicy: policy, .xContentTypeOptions: "nosniff", .referrerPolicy: "no-referrer",
                .cacheControl: "no-cache",
            ]
        )
    }

    /// Its own style and script, calls to where it came from, and nothing else.
    private static let policy = """
        default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; \
        frame-ancestors 'none'
        """
}

extension HTTPField.Name {
    fileprivate static let referrerPolicy = Self.known("Referrer-Policy")
}
