/// The contract as OpenAPI 3.1: what partners post to the operator as paths, what the operator posts to partners as
/// webhooks.
struct InstallationOpenAPI {
    let text: String

    /// - Parameter server: where partners post, without a slash at the end.
    init(server: String) {
        let paths =
            Self.operation("notifyJob", "How the engineer's day goes.", "notifyJobRequest") + ",\n"
            + Self.operation("closeJob", "How the visit ended.", "closeJobRequest")
        let webhooks = [
            Self.webhook("createJob", "A job pack."), Self.webhook("cancelJob", "A job is taken back."),
            Self.webhook("notifyJob", "What became of a scanned ONT."),
        ]
        text = """
            {
            "openapi": "3.1.0",
            "info": {
              "title": "Installation API",
              "version": "1.0.0",
              "summary": "Between a network operator and its installation partners.",
              "description": "JSON over mutual TLS, from addresses agreed in advance. Every message is posted; what is wrong with one is answered with status 200 and an error of JSON-RPC, every problem with its pointer."
            },
            "servers": [{ "url": "\(server)" }],
            "security": [{ "certificate": [] }],
            "paths": {
            "/": { "post": {
              "operationId": "anyMethod",
              "summary": "Either message; its method is in the body.",
              \(Self.body(["notifyJobRequest", "closeJobRequest"])),
              \(Self.responses("operatorAnswer"))
            } },
            \(paths)
            },
            "webhooks": {
            \(webhooks.joined(separator: ",\n"))
            },
            "components": {
            "securitySchemes": { "certificate": {
              "type": "mutualTLS", "description": "A registered client certificate, from a registered address."
            } },
            "schemas": {
            \(InstallationSchema.components)
            }
            }
            }

            """
    }

    private static func operation(_ method: String, _ summary: String, _ schema: String) -> String {
        """
        "/\(method)": { "post": {
          "operationId": "\(method)",
          "summary": "\(summary)",
          \(body([schema])),
          \(responses("operatorAnswer"))
        } }
        """
    }

    private static func webhook(_ method: String, _ summary: String) -> String {
        """
        "\(method)": { "post": {
          "operationId": "\(method)Webhook",
          "summary": "\(summary)",
          "description": "Posted to the partner's address followed by /\(method).",
          \(body([method + "Message"])),
          \(responses("partnerAnswer"))
        } }
        """
    }

    private static func body(_ schemas: [String]) -> String {
        "\"requestBody\": { \"required\": true, \"content\": \(content(schemas)) }"
    }

    private static func responses(_ schema: String) -> String {
        """
        "responses": {
            "200": { "description": "Taken, or refused with an error.", "content": \(content([schema])) },
            "400": { "description": "Not JSON.", "content": \(content(["refusal"])) },
            "401": { "description": "No registered certificate.", "content": \(content(["refusal"])) },
            "403": { "description": "From an address that is not registered.", "content": \(content(["refusal"])) },
            "413": { "description": "Larger than a mebibyte.", "content": \(content(["refusal"])) },
            "415": { "description": "Compressed.", "content": \(content(["refusal"])) }
          }
        """
    }

    private static func content(_ schemas: [String]) -> String {
        let references = schemas.map { "{ \"$ref\": \"#/components/schemas/\($0)\" }" }
        return "{ \"application/json\": { \"schema\": { \"anyOf\": [\(references.joined(separator: ", "))] } } }"
    }
}
