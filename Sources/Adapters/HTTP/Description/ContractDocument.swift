import Hummingbird

/// A document that describes a contract to other people's tools, as it is served below `/docs`. Without credentials:
/// it says nothing of anybody.
package struct ContractDocument: Sendable {
    /// Its last name: `tenant-api.json`.
    package let file: String
    package let contentType: String
    package let bytes: [UInt8]

    package init(_ file: String, contentType: String, bytes: [UInt8]) {
        self.file = file
        self.contentType = contentType
        self.bytes = bytes
    }

    package init(openAPI file: String, bytes: [UInt8]) {
        self.init(file, contentType: OpenAPIDocument.contentType, bytes: bytes)
    }

    package func addRoute(to router: some RouterMethods<some RequestContext>) {
        router.get(RouterPath("docs/\(file)")) { _, _ in ByteResponse(contentType: contentType, bytes: bytes) }
    }
}
