import Hummingbird

/// A document that describes a contract to other people's tools, as it is served below `/docs`. Without credentials:
/// it says nothing of anybody. Written when somebody first asks for it: most programs run where nobody does, and all of
/// them together are a MB.
package struct ContractDocument: Sendable {
    /// Its last name: `tenant-api.json`.
    package let file: String
    package let contentType: String
    private let written: MadeOnce<[UInt8]>
    package var bytes: [UInt8] { written.value }

    package init(_ file: String, contentType: String, bytes: @autoclosure @escaping @Sendable () -> [UInt8]) {
        self.file = file
        self.contentType = contentType
        written = MadeOnce(bytes)
    }

    package init(openAPI file: String, bytes: @autoclosure @escaping @Sendable () -> [UInt8]) {
        self.init(file, contentType: OpenAPIDocument.contentType, bytes: bytes())
    }

    var isOpenAPI: Bool { contentType == OpenAPIDocument.contentType }

    /// `tenant-api`
    var name: String { file.hasSuffix(".json") ? String(file.dropLast(5)) : file }

    package func addRoute(to router: some RouterMethods<some RequestContext>) {
        router.get(RouterPath("docs/\(file)")) { _, _ in ByteResponse(contentType: contentType, bytes: bytes) }
    }
}
