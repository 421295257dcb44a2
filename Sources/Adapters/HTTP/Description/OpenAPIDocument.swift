import Formats

/// An OpenAPI 3.1 document of a REST contract, put together from its operations and schemas.
struct OpenAPIDocument: Sendable {
    let title: String
    let summary: String
    let description: String
    /// Without a slash at the end.
    let server: String
    /// OAuth2 client credentials: where tokens are had, and what each scope is for. `nil`: the callers' affair.
    var tokens: (url: String, scopes: [(name: String, meaning: String)])?
    let tags: [(name: String, description: String)]
    let common: DescribedOperation.Common
    let operations: [DescribedOperation]
    let schemas: [(name: String, schema: Schema)]

    /// The security scheme's name.
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
                json.array("servers") { json in json.object { $0.field("url", server) } }
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

    private func writePaths(_ json: inout JSONWriter) {
        var paths: [String] = []
        for operation in operations where !paths.contains(operation.path) { paths.append(operation.path) }
        for path in paths {
            json.object(path) { json in
                for operation in operations where operation.path == path { operation.write(common, to: &json) }
            }
        }
    }

    private func writeComponents(_ json: inout JSONWriter) {
        if let tokens {
            json.object("securitySchemes") { json in
                json.object(Self.security) { json in
                    json.field("type", "oauth2")
                    json.object("flows") { json in
                        json.object("clientCredentials") { json in
                            json.field("tokenUrl", tokens.url)
                            json.object("scopes") { json in
                                for scope in tokens.scopes { json.field(scope.name, scope.meaning) }
                            }
                        }
                    }
                }
            }
        }
        json.object("headers") { json in
            for header in common.headers {
                json.object(header.name) { write(header: header.description, header.schema, to: &$0) }
            }
            for header in Self.ownHeaders {
                json.object(header.name) { write(header: header.meaning, .string(), to: &$0) }
            }
        }
        json.object("schemas") { json in
            for each in Self.refusals + schemas { json.raw(each.name, each.schema.json) }
        }
    }

    private func write(header meaning: String?, _ schema: Schema, to json: inout JSONWriter) {
        json.field("description", meaning)
        json.raw("schema", schema.json)
    }

    private static let ownHeaders: [(name: String, meaning: String)] = [
        ("Location", "Where what was made can be read."),
        ("X-Gateway-Warning", "What was let pass, though it is odd; separated by semicolons."),
        ("X-Truncated", "`true` where there is more than is shown."),
    ]

    /// G-002, G-004 and RFC 9457.
    private static let refusals: [(name: String, schema: Schema)] = [
        ("Absent", .absent),
        (
            "Error",
            .object(
                "What is wrong: all of it at once, each with a pointer (RFC 6901) to where. No value is repeated (G-002, G-004).",
                [
                    .required("uuid", .string(format: "uuid", description: "By which our log knows it.")),
                    .required("code", .choice(of: APIError.Code.self)),
                    .required("messages", .array(of: .string())), .required("errors", .array(of: .ref("ErrorItem"))),
                ]
            )
        ),
        (
            "ErrorItem",
            .object([
                .required(
                    "pointer",
                    .string(description: "RFC 6901; empty: the whole. A query's parameter has its name behind a slash.")
                ),
                .required("code", .string()), .required("message", .string()),
            ])
        ),
        (
            "Problem",
            .object(
                "The same by RFC 9457, for `Accept: application/problem+json`.",
                [
                    .required("type", .string()), .required("title", .string()),
                    .required("status", .integer(400...599)), .required("detail", .string()),
                    .required("instance", .string()), .required("code", .choice(of: APIError.Code.self)),
                    .required("errors", .array(of: .ref("ErrorItem"))),
                ]
            )
        ),
    ]
}
