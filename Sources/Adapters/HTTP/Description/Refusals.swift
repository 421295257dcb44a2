/// How every REST contract of ours spells a refusal: G-002, G-004 and RFC 9457.
enum Refusals {
    static let schemas: [(name: String, schema: Schema)] = [
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
