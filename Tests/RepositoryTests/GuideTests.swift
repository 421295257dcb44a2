import Foundation
import Testing

/// The guides name files: each is there.
@Suite struct GuideTests {
    @Test(arguments: ["docs/adding-a-supplier.md"])
    func `every file and folder that a guide names is in the tree`(guide: String) throws {
        let text = try String(contentsOf: Tree.root.appending(path: guide), encoding: .utf8)
        let paths = text.matches(of: /`((?:Sources|Tests|docs)\/[^`]+)`/).map { String($0.output.1) }

        let absent = paths.filter { !FileManager.default.fileExists(atPath: Tree.root.appending(path: $0).path) }

        #expect(absent == [])
        #expect(paths.count > 20)
    }

    @Test func `every folder of a supplier is named in the guide`() throws {
        let text = try String(contentsOf: Tree.root.appending(path: "docs/adding-a-supplier.md"), encoding: .utf8)
        let folders = Set(
            Tree.swiftFiles(under: "Sources/Adapters/Suppliers").map(\.path).compactMap { path in
                path.split(separator: "/").count > 4 ? path.split(separator: "/")[3] : nil
            }
        )

        #expect(folders.filter { !text.contains("Suppliers/\($0)") } == [])
    }
}
