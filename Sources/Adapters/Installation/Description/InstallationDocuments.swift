import Formats
import Hummingbird

/// What describes the contract for other people's tools: `/docs/installation-api.json`, OpenAPI 3.1, and
/// `/docs/installation-api.schema.json`, JSON Schema. Served without credentials: it says nothing of anybody.
package struct InstallationDocuments: Sendable {
    private let openAPI: [UInt8]

    /// - Parameter server: where partners post, without a slash at the end.
    package init(server: String) { openAPI = Array(InstallationOpenAPI(server: server).text.utf8) }

    package func addRoutes(to router: some RouterMethods<some RequestContext>) {
        router.get("docs/installation-api.json") { [openAPI] _, _ in
            ByteResponse(contentType: "application/vnd.oai.openapi+json;version=3.1", bytes: openAPI)
        }
        router.get("docs/installation-api.schema.json") { _, _ in
            ByteResponse(contentType: "application/schema+json", bytes: Array(InstallationSchema.document.utf8))
        }
    }
}
