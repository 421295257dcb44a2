import FoundationEssentials
import Formats

/// Times of this contract: written with `+00:00`, read with an offset with or without its colon.
enum JobMoment {
    /// As RFC 3339 has it, so with a colon in the offset.
    static func isPunctual(_ text: String) -> Bool { Timestamp.parse(text) != nil }

    static func parse(_ text: String) -> Date? {
        if let date = Timestamp.parse(text) { return date }
        let bytes = Array(text.utf8)
        guard bytes.count > 5, [UInt8(ascii: "+"), UInt8(ascii: "-")].contains(bytes[bytes.count - 5]) else {
            return nil
        }
        let withColon = bytes.dropLast(2) + [UInt8(ascii: ":")] + bytes.suffix(2)
        return Timestamp.parse(String(decoding: withColon, as: UTF8.self))
    }
}

extension JSONWriter {
    mutating func moment(_ key: String, _ date: Date?) {
        guard let date else { return }
        field(key, Timestamp.formatOffsetZero(date))
    }
}
