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
    private let troubled: @Sendable (StoreUnavailable) -> Void

    /// Opens the shelf, or makes it.
    ///
    /// - Parameter troubled: hears of a flush that failed: the process must end.
    package init(
        at root: String,
        troubled: @escaping @Sendable (StoreUnavailable) -> Void = { _ in }
    ) throws(StoreUnavailable) {
        self.root = root
        self.troubled = troubled
        for directory in [root, "\(root)/drafts"] { try Self.makeDirectory(directory) }
        clear("\(root)/drafts")
    }

    package func draft() throws(StoreUnavailable) -> FileDraft {
        var template = Array("\(root)/drafts/draft-XXXXXX".utf8CString)
        let file = mkstemp(&template)
        guard file >= 0 else { throw Self.unwritable }
        let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return FileDraft(file: file, path: path, shelf: self)
    }

    /// The path of a file that is there whole: its bytes were read, and are those that came. nil if it is gone, or damaged.
    ///
    /// It reads the whole file, for some tens of milliseconds: not on a thread that requests need.
    package func verifiedPath(of hash: String) throws(StoreUnavailable) -> String? {
        let path = place(hash)
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            guard errno == ENOENT else { throw .unreadable(reason: Self.words(errno)) }
            return nil
        }
        defer { close(file) }
        var hasher = SHA256()
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(file, &piece, piece.count)
            if count < 0 {
                if errno == EINTR { continue }
                throw .unreadable(reason: Self.words(errno))
            }
            guard count > 0 else { break }
            piece.withUnsafeBytes { hasher.update(bufferPointer: UnsafeRawBufferPointer(rebasing: $0[..<count])) }
        }
        return Self.hex(hasher.finalize()) == hash ? path : nil
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
    fileprivate func take(_ draft: String, hash: String) throws(StoreUnavailable) {
        let directory = "\(root)/\(hash.prefix(2))"
        try Self.makeDirectory(directory)
        guard rename(draft, place(hash)) == 0 else { throw Self.unwritable }
        try flush(directory: directory)
        try flush(directory: root)
    }

    /// What a flush that failed leaves behind is unknown: no file is acknowledged after it.
    fileprivate func flush(_ file: Int32) throws(StoreUnavailable) {
        guard fsync(file) != 0 else { return }
        // A full disk is known for what it is: nothing was taken for written.
        let trouble =
            [ENOSPC, EDQUOT].contains(errno)
            ? StoreUnavailable.full : .flushFailed(reason: "attachments: \(Self.words(errno))")
        if trouble != .full { troubled(trouble) }
        throw trouble
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

    private static func makeDirectory(_ path: String) throws(StoreUnavailable) {
        guard mkdir(path, 0o700) != 0, errno != EEXIST else { return }
        throw unwritable
    }

    private func flush(directory: String) throws(StoreUnavailable) {
        let file = open(directory, O_RDONLY)
        guard file >= 0 else { throw Self.unwritable }
        defer { close(file) }
        try flush(file)
    }

    /// By the error of the last call.
    fileprivate static var unwritable: StoreUnavailable {
        [ENOSPC, EDQUOT].contains(errno) ? .full : .unwritable(reason: "attachments: \(words(errno))")
    }

    private static func words(_ error: Int32) -> String { String(cString: strerror(error)) }

    fileprivate static func hex(_ digest: SHA256.Digest) -> String { digest.map { hex($0) }.joined() }

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
                throw FileShelf.unwritable
            }
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(written))
        }
    }

    /// Puts the file on the shelf, durably.
    ///
    /// - Returns: its hash.
    package func keep() throws(StoreUnavailable) -> String {
        try shelf.flush(file)
        let hash = FileShelf.hex(hasher.finalize())
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
