/// Every message of the contract as JSON Schema 2020-12 (G-120 … G-132), written once: for the schema document, and for
/// the OpenAPI document, which has the same definitions under another address.
///
/// What a partner sends is described as it is *taken*: what is forgiven is valid here too (X-31 … X-33, null and `""` for
/// absent), so that what this schema refuses is refused by the server. What the operator sends is described as it is
/// written.
enum InstallationSchema {
    /// A definition by its name; they refer to each other as `#/$defs/name`.
    typealias Definition = (name: String, json: String)

    static let definitions: [Definition] = messages + answers + parts + pack

    /// The messages of both directions: what a program that has a body and no path validates against.
    static let messageNames = [
        "notifyJobRequest", "closeJobRequest", "createJobMessage", "cancelJobMessage", "notifyJobMessage",
        "operatorAnswer", "partnerAnswer",
    ]

    /// `/docs/installation-api.schema.json`.
    static let document = """
        {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:patchbay:installation-api:1.0",
        "title": "Messages of the Installation API, both directions",
        "anyOf": [\(messageNames.map { "{ \"$ref\": \"#/$defs/\($0)\" }" }.joined(separator: ", "))],
        "$defs": {
        \(listed(definitions))
        }
        }

        """

    /// The same definitions where an OpenAPI document has its schemas.
    static let components = listed(definitions).replacing("#/$defs/", with: "#/components/schemas/")

    private static func listed(_ definitions: [Definition]) -> String {
        definitions.map { "\"\($0.name)\": \($0.json)" }.joined(separator: ",\n")
    }
}
