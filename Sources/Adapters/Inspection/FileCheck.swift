import Glibc
import Storage

/// What is wrong with where things are kept: who else can read them, and whether we can write.
package struct FileCheck: Sendable {
    private let look: FileLook

    package init(_ look: FileLook = .real) { self.look = look }

    /// A file with a secret or a private key is its owner's alone: 0600.
    ///
    /// A file that is not there is no finding of this: who reads it says so.
    ///
    /// - Parameter what: what the file has: `a private key`.
    package func secret(_ path: String, with what: String, at place: String) -> [Finding] {
        guard let mode = look.mode(path), !mode.isDirectory, mode.permissions & 0o077 != 0 else { return [] }
        let seen = "\(path) has \(what) and is \(Self.others(mode)) (mode \(Self.octal(mode)))"
        return [Finding(Self.severity(of: mode), place, seen, "chmod 600 \(path)")]
    }

    /// A database, what is beside it, and the directory that it is in.
    package func database(_ path: String, at place: String) -> [Finding] {
        let directory = Self.directory(of: path)
        guard let mode = look.mode(directory) else { return absent(directory, at: place) }
        guard mode.isDirectory else {
            let advice = "Name a file in a directory that is the program's alone."
            return [.error(place, "\(directory) is no directory", advice)]
        }
        var found = unwritable(directory, at: place)
        if mode.permissions & 0o077 != 0 {
            // The files in it have modes of their own; who may write here can put another database in their place.
            let severity: Finding.Severity = mode.permissions & 0o022 == 0 ? .warning : .error
            let seen = "the directory \(directory) is \(Self.others(mode)) (mode \(Self.octal(mode)))"
            let advice = "Keep the database in a directory of its own: chmod 700 \(directory)"
            found.append(Finding(severity, place, seen, advice))
        }
        if look.mode(path)?.isDirectory == true {
            found.append(.error(place, "\(path) is a directory", "Name the database's file."))
        } else if look.mode(path) != nil {
            found += unwritable(path, at: place)
        }
        for suffix in ["", "-wal", "-shm", ".lock", ".mark"] {
            found += secret(path + suffix, with: "the data of the program", at: place)
        }
        return found
    }

    /// Made at the start, if its own directory is there.
    private func absent(_ directory: String, at place: String) -> [Finding] {
        let parent = Self.directory(of: directory)
        guard look.mode(parent)?.isDirectory == true else {
            let seen = "the directory \(directory) is not there, nor is the one that it would be in"
            return [.error(place, seen, "mkdir -p -m 700 \(directory)")]
        }
        let seen = "the directory \(directory) is not there"
        let found = unwritable(parent, at: place)
        return found.isEmpty
            ? [.warning(place, seen, "It is made with mode 700 at the start; nothing is to be done.")] : found
    }

    private func unwritable(_ path: String, at place: String) -> [Finding] {
        switch look.writable(path) {
        case 0: []
        case EROFS:
            [.error(place, "\(path) is on a read-only file system", "Mount it for writing, or name another place.")]
        case let number:
            [
                .error(
                    place,
                    "\(path) cannot be written by this user: \(String(cString: strerror(number)))",
                    "Run it as the user whose directory it is, or give it to this one: chown."
                )
            ]
        }
    }

    private static func directory(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func severity(of mode: FileLook.Mode) -> Finding.Severity {
        mode.permissions & 0o027 == 0 ? .warning : .error
    }

    private static func others(_ mode: FileLook.Mode) -> String {
        switch mode.permissions {
        case let bits where bits & 0o002 != 0: "writable by everybody"
        case let bits where bits & 0o020 != 0: "writable by its group"
        case let bits where bits & 0o007 != 0: "readable by everybody"
        case _: "readable by its group"
        }
    }

    private static func octal(_ mode: FileLook.Mode) -> String {
        let digits = String(mode.permissions, radix: 8)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
