import Hummingbird

/// What describes the contract for other people's tools: `/docs/tenant-api.json`, OpenAPI 3.1. Served without credentials:
/// it says nothing of anybody.
package struct TenantDocuments: Sendable {
    private let openAPI: [UInt8]

    /// - Parameters:
    ///   - server: the Tenant API's base, without a slash at the end.
    ///   - tokens: where tokens are had.
    package init(server: String, tokens: String) {
        openAPI = TenantOpenAPI(server: server, tokens: tokens).document.bytes
    }

    package func addRoutes(to router: some RouterMethods<some RequestContext>) {
        router.get("docs/tenant-api.json") { [openAPI] _, _ in
            ByteResponse(contentType: OpenAPIDocument.contentType, bytes: openAPI)
        }
    }
}
