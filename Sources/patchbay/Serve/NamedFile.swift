import Glibc

/// A file that a configuration names, read whole, as long as it is no longer than any certificate, key or list could be.
enum NamedFile {
    /// A configuration with a thousand tenants has a tenth of it.
    static let bytesMax = 4 << 20

    /// `nil` for what cannot be read, has no end (`/dev/zero`), or waits for a writer (a FIFO).
    static func contents(atPath path: String) -> [UInt8]? {
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(file, &piece, piece.count)
            if count == 0 { return bytes }
            guard count > 0, bytes.count + count <= bytesMax else { return nil }
            bytes += piece[..<count]
        }
    }
}
