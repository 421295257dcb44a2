import Domain
import Formats
import Foundation
import Testing

@testable import Adapters

/// The bytes of every message, both ways, and that each is what the served schema says.
@Suite struct InstallationGoldenTests {
    @Test func `a partner's message is spelt to the byte`() throws {
        try compare(InstallationGoldenMessages.requests, "Request")
    }

    @Test func `a dispatch is spelt to the byte`() async throws {
        try compare(try await InstallationGoldenMessages.dispatches(), "Message")
    }

    @Test func `an answer is spelt to the byte, from either side`() async throws {
        try compare(try await InstallationGoldenMessages.answers(), "Answer")
    }

    @Test func `every file has a message`() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: InstallationGoldenFile.directory)
        #expect(files.sorted() == InstallationGoldenFile.all.map { "\($0.name).json" }.sorted())
    }

    @Test(arguments: InstallationGoldenFile.all)
    func `each is valid by the schema and by the OpenAPI document`(file: InstallationGoldenFile) throws {
        let schema = try JSONSchemaCheck(InstallationSchema.document)
        let openAPI = try JSONSchemaCheck(
            InstallationOpenAPI(server: "https://operator.invalid").text,
            definitions: "components/schemas"
        )

        #expect(schema.complaints(about: file.bytes, as: file.definition) == [])
        #expect(openAPI.complaints(about: file.bytes, as: file.definition) == [])
    }

    @Test(arguments: InstallationGoldenFile.all.filter { $0.definition.hasSuffix("Message") })
    func `each dispatch is read by the partner's codec, with nothing forgiven`(file: InstallationGoldenFile) throws {
        let received = try InstallerCodec.read(file.bytes, isStrict: true)

        #expect(received.reference == "J701" || received.reference == "J702")
        #expect(received.warnings == [])
    }

    @Test(arguments: InstallationGoldenFile.all.filter { $0.definition.hasSuffix("Request") })
    func `each partner's message is taken, with nothing forgiven in its form`(file: InstallationGoldenFile) async throws
    {
        try await InstallationBench.with { bench in
            try await bench.givenJobOnSite()
            let answer = try await bench.post(nil, file.text.replacing(/"id":[0-9]+/, with: "\"id\":77"))
            #expect(answer == .ok("{}"))
        }
    }

    @Test(arguments: InstallationGoldenFile.all.filter { $0.definition == "partnerAnswer" })
    func `each answer of a partner is understood`(file: InstallationGoldenFile) {
        if case .unreadable(let reason) = RPCAnswer(file.bytes).content { Issue.record("\(file.name): \(reason)") }
    }

    private func compare(_ seen: [String: [UInt8]], _ kind: String) throws {
        let files = InstallationGoldenFile.all.filter { $0.definition.hasSuffix(kind) }
        #expect(Set(seen.keys) == Set(files.map(\.name)))
        for file in files {
            let text = String(decoding: seen[file.name] ?? [], as: UTF8.self)
            #expect(try file.expected(seen: text) == text, "\(file.name)")
        }
    }
}
