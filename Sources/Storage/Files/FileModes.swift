import Glibc

/// What we keep is its owner's alone: there are subscribers' data, and secrets' hashes, in all of it.
package enum FileModes {
    /// From now on whatever this process makes is readable by its owner alone, also by the libraries in it.
    package static func restrictNewFiles() { umask(0o077) }

    /// Takes away what others may do with a file, if it is there and ours.
    package static func restrict(file path: String) { _ = chmod(path, 0o600) }

    /// A directory for data of ours alone, made if it is missing.
    ///
    /// - Returns: whether it is there.
    @discardableResult
    package static func makeDirectory(_ path: String) -> Bool {
        mkdir(path, 0o700) == 0 || errno == EEXIST
    }
}
