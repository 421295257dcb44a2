import Formats

/// An OpenAPI document as its page needs it: read from what is served, so that both say the same.
struct DocumentedAPI {
    struct Call {
        let method: String
        let path: String
        /// What somebody else posts to the reader.
        let isWebhook: Bool
        let operation: JSONValue

        var id: String { operation["operationId"]?.string ?? method + path }
        var tag: String? { operation["tags"].strings.first }
        var summary: String { operation["summary"]?.string ?? "" }
        var curl: String? { operation["x-codeSamples"].elements.first?["source"]?.string }
        /// Its place on the page.
        var anchor: String { "operation-\(id)" }
    }

    /// `tenant-api`
    let name: String
    let file: String
    let root: JSONValue
    let calls: [Call]

    /// `nil`: it is no OpenAPI document.
    init?(_ document: ContractDocument) {
        guard document.isOpenAPI, let root = try? JSONDocument(parsing: document.bytes).root else { return nil }
        self.root = root
        file = document.file
        name = document.name
        calls =
            Self.calls(root["paths"], isWebhook: false) + Self.calls(root["webhooks"], isWebhook: true)
    }

    var title: String { root["info"]?["title"]?.string ?? name }
    var summary: String { root["info"]?["summary"]?.string ?? "" }
    var description: String { root["info"]?["description"]?.string ?? "" }
    var tags: [(name: String, description: String)] {
        root["tags"].elements.map { ($0["name"]?.string ?? "", $0["description"]?.string ?? "") }
    }
    var schemas: [(name: String, value: JSONValue)] { (root["components"]?["schemas"]).members }

    /// Where the calls go; empty: wherever the reader serves them.
    var server: String { root["servers"].elements.first?["url"]?.string ?? "" }
    var variables: [(name: String, value: JSONValue)] {
        (root["servers"].elements.first?["variables"]).members
    }
    var tokens: String? {
        root["components"]?["securitySchemes"]?[OpenAPIDocument.security]?["flows"]?["clientCredentials"]?["tokenUrl"]?
            .string
    }

    /// Whether this program serves the calls and their tokens, so that the page can make them.
    var canBeTried: Bool {
        guard let tokens, !server.contains("{") else { return false }
        return Self.origin(of: tokens) == Self.origin(of: server)
    }

    /// A schema behind its name, if it has one.
    func resolve(_ schema: JSONValue) -> (name: String?, schema: JSONValue) {
        guard let name = Self.name(of: schema), let found = root["components"]?["schemas"]?[name] else {
            return (nil, schema)
        }
        return (name, found)
    }

    static func name(of schema: JSONValue) -> String? {
        schema["$ref"]?.string?.split(separator: "/").last.map { String($0) }
    }

    /// The path of a URL, as the page's own origin has it.
    static func path(of url: String) -> String { String(url.dropFirst(origin(of: url).count)) }

    private static func origin(of url: String) -> String {
        url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false).prefix(3).joined(separator: "/")
    }

    private static func calls(_ paths: JSONValue?, isWebhook: Bool) -> [Call] {
        paths.members.flatMap { path, methods in
            methods.members.map { method, operation in
                Call(method: method.uppercased(), path: path, isWebhook: isWebhook, operation: operation)
            }
        }
    }
}
