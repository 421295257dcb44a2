import Adapters

#if canImport(Glibc)
    import Glibc
#endif

/// The bytes of a file or of standard input, as many as a message may have.
enum LintInput {
    struct Unreadable: Error, Equatable, CustomStringConvertible {
        let description: String
    }

    /// - Parameter path: `-` for standard input.
    /// - Throws: ``Unreadable`` for a file that cannot be read, or is larger than any receiver takes.
    static func read(_ path: String) throws(Unreadable) -> [UInt8] {
        let input = path == "-" ? 0 : open(path, O_RDONLY | O_CLOEXEC)
        guard input >= 0 else { throw Unreadable(description: "\(path): \(reason())") }
        defer { if input != 0 { close(input) } }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = Glibc.read(input, &buffer, buffer.count)
            guard count >= 0 else { throw Unreadable(description: "\(path): \(reason())") }
            guard count > 0 else { return bytes }
            bytes += buffer[..<count]
            guard bytes.count <= TicketingLint.bytesMax else {
                let text = "\(path): larger than \(TicketingLint.bytesMax) bytes, which no receiver takes (413)"
                throw Unreadable(description: text)
            }
        }
    }

    private static func reason() -> String { String(cString: strerror(errno)) }
}
