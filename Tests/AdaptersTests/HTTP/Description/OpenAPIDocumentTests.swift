import Foundation
import Testing

@testable import Adapters

/// What holds for each of our OpenAPI documents, whatever it describes.
@Suite struct OpenAPIDocumentTests {
    @Test(arguments: PublishedDocument.all)
    func `every operation has a name of its own, a summary and an example`(document: PublishedDocument) {
        let operations = document.operations

        #expect(!operations.isEmpty)
        #expect(Set(operations.map(\.id)).count == operations.count)
        for operation in operations {
            #expect(!(operation.json["summary"] as? String ?? "").isEmpty, "\(operation.id)")
            #expect((operation.body == nil) == (operation.example == nil), "\(operation.id)")
        }
    }

    @Test(arguments: PublishedDocument.all)
    func `an example body is valid by its schema`(document: PublishedDocument) throws {
        let check = try document.check
        for operation in document.operations {
            guard let body = operation.body, let example = operation.example else { continue }
            #expect(check.complaints(about: Array(example.utf8), by: body) == [], "\(operation.id)")
        }
    }

    @Test(arguments: PublishedDocument.all)
    func `an example of a parameter is valid by its schema`(document: PublishedDocument) throws {
        let check = try document.check
        for operation in document.operations {
            for parameter in operation.parameters {
                let name = "\(operation.id) \(parameter["name"] ?? "")"
                if let content = (parameter["content"] as? [String: [String: Any]])?["application/json"] {
                    let example = PublishedDocument.text(of: content["example"] ?? [String: Any]())
                    let schema = content["schema"] as? [String: Any] ?? [:]
                    #expect(content["example"] == nil || check.complaints(about: Array(example.utf8), by: schema) == [])
                } else if let example = parameter["example"] as? String {
                    let schema = parameter["schema"] as? [String: Any] ?? [:]
                    // A parameter is text; where a number is meant it is one.
                    let json = schema["type"] as? String == "integer" ? example : PublishedDocument.text(of: example)
                    #expect(check.complaints(about: Array(json.utf8), by: schema) == [], "\(name)")
                } else {
                    #expect(parameter["required"] as? Bool == false, "\(name) is required and has no example")
                }
            }
        }
    }

    @Test(arguments: PublishedDocument.all)
    func `every schema that is named is there, and every one that is there is named`(document: PublishedDocument) {
        let named = Set(
            document.text.matches(of: #/"\$ref":"#\\?/components\\?/schemas\\?/(\w+)"/#).map { String($0.1) }
        )

        #expect(named == Set(document.schemas.keys))
    }

    @Test(arguments: PublishedDocument.all)
    func `every header that an answer has is described`(document: PublishedDocument) {
        let headers = (document.json["components"] as? [String: Any])?["headers"] as? [String: Any] ?? [:]
        let named = Set(document.text.matches(of: #/"#/components/headers/([\w-]+)"/#).map { String($0.1) })

        #expect(named == Set(headers.keys))
    }

    @Test(arguments: PublishedDocument.all)
    func `what is made leads to what can be done with it`(document: PublishedDocument) {
        for operation in document.operations where operation.path.hasSuffix("/{id}") {
            let parent = operation.path.replacing("/{id}", with: "")
            let makers = document.operations.filter { $0.path == parent && $0.method == "post" }
            for maker in makers {
                let answer = maker.responses.first { $0.key.hasPrefix("2") }?.value
                let link = (answer?["links"] as? [String: [String: Any]])?[operation.id]
                #expect(link?["operationId"] as? String == operation.id, "\(maker.id)")
                #expect(link?["parameters"] as? [String: String] == ["id": "$response.body#/id"])
            }
        }
    }

    @Test(arguments: PublishedDocument.all)
    func `the curl example says what the document says`(document: PublishedDocument) {
        for operation in document.operations {
            let curl = operation.curl
            #expect(curl.hasPrefix("curl "), "\(operation.id)")
            #expect(operation.method == "get" || curl.contains("--request \(operation.method.uppercased()) "))
            #expect(!curl.contains("{\(operation.path)"), "no placeholder is left")
            for parameter in operation.parameters where parameter["required"] as? Bool == true {
                let name = parameter["name"] as? String ?? ""
                let isSaid =
                    parameter["in"] as? String == "path" || curl.contains("\(name): ") || curl.contains("'\(name)=")
                #expect(isSaid, "\(operation.id) \(name)")
            }
            #expect(operation.body == nil || curl.contains("--data '{"), "\(operation.id)")
        }
    }
}

extension PublishedDocument.Operation {
    private var content: [String: Any]? {
        ((json["requestBody"] as? [String: Any])?["content"] as? [String: [String: Any]])?["application/json"]
    }
    var body: [String: Any]? { content?["schema"] as? [String: Any] }
    var example: String? { content?["example"].map { PublishedDocument.text(of: $0) } }
}
