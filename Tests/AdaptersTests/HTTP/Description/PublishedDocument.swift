import Foundation
import Testing

@testable import Adapters

/// An OpenAPI document as it is served, read again by somebody who does not know how it was made.
struct PublishedDocument: CustomTestStringConvertible, Sendable {
    struct Operation: Sendable {
        let id: String
        let method: String
        let path: String
        /// Foundation's dictionaries are not Sendable; its JSON is.
        let text: String

        var json: [String: Any] { (try? JSONSerialization.jsonObject(with: Data(text.utf8))) as? [String: Any] ?? [:] }
        var parameters: [[String: Any]] { json["parameters"] as? [[String: Any]] ?? [] }
        var responses: [String: [String: Any]] { json["responses"] as? [String: [String: Any]] ?? [:] }
        var curl: String { ((json["x-codeSamples"] as? [[String: Any]])?.first?["source"] as? String) ?? "" }
    }

    let file: String
    let text: String

    static let all: [PublishedDocument] =
        (TenantDocuments.all(server: "https://exchange.invalid/v1", tokens: "https://exchange.invalid/token")
        + SupplierDocuments.all(
            server: "https://operator.invalid/wholesale/v1",
            tokens: "https://operator.invalid/token",
            updates: (server: "https://exchange.invalid/supplier/v1", tokens: "https://exchange.invalid/token")
        )).map { PublishedDocument(file: $0.file, text: String(decoding: $0.bytes, as: UTF8.self)) }

    static func named(_ file: String) -> PublishedDocument? { all.first { $0.file == file } }

    var testDescription: String { file }
    var json: [String: Any] { (try? JSONSerialization.jsonObject(with: Data(text.utf8))) as? [String: Any] ?? [:] }
    var check: JSONSchemaCheck { get throws { try JSONSchemaCheck(text, definitions: "components/schemas") } }
    var schemas: [String: Any] { (json["components"] as? [String: Any])?["schemas"] as? [String: Any] ?? [:] }

    var operations: [Operation] {
        let paths = json["paths"] as? [String: [String: [String: Any]]] ?? [:]
        return paths.sorted { $0.key < $1.key }.flatMap { path, methods in
            methods.sorted { $0.key < $1.key }.map { method, operation in
                Operation(
                    id: operation["operationId"] as? String ?? "",
                    method: method,
                    path: path,
                    text: Self.text(of: operation)
                )
            }
        }
    }

    static func text(of value: Any) -> String {
        let data = try? JSONSerialization.data(withJSONObject: value, options: [.fragmentsAllowed, .sortedKeys])
        return String(decoding: data ?? Data(), as: UTF8.self)
    }
}
