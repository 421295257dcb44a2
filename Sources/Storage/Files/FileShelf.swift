import Crypto
import Glibc

/// Files kept beside the database, each under the SHA-256 of its bytes: the same file twice is kept once, and what is read
/// back is what came.
///
/// `root/ab/ab12…`; drafts are in `root/drafts` and gone after a restart. What ``FileDraft/keep()`` answered is on disk.
package final class FileShelf: Sendable {
    /// Flushes at a time: a disk is no faster with more.
    private static let flushesMax = 4

    private let root: String
    private let flushing = BlockingPool(threadsMax: FileShelf.flushesMax)

    /// Opens the shelf, or makes it.
    package init(at root: String) throws(StoreError) {
        self.root = root
        for directory in [root, "\(root)/drafts"] { try Self.makeDirectory(directory) }
        clear("\(root)/drafts")
    }

    package func draft() throws(StoreError) -> FileDraft {
        var template = Array("\(root)/drafts/draft-XXXXXX".utf8CString)
        let file = mkstemp(&template)
        guard file >= 0 else { throw Self.failure("\(root)/drafts") }
        let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return FileDraft(file: file, path: path, shelf: self)
    }

    /// The path of a file, if it is there.
    package func path(of hash: String) -> String? {
        let path = place(hash)
        return access(path, R_OK) == 0 ? path : nil
    }

    /// Drops everything: the sandbox's reset.
    package func removeAll() {
        for first in UInt8.min...UInt8.max { clear("\(root)/\(Self.hex(first))") }
    }

    /// Puts a file on the shelf, durably. The flush has a thread of its own: it takes as long as the disk likes.
    ///
    /// - Returns: the file's hash.
    package func keep(_ draft: sending FileDraft) async throws -> String {
        nonisolated(unsafe) let draft = draft
        return try await flushing.run { try draft.keep() }
    }

    func place(_ hash: String) -> String { "\(root)/\(hash.prefix(2))/\(hash)" }

    /// Moves a flushed draft to its place, and makes that durable.
    fileprivate func take(_ draft: String, hash: String) throws(StoreError) {
        let directory = "\(root)/\(hash.prefix(2))"
        try Self.makeDirectory(directory)
        guard rename(draft, place(hash)) == 0 else { throw Self.failure(directory) }
        try Self.flush(directory: directory)
        try Self.flush(directory: root)
    }

    private func clear(_ directory: String) {
        guard let stream = opendir(directory) else { return }
        defer { closedir(stream) }
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { unlink("\(directory)/\(name)") }
        }
    }

    private static func makeDirectory(_ path: String) throws(StoreError) {
        guard mkdir(path, 0o700) != 0, errno != EEXIST else { return }
        throw failure(path)
    }

    private static func flush(directory: String) throws(StoreError) {
        let file = open(directory, O_RDONLY)
        guard file >= 0 else { throw failure(directory) }
        defer { close(file) }
        guard fsync(file) == 0 else { throw failure(directory) }
    }

    fileprivate static func failure(_ path: String) -> StoreError {
        .cannotOpen(path: path, reason: String(cString: strerror(errno)))
    }

    fileprivate static func hex(_ byte: UInt8) -> String { (byte < 16 ? "0" : "") + String(byte, radix: 16) }
}

/// A file on its way to the shelf; dropped unless it is kept. For one task at a time.
package final class FileDraft {
    private let file: Int32
    private let path: String
    private let shelf: FileShelf
    private var hasher = SHA256()
    private var isOpen = true
    package private(set) var count = 0

    fileprivate init(file: Int32, path: String, shelf: FileShelf) {
        self.file = file
        self.path = path
        self.shelf = shelf
    }

    deinit { discard() }

    package func append(_ bytes: UnsafeRawBufferPointer) throws {
        hasher.update(bufferPointer: bytes)
        count += bytes.count
        var rest = bytes
        while !rest.isEmpty {
            let written = write(file, rest.baseAddress, rest.count)
            guard written > 0 else {
                if errno == EINTR { continue }
                throw FileShelf.failure(path)
            }
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(written))
        }
    }

    /// Puts the file on the shelf, durably.
    ///
    /// - Returns: its hash.
    package func keep() throws(StoreError) -> String {
        guard fsync(file) == 0 else { throw FileShelf.failure(path) }
        let hash = hasher.finalize().map { FileShelf.hex($0) }.joined()
        try shelf.take(path, hash: hash)
        isOpen = false
        close(file)
        return hash
    }

    package func discard() {
        guard isOpen else { return }
        isOpen = false
        close(file)
        unlink(path)
    }
}
