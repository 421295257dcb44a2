import Glibc
import Storage

/// A bucket that is a directory of this machine: the default, where nobody runs an object store.
///
/// Symbolic links are not followed: what is in the directory stays in it.
package struct DirectoryObjectStore: ObjectStore {
    /// What is read whole for a person: a photograph is a tenth of it.
    static let bytesMax = 50 << 20

    /// Files read at a time, on threads of their own: the directory may be another machine's, and hang.
    package static let readsMax = 4

    private let root: String
    private let reading: BlockingPool

    /// - Parameter reading: one for all buckets of a disk.
    package init(at root: String, reading: BlockingPool = BlockingPool(threadsMax: Self.readsMax)) {
        self.root = root
        self.reading = reading
    }

    package func look(for path: ObjectPath) async -> ObjectFinding {
        do {
            return try await reading.run { find(path) }
        } catch {
            return .unreachable(reason: "\(error)")
        }
    }

    private func find(_ path: ObjectPath) -> ObjectFinding {
        guard let file = open(path) else {
            return errno == ENOENT || errno == ENOTDIR || errno == ELOOP
                ? .absent : .unreachable(reason: String(cString: strerror(errno)))
        }
        defer { close(file) }
        // Of all that has something to read only a file has an end. Not by `stat`: of which module that is depends on the order in
        // which all modules were imported, and the compiler insists on that one's name.
        var unread: CInt = 0
        guard ioctl(file, UInt(FIONREAD), &unread) == 0 else { return .absent }
        let bytes = lseek(file, 0, SEEK_END)
        return bytes >= 0 ? .present(bytes: Int64(bytes)) : .absent
    }

    package func link(to path: ObjectPath, for lifetime: Duration) -> String? { nil }

    package func read(_ path: ObjectPath) async -> [UInt8]? {
        guard case .present(let size) = await look(for: path), size <= Self.bytesMax else { return nil }
        return try? await reading.run {
            guard let file = open(path) else { return nil }
            defer { close(file) }
            var missing = Int(size)
            let bytes = [UInt8](unsafeUninitializedCapacity: Int(size)) { buffer, count in
                while missing > 0 {
                    let got = Glibc.read(file, buffer.baseAddress.map { $0 + count }, missing)
                    guard got > 0 else { return }
                    count += got
                    missing -= got
                }
            }
            return missing == 0 ? bytes : nil
        }
    }

    /// Opens the object for reading, a part of its path at a time. The caller closes it.
    private func open(_ path: ObjectPath) -> Int32? {
        var directory = Glibc.open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard directory >= 0 else { return nil }
        let parts = path.key.split(separator: "/").map(String.init)
        for (index, part) in parts.enumerated() {
            let isFile = index == parts.count - 1
            let next = openat(directory, part, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | (isFile ? O_NONBLOCK : O_DIRECTORY))
            let error = errno
            close(directory)
            errno = error
            guard next >= 0 else { return nil }
            directory = next
        }
        return directory
    }
}
