#if canImport(Glibc)
    import Glibc
#endif

/// A file, or standard input, a piece at a time.
final class InputFile {
    struct Unreadable: Error, Equatable, CustomStringConvertible {
        let description: String
    }

    /// In bytes; `nil` where nobody knows.
    let size: Int?
    private(set) var offset = 0
    private let path: String
    private let descriptor: Int32
    private var buffer = [UInt8](repeating: 0, count: 65_536)

    /// - Parameter path: `-` for standard input.
    init(_ path: String) throws(Unreadable) {
        self.path = path
        descriptor = path == "-" ? 0 : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Unreadable(description: "\(path): \(String(cString: strerror(errno)))") }
        // A pipe has no end that could be looked up.
        let end = lseek(descriptor, 0, SEEK_END)
        size = end > 0 ? Int(end) : nil
        if end > 0 { lseek(descriptor, 0, SEEK_SET) }
    }

    deinit { if descriptor > 0 { close(descriptor) } }

    /// The next piece; `nil` at the end.
    func next() throws(Unreadable) -> ArraySlice<UInt8>? {
        let count = read(descriptor, &buffer, buffer.count)
        guard count >= 0 else { throw Unreadable(description: "\(path): \(String(cString: strerror(errno)))") }
        offset += count
        return count == 0 ? nil : buffer[..<count]
    }
}

/// How far an import is, on a terminal and once it has taken a second: who pipes it reads the report alone.
struct ImportProgress {
    private static let patience: Duration = .seconds(1)
    private static let pause: Duration = .milliseconds(200)

    private let size: Int?
    private let isTerminal = isatty(2) == 1
    private let began = ContinuousClock.now
    private var lastShown: ContinuousClock.Instant?

    init(of size: Int?) { self.size = size }

    mutating func show(lines: Int, bytes: Int) {
        let now = ContinuousClock.now
        guard isTerminal, now - began >= Self.patience, lastShown.map({ now - $0 >= Self.pause }) ?? true else {
            return
        }
        lastShown = now
        let share = size.map { ", \(min(100, bytes * 100 / max(1, $0))) %" } ?? ""
        Self.write("\r\u{1B}[K\(lines) lines\(share)")
    }

    func clear() { if lastShown != nil { Self.write("\r\u{1B}[K") } }

    private static func write(_ text: String) {
        let bytes = Array(text.utf8)
        _ = bytes.withUnsafeBytes { Glibc.write(2, $0.baseAddress, $0.count) }
    }
}
