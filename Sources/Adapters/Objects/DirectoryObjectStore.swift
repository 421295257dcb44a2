import FoundationEssentials
import Glibc

/// A bucket that is a directory of this machine: the default, where nobody runs an object store.
///
/// Symbolic links are not followed: what is in the directory stays in it.
package struct DirectoryObjectStore: ObjectStore {
    private let root: String

    package init(at root: String) { self.root = root }

    package func look(for path: ObjectPath) async -> ObjectFinding {
        guard let file = open(path) else {
            return errno == ENOENT || errno == ENOTDIR || errno == ELOOP
                ? .absent : .unreachable(reason: String(cString: strerror(errno)))
        }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return .absent }
        return .present(bytes: Int64(status.st_size))
    }

    package func link(to path: ObjectPath, at now: Date, for lifetime: Duration) -> String? { nil }

    /// Opens the object for reading, a part of its path at a time. The caller closes it.
    package func open(_ path: ObjectPath) -> Int32? {
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
