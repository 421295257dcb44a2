/// What describes the Tenant API and the tenant's own Tenant Updates API: OpenAPI 3.1.
package enum TenantDocuments {
    /// - Parameters:
    ///   - server: the Tenant API's base, without a slash at the end.
    ///   - tokens: where tokens are had.
    package static func all(server: String, tokens: String) -> [ContractDocument] {
        [
            ContractDocument(
                openAPI: "tenant-api.json",
                bytes: TenantOpenAPI(server: server, tokens: tokens).document.bytes
            ),
            ContractDocument(openAPI: "tenant-updates-api.json", bytes: TenantUpdatesOpenAPI.document.bytes),
        ]
    }
}
