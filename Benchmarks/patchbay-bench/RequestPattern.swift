/// A request's bytes but for some numbers in it: the load must cost little, for it shares the processors with what it
/// measures, and a string made anew for each request would be much of it.
struct RequestPattern: Sendable {
    private let pieces: [[UInt8]]

    /// - Parameter text: with a `#` where a number comes.
    init(_ text: String) {
        pieces = text.utf8.split(separator: UInt8(ascii: "#"), omittingEmptySubsequences: false).map(Array.init)
    }

    /// - Parameter numbers: as many as there are places; each at least as wide as given, with zeros before it.
    func bytes(_ numbers: (value: Int, width: Int)...) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(2_048)
        for (piece, number) in zip(pieces, numbers) {
            bytes += piece
            Self.append(number.value, number.width, to: &bytes)
        }
        bytes += pieces.last ?? []
        return bytes
    }

    private static func append(_ value: Int, _ width: Int, to bytes: inout [UInt8]) {
        let start = bytes.count
        var rest = value
        repeat {
            bytes.append(UInt8(ascii: "0") + UInt8(rest % 10))
            rest /= 10
        } while rest > 0 || bytes.count - start < width
        bytes[start...].reverse()
    }
}
