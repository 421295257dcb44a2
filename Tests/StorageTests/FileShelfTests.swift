import Foundation
import TestSupport
import Testing

@testable import Storage

/// Files are kept under the hash of their bytes, whole or not at all.
@Suite struct FileShelfTests {
    @Test func `what is kept is read back, and the same twice is one file`() throws {
        try withShelf { shelf, root in
            let hashes = try (1...2).map { _ in try Self.keep("a file", on: shelf) }

            #expect(Set(hashes) == ["7365d029861e32c521f8089b00a6fb32daf0615025b69b599d1ce53501b845c2"])
            let path = try #require(try shelf.verifiedPath(of: hashes[0]))
            #expect(try String(contentsOfFile: path, encoding: .utf8) == "a file")
            #expect(try Self.files(in: root) == [path])
        }
    }

    @Test func `a draft that is not kept leaves nothing`() throws {
        try withShelf { shelf, root in
            let draft = try shelf.draft()
            try Array("half".utf8).withUnsafeBytes { try draft.append($0) }
            draft.discard()

            #expect(try Self.files(in: root).isEmpty)
        }
    }

    @Test func `drafts of a process that died are gone at the next start, kept files stay`() throws {
        try withShelf { shelf, root in
            let hash = try Self.keep("kept", on: shelf)
            let orphan = try shelf.draft()
            try Array("lost".utf8).withUnsafeBytes { try orphan.append($0) }

            let reopened = try FileShelf(at: root)
            #expect(try reopened.verifiedPath(of: hash) != nil)
            #expect(try Self.files(in: root).count == 1)
        }
    }

    @Test func `a file that the disk has changed or cut is not given out, and is mended by coming again`() throws {
        try withShelf { shelf, _ in
            let hash = try Self.keep("a file", on: shelf)
            let path = try #require(try shelf.verifiedPath(of: hash))

            for damaged in ["a fils", "a fil", "a file!", ""] {
                try damaged.write(toFile: path, atomically: false, encoding: .utf8)
                #expect(try shelf.verifiedPath(of: hash) == nil)
            }
            #expect(try Self.keep("a file", on: shelf) == hash)
            #expect(try shelf.verifiedPath(of: hash) == path)
        }
    }

    @Test func `an unknown hash is nowhere, and a reset leaves nothing`() throws {
        try withShelf { shelf, root in
            let hash = try Self.keep("kept", on: shelf)
            #expect(try shelf.verifiedPath(of: String(hash.reversed())) == nil)
            shelf.removeAll()
            #expect(try Self.files(in: root).isEmpty)
        }
    }

    private static func keep(_ text: String, on shelf: FileShelf) throws -> String {
        let draft = try shelf.draft()
        try Array(text.utf8).withUnsafeBytes { try draft.append($0) }
        return try draft.keep()
    }

    private static func files(in root: String) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: root)
            .map { "\(root)/\($0)" }
            .filter { path in
                var isDirectory: ObjCBool = false
                return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && !isDirectory.boolValue
            }
    }

    private func withShelf(_ body: (FileShelf, String) throws -> Void) throws {
        let root = FileManager.default.temporaryDirectory.appending(path: "shelf-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: root) }
        try body(try FileShelf(at: root), root)
    }
}
