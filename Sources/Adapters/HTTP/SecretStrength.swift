import Glibc

/// How hard a configured secret is to guess: a floor, not a measure. Secrets that we draw have 256 bits (``SecretHash``); those
/// that people write into a file are held to it.
package enum SecretStrength {
    /// Sixteen letters and digits that were drawn have 50 to 60 by this estimate. A word twice, a row of keys or a single
    /// character sixteen times has fewer than 40.
    package static let bitsMin = 40.0

    package static func isEnough(_ secret: String) -> Bool { bits(Array(secret.utf8)) >= bitsMin }

    /// Of a key, which has its length already: only one of a few values again and again is refused. A key that seals what is
    /// stored cannot be changed without setting all of that again, so an upgrade refuses no more than it must.
    package static func isEnough(key: [UInt8]) -> Bool { entropy(key) >= bitsMin }

    /// Shannon's entropy of the bytes, and of the steps from byte to byte, whichever is less: `0123456789abcdef` has many
    /// characters and one step. What repeats itself counts once.
    static func bits(_ secret: [UInt8]) -> Double {
        let unit = Array(secret.prefix(period(secret)))
        return min(entropy(unit), entropy(zip(unit.dropFirst(), unit).map { $0 &- $1 }))
    }

    private static func entropy(_ bytes: [UInt8]) -> Double {
        var counts: [UInt8: Int] = [:]
        for byte in bytes { counts[byte, default: 0] += 1 }
        let total = Double(bytes.count)
        return counts.values.reduce(0.0) { $0 - Double($1) * log2(Double($1) / total) }
    }

    /// After how many bytes it begins anew, maybe without an end of its last turn (Knuth, Morris and Pratt's borders).
    private static func period(_ bytes: [UInt8]) -> Int {
        var borders = [Int](repeating: 0, count: bytes.count)
        var length = 0
        for index in bytes.indices.dropFirst() {
            while length > 0, bytes[index] != bytes[length] { length = borders[length - 1] }
            if bytes[index] == bytes[length] { length += 1 }
            borders[index] = length
        }
        return bytes.count - (borders.last ?? 0)
    }
}
