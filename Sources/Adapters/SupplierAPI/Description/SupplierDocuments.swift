/// What describes the Supplier API and the Supplier Updates API: OpenAPI 3.1.
package enum SupplierDocuments {
    /// - Parameters:
    ///   - server: the Supplier API's base, without a slash at the end.
    ///   - tokens: where its tokens are had.
    ///   - updates: the same of the Supplier Updates API.
    package static func all(
        server: String,
        tokens: String,
        updates: (server: String, tokens: String)
    ) -> [ContractDocument] {
        [
            ContractDocument(
                openAPI: "supplier-api.json",
                bytes: SupplierOpenAPI(server: server, tokens: tokens).document.bytes
            ),
            self.updates(server: updates.server, tokens: updates.tokens),
        ]
    }

    /// What describes the Supplier Updates API alone: all of the two that a gateway serves.
    package static func updates(server: String, tokens: String) -> ContractDocument {
        ContractDocument(
            openAPI: "supplier-updates-api.json",
            bytes: SupplierUpdatesOpenAPI(server: server, tokens: tokens).document.bytes
        )
    }
}
