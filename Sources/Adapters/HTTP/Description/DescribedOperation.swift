import Formats
import HTTPTypes

/// An operation of a REST contract as its OpenAPI document describes it.
struct DescribedOperation: Sendable {
    struct Parameter: Sendable {
        enum Place: String { case path, query, header }

        let name: String
        let place: Place
        let schema: Schema
        var isRequired = false
        var description: String?
        /// A value of JSON, URL-encoded, where the schema is not of a plain value.
        var isJSON = false
        var example: String?
        /// A header whose value is another for every request.
        var isFresh = false

        static let id = id("The gateway's number. Anything else names nothing: 404 (X-47).")

        static func id(_ description: String) -> Parameter {
            Parameter(
                name: "id",
                place: .path,
                schema: .string(pattern: "^[1-9][0-9]{0,15}$"),
                isRequired: true,
                description: description,
                example: "1"
            )
        }

        static func query(_ name: String, _ schema: Schema, _ description: String, example: String? = nil) -> Parameter
        {
            Parameter(name: name, place: .query, schema: schema, description: description, example: example)
        }
    }

    struct Answer: Sendable {
        let status: Int
        let description: String
        /// `nil`: no body.
        var schema: Schema?
        /// Beside those that every answer has.
        var headers: [String] = []
    }

    let method: HTTPRequest.Method
    /// Below the contract's base.
    let path: String
    let id: String
    let tag: String
    let summary: String
    var description: String?
    /// Any of these lets a caller in; empty: any token of the interface does.
    var scopes: [String] = []
    var parameters: [Parameter] = []
    /// The body's schema.
    var body: Schema?
    /// A body that the sandbox takes, for a person to begin with.
    var example: String?
    let answer: Answer
    /// Beside those that every operation has.
    var refusals: [Int] = []
}

extension DescribedOperation {
    /// - Parameter common: what every operation of the contract has beside its own.
    /// - Parameters:
    ///   - server: where the paths begin, for the example.
    ///   - followers: what can be done with what this one makes, by its number.
    func write(
        _ common: Common,
        server: String,
        followedBy followers: [DescribedOperation],
        to json: inout JSONWriter
    ) {
        json.object(method.rawValue.lowercased()) { json in
            json.field("operationId", id)
            json.strings("tags", [tag])
            json.field("summary", summary)
            json.field("description", description)
            if !common.security.isEmpty {
                json.array("security") { json in
                    // Alternatives: any one scheme, and any one scope, is enough.
                    for scheme in common.security {
                        if scopes.isEmpty { json.object { $0.strings(scheme, []) } }
                        for scope in scopes { json.object { $0.strings(scheme, [scope]) } }
                    }
                }
            }
            if !(common.headers + parameters).isEmpty {
                json.array("parameters") { json in
                    for parameter in common.headers + parameters { json.object { parameter.write(to: &$0) } }
                }
            }
            if let body {
                json.object("requestBody") { json in
                    json.field("required", true)
                    json.object("content") { json in
                        json.object("application/json") { json in
                            json.raw("schema", body.json)
                            if let example { json.raw("example", Array(example.utf8)) }
                        }
                    }
                }
            }
            json.object("responses") { json in
                json.object(String(answer.status)) { write(answer, common, followers, to: &$0) }
                for status in Set(common.refusals(of: self) + refusals).sorted() {
                    json.object(String(status)) { common.write(refusal: status, to: &$0) }
                }
            }
            CurlExample(self, common, server: server).write(to: &json)
        }
    }

    private func write(
        _ answer: Answer,
        _ common: Common,
        _ followers: [DescribedOperation],
        to json: inout JSONWriter
    ) {
        json.field("description", answer.description)
        json.object("headers") { json in
            for name in common.echoed + answer.headers + common.warningHeaders {
                json.object(name) { $0.field("$ref", "#/components/headers/\(name)") }
            }
        }
        guard let schema = answer.schema else { return }
        json.object("content") { json in
            json.object("application/json") { $0.raw("schema", schema.json) }
        }
        guard !followers.isEmpty else { return }
        json.object("links") { json in
            for follower in followers {
                json.object(follower.id) { json in
                    json.field("operationId", follower.id)
                    json.object("parameters") { $0.field("id", "$response.body#/id") }
                }
            }
        }
    }

    /// What all operations of a contract have in common.
    struct Common: Sendable {
        /// The names of the security schemes, of which any does; empty: nobody is asked.
        var security: [String] = []
        var headers: [Parameter] = []
        /// Those of the headers that every answer has too.
        var echoed: [String] = []
        /// What each refusal means, by its status.
        let meanings: [Int: String]
        /// Statuses of every operation, and of those with a body.
        var always: [Int] = []
        var withBody: [Int] = []
        /// Whether an answer names in `X-Gateway-Warning` what was let pass, such as a parameter that the operation does not have.
        var warns = false
        /// Whether a refusal's body has a form; else it is the callee's affair.
        var refusalsHaveBodies = true

        var warningHeaders: [String] { warns ? ["X-Gateway-Warning"] : [] }

        func refusals(of operation: DescribedOperation) -> [Int] {
            always + (operation.body == nil ? [] : withBody)
                + (operation.parameters.contains { $0.place == .path } ? [404] : [])
        }

        /// A refusal has a body in either form; 503 may have none (G-003, G-004).
        func write(refusal status: Int, to json: inout JSONWriter) {
            json.field("description", meanings[status] ?? "Refused.")
            json.object("headers") { json in
                for name in echoed {
                    json.object(name) { $0.field("$ref", "#/components/headers/\(name)") }
                }
            }
            guard refusalsHaveBodies else { return }
            json.object("content") { json in
                json.object("application/json") { $0.raw("schema", Schema.ref("Error").json) }
                json.object("application/problem+json") { $0.raw("schema", Schema.ref("Problem").json) }
            }
        }
    }
}

extension DescribedOperation.Parameter {
    fileprivate func write(to json: inout JSONWriter) {
        json.field("name", name)
        json.field("in", place.rawValue)
        json.field("required", isRequired)
        json.field("description", description)
        if isJSON {
            json.object("content") { json in
                json.object("application/json") { json in
                    json.raw("schema", schema.json)
                    if let example { json.raw("example", Array(example.utf8)) }
                }
            }
        } else {
            json.raw("schema", schema.json)
            json.field("example", example)
        }
    }
}
