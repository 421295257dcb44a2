import CFileStatus

/// What the file system says of paths, without opening what they lead to.
package struct FileLook: Sendable {
    package struct Mode: Equatable, Sendable {
        package let isDirectory: Bool
        /// As `chmod` takes them: `0o600`.
        package let permissions: UInt32

        package init(isDirectory: Bool, permissions: UInt32) {
            self.isDirectory = isDirectory
            self.permissions = permissions
        }
    }

    /// `nil` where there is nothing, or nothing that this process may see.
    package let mode: @Sendable (_ path: String) -> Mode?
    /// Whether this process may write there: 0, or an `errno`.
    package let writable: @Sendable (_ path: String) -> Int32
    /// Whether a program has a database open.
    package let isServed: @Sendable (_ database: String) -> Bool

    package init(
        mode: @escaping @Sendable (_ path: String) -> Mode?,
        writable: @escaping @Sendable (_ path: String) -> Int32,
        isServed: @escaping @Sendable (_ database: String) -> Bool
    ) {
        self.mode = mode
        self.writable = writable
        self.isServed = isServed
    }

    /// The file system of this machine.
    package static let real = FileLook(
        mode: { path in
            var mode: UInt32 = 0
            guard cfs_mode(path, &mode) == 0 else { return nil }
            // `S_IFMT` and `S_IFDIR` of stat(2).
            return Mode(isDirectory: mode & 0o170000 == 0o040000, permissions: mode & 0o7777)
        },
        writable: { cfs_writable($0) },
        isServed: { FileLock.isHeld("\($0).lock") }
    )
}
