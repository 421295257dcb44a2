/// Chance that a seed repeats (SplitMix64), and what it does to bytes.
package struct SeededBytes: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(seed: UInt64) { state = seed }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// Numbers, delimiters and words that have ended programs before.
    private static let words = [
        "000", "099", "999", "-1", "0", "+1", "1e400", "9223372036854775807", "9223372036854775808",
        "-9223372036854775808",
        "18446744073709551616", "99999999999999999999999999", "\r\n", "\n", "\r\n\r\n", "\u{0}", ":", " ", "\t", "{",
        "}", "[", "]", "\"",
        "null", "<", ">", "</a>", "&#0;", "<!DOCTYPE a>", "%", "é", "\u{FEFF}", "HTTP/1.1 000 X\r\n\r\n",
        "HTTP/1.1 100 X\r\n\r\n",
        "Transfer-Encoding: chunked\r\n", "Content-Length: 99999999999999999999\r\n",
        "Connection: upgrade\r\nUpgrade: x\r\n",
        "Retry-After: Sun, 06 Nov 1994 9223372036854775807:49:37 GMT\r\n", "\"code\":-99999999999999999999",
        "\"expires_in\":1e999",
    ]

    /// One document, with one to four things done to it; sometimes with a piece of another.
    package mutating func mutated(_ documents: [[UInt8]]) -> [UInt8] {
        var bytes = documents.randomElement(using: &self) ?? []
        for _ in 0..<Int.random(in: 1...4, using: &self) { change(&bytes, documents) }
        return bytes
    }

    private mutating func change(_ bytes: inout [UInt8], _ documents: [[UInt8]]) {
        let place = Int.random(in: 0...bytes.count, using: &self)
        let end = min(bytes.count, place + Int.random(in: 0...12, using: &self))
        let word = Array((Self.words.randomElement(using: &self) ?? "").utf8)
        switch Int.random(in: 0..<8, using: &self) {
        case 0: bytes.removeSubrange(place...)
        case 1: bytes.removeSubrange(place..<end)
        case 2: bytes.insert(contentsOf: word, at: place)
        case 3: bytes.replaceSubrange(place..<end, with: word)
        case 4: bytes.insert(contentsOf: bytes[place..<end], at: place)
        case 5: if place < bytes.count { bytes[place] = UInt8.random(in: .min ... .max, using: &self) }
        case 6: replaceNumber(in: &bytes, from: place, with: word)
        case _:
            let other = documents.randomElement(using: &self) ?? []
            bytes.replaceSubrange(place..., with: other.dropFirst(Int.random(in: 0...other.count, using: &self)))
        }
    }

    /// The next number from there is another: the syntax stays, and what is counted with it does not.
    private mutating func replaceNumber(in bytes: inout [UInt8], from place: Int, with word: [UInt8]) {
        func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
        guard let start = bytes[place...].firstIndex(where: isDigit) else { return }
        let end = bytes[start...].firstIndex { !isDigit($0) } ?? bytes.endIndex
        bytes.replaceSubrange(start..<end, with: word)
    }
}
