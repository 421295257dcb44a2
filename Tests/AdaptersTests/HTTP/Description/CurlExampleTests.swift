import HTTPTypes
import Testing

@testable import Adapters

@Suite struct CurlExampleTests {
    private let common = DescribedOperation.Common(
        security: [OpenAPIDocument.security],
        headers: [
            .init(name: "X-Request-ID", place: .header, schema: .string(), isRequired: true, isFresh: true),
            .init(name: "Tenant", place: .header, schema: .string(), isRequired: true, example: "TENANT1"),
        ],
        meanings: [:]
    )

    @Test func `a question has its parameters encoded by curl itself`() {
        let operation = DescribedOperation(
            method: .get,
            path: "/things/{id}",
            id: "find",
            tag: "Things",
            summary: "Find one",
            parameters: [
                .id, .query("address", .string(), "Where.", example: #"{"id":"1"}"#),
                .query("limit", .string(), "Few."),
            ],
            answer: .init(status: 200, description: "It.")
        )

        let example = CurlExample(operation, common, server: "https://exchange.invalid/v1")

        #expect(
            example.source == #"""
                curl --get 'https://exchange.invalid/v1/things/1' \
                  --header "Authorization: Bearer $TOKEN" \
                  --header "X-Request-ID: $(date +%s)-$RANDOM" \
                  --header 'Tenant: TENANT1' \
                  --data-urlencode 'address={"id":"1"}'
                """#
        )
    }

    @Test func `a body stays one word, whatever is in it`() {
        let operation = DescribedOperation(
            method: .post,
            path: "/things",
            id: "make",
            tag: "Things",
            summary: "Make one",
            body: .object([]),
            example: #"{"name":"Ada's $HOME `x`"}"#,
            answer: .init(status: 201, description: "It.")
        )

        let example = CurlExample(operation, common, server: "https://exchange.invalid/v1")

        #expect(example.source.hasPrefix("curl --request POST 'https://exchange.invalid/v1/things' \\\n"))
        #expect(example.source.hasSuffix(#"--data '{"name":"Ada'\''s $HOME `x`"}'"#))
    }
}
