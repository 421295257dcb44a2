import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import Adapters

/// The pages below `/docs`, of the documents as the program serves them.
@Suite struct DocumentationTests {
    private static let documents =
        TenantDocuments.all(server: "https://exchange.invalid/v1", tokens: "https://exchange.invalid/token")
        + SupplierDocuments.all(
            server: "https://operator.invalid/wholesale/v1",
            tokens: "https://operator.invalid/token",
            updates: (server: "https://exchange.invalid/supplier/v1", tokens: "https://exchange.invalid/token")
        ) + InstallationDocuments.all(server: "https://operator.invalid/prod/ftth-installer")

    private static let apis = documents.compactMap { DocumentedAPI($0) }
    private static let names = [
        "tenant-api", "tenant-updates-api", "supplier-api", "supplier-updates-api", "installation-api",
    ]

    private func serve(
        _ path: String,
        of documents: [ContractDocument] = Self.documents
    ) async throws -> (status: Int, headers: HTTPFields, body: String) {
        let bench = try await HTTPBench { router in
            Documentation(
                documents: documents,
                links: [.init("The <WSDL>", at: "https://operator.invalid/prod/api2?wsdl", "With `a & b`.")]
            )
            .addRoutes(to: router)
        }
        return try await bench.run { client in
            try await client.execute(uri: path, method: .get) { ($0.status.code, $0.headers, $0.text) }
        }
    }

    @Test(arguments: ["/docs"] + names.map { "/docs/\($0)" })
    func `a page is sound, and loads nothing from elsewhere`(path: String) async throws {
        let page = try await serve(path)
        let check = HTMLCheck(page.body)

        #expect(page.status == 200)
        #expect(page.headers[.contentType] == "text/html; charset=utf-8")
        #expect(check.complaints == [])
        let loaded = check.addresses.filter { $0.tag != "a" }.map(\.url)
        #expect(Set(loaded) == ["/docs/docs.css", "/docs/docs.js", "data:,"])
    }

    @Test(arguments: ["/docs", "/docs/tenant-api", "/docs/docs.css", "/docs/docs.js"])
    func `what a page may do is said with it`(path: String) async throws {
        let policy = try await serve(path).headers[.contentSecurityPolicy] ?? ""

        #expect(policy.contains("default-src 'none'"))
        #expect(policy.contains("script-src 'self'") && policy.contains("connect-src 'self'"))
        #expect(!policy.contains("unsafe"))
    }

    @Test func `every document and every operation can be reached from the first page`() async throws {
        let check = HTMLCheck(try await serve("/docs").body)
        let reached = Set(check.addresses.map(\.url))

        #expect(Self.apis.map(\.name) == Self.names)
        for api in Self.apis {
            #expect(reached.isSuperset(of: ["/docs/\(api.name)", "/docs/\(api.file)"]))
            #expect(reached.isSuperset(of: api.calls.map { "/docs/\(api.name)#\($0.anchor)" }))
        }
        #expect(reached.contains("https://operator.invalid/prod/api2?wsdl"))
    }

    @Test(arguments: names)
    func `every operation and every schema of a document is on its page`(name: String) async throws {
        let api = try #require(Self.apis.first { $0.name == name })
        let page = try await serve("/docs/\(name)").body

        #expect(!api.calls.isEmpty)
        for call in api.calls {
            #expect(page.contains("<article id=\"\(call.anchor)\">"))
            #expect(call.isWebhook || name == "installation-api" || call.curl != nil)
        }
        for (schema, _) in api.schemas { #expect(page.contains("id=\"schema-\(schema)\"")) }
    }

    @Test(arguments: names)
    func `what this program serves for tokens can be tried, what others serve cannot`(name: String) async throws {
        let page = try await serve("/docs/\(name)").body
        let isOurs = ["tenant-api", "supplier-api", "supplier-updates-api"].contains(name)

        #expect(page.contains("class=\"try\"") == isOurs)
        #expect(page.contains("data-tokens=\"/token\"") == isOurs)
        let api = try #require(Self.apis.first { $0.name == name })
        let first = DocumentedAPI.path(of: api.server) + (api.calls.first?.path ?? "")
        #expect(page.contains("data-path=\"\(first)\"") == isOurs)
    }

    @Test func `a document's words are never markup`() async throws {
        let evil = #"<script>alert(1)</script> & \"' `<b>`"#
        let document = """
            {"openapi":"3.1.0","info":{"title":"\(evil)","summary":"\(evil)","description":"\(evil)"},
             "servers":[{"url":"\(evil)"}],"tags":[{"name":"T","description":"\(evil)"}],
             "paths":{"/\(evil)":{"post":{"operationId":"o","tags":["T"],"summary":"\(evil)","description":"\(evil)",
              "parameters":[{"name":"\(evil)","in":"query","description":"\(evil)","example":"\(evil)",
               "schema":{"type":"string","pattern":"\(evil)"}}],
              "requestBody":{"content":{"application/json":{"example":{"\(evil)":"\(evil)"},
               "schema":{"type":"object","properties":{"\(evil)":{"enum":["\(evil)"],"description":"\(evil)"}}}}}},
              "responses":{"200":{"description":"\(evil)","content":{"application/json":{"schema":{"type":"string",
               "examples":["\(evil)"]}}}},"400":{"description":"\(evil)"}},
              "x-codeSamples":[{"source":"\(evil)"}]}}},
             "components":{"schemas":{"S":{"description":"\(evil)","type":"string"}},"securitySchemes":{"oauth2":
              {"flows":{"clientCredentials":{"tokenUrl":"\(evil)"}}}}}}
            """
        let documents = [ContractDocument(openAPI: "evil.json", bytes: Array(document.utf8))]

        for path in ["/docs", "/docs/evil"] {
            let page = try await serve(path, of: documents).body
            #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "\(path)")
            #expect(!page.contains("<script>") && !page.contains("<b>"), "\(path)")
            #expect(HTMLCheck(page).complaints == [], "\(path)")
        }
    }

    @Test func `what cannot be read has no page, and hides no other`() async throws {
        let broken = ContractDocument(openAPI: "broken.json", bytes: Array("{".utf8))

        #expect(try await serve("/docs/broken", of: [broken]).status == 404)
        #expect(try await serve("/docs", of: [broken] + Self.documents).body.contains("/docs/tenant-api"))
    }

    @Test func `a document is served as it is`() async throws {
        let file = try await serve("/docs/supplier-api.json")

        #expect(file.headers[.contentType] == "application/vnd.oai.openapi+json;version=3.1")
        #expect(
            file.body
                == Self.documents.first { $0.file == "supplier-api.json" }.map {
                    String(decoding: $0.bytes, as: UTF8.self)
                }
        )
    }
}
