import Formats
import HTTPTypes

/// An OpenAPI 3.1 document of a REST contract, put together from its operations and schemas.
struct OpenAPIDocument: Sendable {
    struct Server: Sendable {
        /// Without a slash at the end.
        let url: String
        /// What stands in braces in the URL.
        var variables: [(name: String, value: String, meaning: String)] = []

        /// With the variables' own values.
        var example: String {
            variables.reduce(url) { $0.replacing("{\($1.name)}", with: $1.value) }
        }
    }

    let title: String
    let summary: String
    let description: String
    let server: Server
    let security: [(name: String, scheme: SecurityScheme)]
    let tags: [(name: String, description: String)]
    let common: DescribedOperation.Common
    let operations: [DescribedOperation]
    /// Those that no operation leads to are left out.
    let schemas: [(name: String, schema: Schema)]

    /// The name of the security scheme of access tokens.
    static let security = "oauth2"
    static let contentType = "application/vnd.oai.openapi+json;version=3.1"

    var bytes: [UInt8] {
        JSONWriter.bytes(reserving: 131_072) { json in
            json.object { json in
                json.field("openapi", "3.1.0")
                json.object("info") { json in
                    json.field("title", title)
                    json.field("version", "1.0.0")
                    json.field("summary", summary)
                    json.field("description", description)
                }
                json.array("servers") { json in json.object(nil, writeServer) }
                json.array("tags") { json in
                    for tag in tags {
                        json.object { json in
                            json.field("name", tag.name)
                            json.field("description", tag.description)
                        }
                    }
                }
                json.object("paths", writePaths)
                json.object("components", writeComponents)
            }
        }
    }

    private func writeServer(_ json: inout JSONWriter) {
        json.field("url", server.url)
        guard !server.variables.isEmpty else { return }
        json.object("variables") { json in
            for variable in server.variables {
                json.object(variable.name) { json in
                    json.field("default", variable.value)
                    json.field("description", variable.meaning)
                }
            }
        }
    }

    private func writePaths(_ json: inout JSONWriter) {
        var paths: [String] = []
        for operation in operations where !paths.contains(operation.path) { paths.append(operation.path) }
        for path in paths {
            json.object(path) { json in
                for operation in operations where operation.path == path {
                    let followers = operation.method == .post ? operations.filter { $0.path == path + "/{id}" } : []
                    operation.write(common, server: server.example, followedBy: followers, to: &json)
                }
            }
        }
    }

    private func writeComponents(_ json: inout JSONWriter) {
        if !security.isEmpty {
            json.object("securitySchemes") { json in
                for each in security { json.object(each.name, each.scheme.write) }
            }
        }
        json.object("headers") { json in
            for header in common.headers where common.echoed.contains(header.name) {
                json.object(header.name) { write(header: header.description, header.schema, to: &$0) }
            }
            let named = Set(operations.flatMap(\.answer.headers) + common.warningHeaders)
            for header in Self.ownHeaders where named.contains(header.name) {
                json.object(header.name) { write(header: header.meaning, .string(), to: &$0) }
            }
        }
        json.object("schemas") { json in
            for each in reachable { json.raw(each.name, each.schema.json) }
        }
    }

    private func write(header meaning: String?, _ schema: Schema, to json: inout JSONWriter) {
        json.field("description", meaning)
        json.raw("schema", schema.json)
    }

    /// What the operations lead to, in its order.
    private var reachable: [(name: String, schema: Schema)] {
        let all = Refusals.schemas + schemas
        let parts = operations.flatMap { operation in
            [operation.body, operation.answer.schema].compactMap(\.self) + operation.parameters.map(\.schema)
        }
        var found = Set(parts.flatMap(\.names) + (common.refusalsHaveBodies ? ["Error", "Problem"] : []))
        var news = found
        while !news.isEmpty {
            let next = Set(all.filter { news.contains($0.name) }.flatMap(\.schema.names))
            news = next.subtracting(found)
            found.formUnion(next)
        }
        return all.filter { found.contains($0.name) }
    }

    private static let ownHeaders: [(name: String, meaning: String)] = [
        ("Location", "Where what was made can be read."),
        ("X-Gateway-Warning", "What was let pass, though it is odd; separated by semicolons."),
        ("X-Truncated", "`true` where there is more than is shown."),
    ]
}
