import Foundation
import Testing

/// A folder under `Adapters` is one protocol, and names no other but what all share; a supplier names the protocols it
/// speaks.
@Suite struct AdapterFolderTests {
    /// One contract each, whose two directions share views (decision: TenantAPI with TenantUpdates).
    private static let siblings: [Set<String>] = [["TenantAPI", "TenantUpdates"]]

    /// What every protocol may stand on: the transport, and how peers and messages are looked at.
    private static let shared: Set<String> = ["HTTP", "Inspection"]

    private static let folders: [String: [Tree.File]] = Dictionary(
        grouping: Tree.swiftFiles(under: "Sources/Adapters"),
        by: { String($0.path.split(separator: "/")[2]) }
    )

    /// The types that a folder declares at top level.
    private func types(of folder: String) -> Set<String> {
        let declaration = /^(?:package )?(?:final )?(?:struct|class|enum|actor|protocol) ([A-Z]\w+)/
        return Set(
            (Self.folders[folder] ?? []).flatMap { file in
                file.lines.compactMap { $0.text.firstMatch(of: declaration).map { String($0.1) } }
            }
        )
    }

    @Test(arguments: folders.keys.sorted().filter { !shared.contains($0) && $0 != "Suppliers" })
    func `a protocol's folder names no other protocol`(folder: String) {
        let others = Self.folders.keys.filter { other in
            other != folder && !Self.shared.contains(other)
                && !Self.siblings.contains { $0.contains(folder) && $0.contains(other) }
        }
        let own = types(of: folder)
        let foreign = Dictionary(uniqueKeysWithValues: others.map { ($0, types(of: $0).subtracting(own)) })
        var found: [String] = []
        for file in Self.folders[folder] ?? [] {
            let words = Set(file.code.flatMap { $0.text.matches(of: /\b[A-Z]\w+/).map { String($0.0) } })
            for (other, names) in foreign {
                for name in words.intersection(names).sorted() { found.append("\(file.path) names \(other)'s \(name)") }
            }
        }
        #expect(found == [])
    }

    @Test(arguments: shared.sorted())
    func `what all share names no protocol`(folder: String) {
        let protocols = Self.folders.keys.filter { !Self.shared.contains($0) }
        let own = Self.shared.reduce(into: Set<String>()) { $0.formUnion(types(of: $1)) }
        let foreign = protocols.reduce(into: Set<String>()) { $0.formUnion(types(of: $1)) }.subtracting(own)
        let found = (Self.folders[folder] ?? []).filter { file in
            !Set(file.code.flatMap { $0.text.matches(of: /\b[A-Z]\w+/).map { String($0.0) } }).isDisjoint(with: foreign)
        }
        #expect(found.map(\.path) == [])
    }
}
