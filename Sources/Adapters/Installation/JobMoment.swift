import FoundationEssentials
import Formats

/// Times of this contract: written with `+00:00`, read with an offset with or without its colon.
enum JobMoment {
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

extension ObjectReader {
    func requiredMoment(_ key: String) -> Date? {
        requiredString(key, length: 1...40).flatMap { moment($0, key) }
    }

    func optionalMoment(_ key: String) -> Date? {
        optionalString(key, length: 1...40).flatMap { moment($0, key) }
    }

    private func moment(_ text: String, _ key: String) -> Date? {
        if let date = JobMoment.parse(text) { return date }
        report(.pattern, key, "must be a date-time with its offset, such as 2026-03-01T09:30:00+00:00")
        return nil
    }
}

extension JSONWriter {
    mutating func moment(_ key: String, _ date: Date?) {
        guard let date else { return }
        field(key, Timestamp.formatOffsetZero(date))
    }
}
