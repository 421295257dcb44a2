import Glibc
import Synchronization

/// A small file beside the database that says which store it is, and up to which commit callers were answered: what is
/// missing in the database at the next start is noticed (ADR 20).
///
/// It is written after a commit's flush and before the answers, and not flushed itself. So it may lag behind the database,
/// never lead, whenever the process is killed or the power fails; and it costs a write of 70 bytes to the page cache.
final class CommitMark: Sendable {
    struct Record: Equatable, Sendable {
        /// The store's identity.
        let store: String
        let commits: Int64
    }

    private static let heading = "patchbay mark 1 "
    /// 2⁶³ has 19.
    private static let digits = 20

    private let path: String
    private let file: Mutex<Int32>

    /// Makes the file if there is none.
    init(path: String) throws(StoreError) {
        self.path = path
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.failure(path) }
        file = Mutex(descriptor)
    }

    deinit { file.withLock { _ = Glibc.close($0) } }

    /// What a file says; nil if there is none, or none that can be read: a mark that a crash of the machine left torn
    /// must not keep a good database from starting.
    static func read(_ path: String) -> Record? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { Glibc.close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 256)
        let count = Glibc.read(descriptor, &bytes, bytes.count)
        guard count > 0 else { return nil }
        return record(in: bytes[..<count])
    }

    /// Writes which commit was the last. A failure is passed over: then the mark lags.
    func write(_ record: Record) {
        let bytes = Self.bytes(of: record)
        file.withLock { _ = pwrite($0, bytes, bytes.count, 0) }
    }

    /// The same, and flushed with its directory: once at each start.
    func establish(_ record: Record) throws(StoreError) {
        let bytes = Self.bytes(of: record)
        let isWritten = file.withLock {
            ftruncate($0, off_t(bytes.count)) == 0 && pwrite($0, bytes, bytes.count, 0) == bytes.count && fsync($0) == 0
        }
        guard isWritten else { throw Self.failure(path) }
        let end = path.lastIndex(of: "/") ?? path.startIndex
        let directory = open(end == path.startIndex ? "." : String(path[..<end]), O_RDONLY | O_CLOEXEC)
        guard directory >= 0 else { throw Self.failure(path) }
        defer { Glibc.close(directory) }
        guard fsync(directory) == 0 else { throw Self.failure(path) }
    }

    // MARK: -

    /// One line: heading, identity, number, checksum.
    static func bytes(of record: Record) -> [UInt8] {
        var bytes = Array(heading.utf8)
        bytes.reserveCapacity(128)
        bytes += record.store.utf8
        bytes.append(0x20)
        append(record.commits.magnitude, base: 10, count: digits, to: &bytes)
        bytes.append(0x20)
        append(checksum(bytes[...]), base: 16, count: 16, to: &bytes)
        bytes.append(0x0A)
        return bytes
    }

    private static func record(in bytes: ArraySlice<UInt8>) -> Record? {
        guard let end = bytes.firstIndex(of: 0x0A) else { return nil }
        let line = bytes[..<end]
        let words = String(decoding: line, as: UTF8.self).dropFirst(heading.utf8.count).split(separator: " ")
        guard words.count == 3, let commits = Int64(words[1]) else { return nil }
        let record = Record(store: String(words[0]), commits: commits)
        return self.bytes(of: record).dropLast().elementsEqual(line) ? record : nil
    }

    private static func append(_ number: UInt64, base: UInt64, count: Int, to bytes: inout [UInt8]) {
        let start = bytes.count
        bytes.append(contentsOf: repeatElement(0x30, count: count))
        var rest = number
        for index in (start..<bytes.count).reversed() {
            let digit = UInt8(rest % base)
            bytes[index] = digit < 10 ? 0x30 + digit : 0x57 + digit
            rest /= base
        }
    }

    /// FNV-1a: against a torn or mistyped line, not against a person.
    private static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reduce(14_695_981_039_346_656_037) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
    }

    private static func failure(_ path: String) -> StoreError {
        .cannotOpen(path: path, reason: String(cString: strerror(errno)))
    }
}
