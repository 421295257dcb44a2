import Foundation

/// The project's own files, as text.
enum Tree {
    struct File: Sendable, CustomStringConvertible {
        /// Relative to the project's root.
        let path: String
        let text: String

        var description: String { path }
        var lines: [(number: Int, text: Substring)] {
            text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map {
                ($0.offset + 1, $0.element)
            }
        }

        /// The lines that are code: without comments, and without what stands in string literals.
        var code: [(number: Int, text: String)] {
            var isInLiteral = false
            return lines.compactMap { number, line in
                if line.components(separatedBy: "\"\"\"").count % 2 == 0 {
                    isInLiteral.toggle()
                    return nil
                }
                guard !isInLiteral else { return nil }
                let text = line.trimmingCharacters(in: .whitespaces)
                guard !text.hasPrefix("//") else { return nil }
                let bare = text.replacing(/"(\\.|[^"\\])*"/, with: "\"\"")
                return (number, bare.components(separatedBy: "//")[0])
            }
        }

        var imports: [String] {
            code.compactMap {
                $0.text.firstMatch(of: /^(?:@testable )?import (?:struct |class |enum )?([A-Za-z0-9_]+)/)?.1
            }
            .map(String.init)
        }
    }

    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static func swiftFiles(under folder: String) -> [File] {
        files(under: folder) { $0.hasSuffix(".swift") }
    }

    static func files(under folder: String, where isWanted: (String) -> Bool) -> [File] {
        let start = root.appending(path: folder).path(percentEncoded: false)
        let paths = FileManager.default.enumerator(atPath: start)?.compactMap { $0 as? String } ?? []
        return paths.filter(isWanted).sorted().compactMap { path in
            guard let text = try? String(contentsOfFile: start + "/" + path, encoding: .utf8) else { return nil }
            return File(path: folder + "/" + path, text: text)
        }
    }
}
