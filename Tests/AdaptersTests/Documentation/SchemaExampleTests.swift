import Formats
import Foundation
import Testing

@testable import Adapters

@Suite struct SchemaExampleTests {
    @Test(arguments: PublishedDocument.all)
    func `what is shown as an answer, or as a refusal, is one by the document`(document: PublishedDocument) throws {
        let api = try #require(
            DocumentedAPI(ContractDocument(openAPI: document.file, bytes: Array(document.text.utf8)))
        )
        let check = try document.check
        for call in api.calls {
            for (status, answer) in try #require(call.operation["responses"]).members {
                guard let schema = answer["content"]?["application/json"]?["schema"] else { continue }
                let text = JSONWriter.string { $0.value(nil, schema) }
                let published = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
                let example = SchemaExample(api: api).text(of: schema)

                let complaints = check.complaints(about: Array(example.utf8), by: try #require(published))
                #expect(complaints == [], "\(call.id) \(status): \(example)")
            }
        }
    }

    @Test func `an update of any kind can be made up`() throws {
        let document = try #require(PublishedDocument.named("tenant-updates-api.json"))
        let api = try #require(
            DocumentedAPI(ContractDocument(openAPI: document.file, bytes: Array(document.text.utf8)))
        )
        let check = try document.check
        for (name, schema) in api.schemas where name.hasSuffix("Update") || name == "KCI" {
            let example = SchemaExample(api: api).text(of: schema)
            #expect(check.complaints(about: Array(example.utf8), as: name) == [], "\(name): \(example)")
        }
    }
}
