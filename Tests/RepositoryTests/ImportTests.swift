import Foundation
import Testing

/// Who may import whom (ARCHITECTURE.md): what the package's target list allows more of than is meant.
@Suite struct ImportTests {
    static let allowed: [String: Set<String>] = [
        "Domain": ["FoundationEssentials", "Synchronization"],
        "Formats": ["FoundationEssentials", "CLibXML2", "CSimdJSON", "CZlib"],
        "Storage": [
            "FoundationEssentials", "Synchronization", "Dispatch", "Glibc", "Domain", "Formats", "GRDB", "GRDBSQLite",
            "CFileStatus", "Logging", "DequeModule",
            "Metrics", "Collections", "Crypto",
        ],
        "Engine": [
            "FoundationEssentials", "Synchronization", "Domain", "Storage", "Formats", "Logging", "Metrics",
            "Collections", "Crypto", "ServiceLifecycle",
        ],
        "Adapters": [
            "FoundationEssentials", "Synchronization", "Glibc", "Domain", "Storage", "Engine", "Formats", "Logging",
            "Metrics", "Collections", "Crypto", "ServiceLifecycle", "Hummingbird", "HummingbirdCore", "AsyncHTTPClient",
            "HTTPTypes", "NIOCore", "NIOPosix", "NIOHTTP1", "NIOHTTPTypes", "NIOHTTPTypesHTTP1", "NIOSSL", "Dispatch",
            "X509", "SwiftASN1",
            "JWTKit",
        ],
    ]

    @Test(arguments: allowed.keys.sorted())
    func `a target imports only what it may`(target: String) {
        let files = Tree.swiftFiles(under: "Sources/\(target)")
        let strangers = files.flatMap { file in
            file.imports.filter { !(Self.allowed[target] ?? []).contains($0) }.map { "\(file.path): \($0)" }
        }
        #expect(!files.isEmpty)
        #expect(strangers == [])
    }

    @Test func `nothing but the program imports the sandbox`() {
        let importers = ["Domain", "Formats", "Storage", "Engine", "Adapters"]
            .flatMap { Tree.swiftFiles(under: "Sources/\($0)") }
            .filter { $0.imports.contains("Sandbox") }
            .map(\.path)
        #expect(importers == [])
    }

    @Test func `SQL is written in Storage only`() {
        let authors = ["Domain", "Formats", "Engine", "Adapters", "Sandbox", "patchbay"]
            .flatMap { Tree.swiftFiles(under: "Sources/\($0)") }
            .filter { $0.text.contains(#/(INSERT INTO|DELETE FROM|SELECT .* FROM|UPDATE \w+ SET) /#) }
            .map(\.path)
        #expect(authors == [])
    }
}
