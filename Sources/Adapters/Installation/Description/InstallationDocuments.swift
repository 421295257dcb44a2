/// What describes the contract for other people's tools: OpenAPI 3.1, and the messages alone as JSON Schema.
package enum InstallationDocuments {
    /// - Parameter server: where partners post, without a slash at the end.
    package static func all(server: String) -> [ContractDocument] {
        [
            ContractDocument(
                openAPI: "installation-api.json",
                bytes: Array(InstallationOpenAPI(server: server).text.utf8)
            ),
            ContractDocument(
                "installation-api.schema.json",
                contentType: "application/schema+json",
                bytes: Array(InstallationSchema.document.utf8)
            ),
        ]
    }
}
