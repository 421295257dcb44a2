/// What is said in `X-Gateway-Warning`: as much as a header may hold, however much there is to say.
///
/// A body of a mebibyte can have a hundred thousand unknown members, and each may have a name of any length and letters.
enum GatewayWarning {
    /// Of the whole header: many clients and proxies refuse answers whose headers have more than a few kilobytes.
    static let bytesMax = 1_024
    /// Of one warning. The longest that we write about a short name has 60.
    static let warningBytesMax = 160
    /// What is kept of a warning's end: it says what is wrong.
    private static let endBytes = 60
    /// Room for "; and 4294967295 more".
    private static let restBytes = 24
    /// In the message log.
    private static let loggedMax = 50

    /// The first warnings, each cut, and how many more there are; `nil` if there is none.
    static func text(_ warnings: [String]) -> String? {
        guard let first = warnings.first else { return nil }
        var text = written(first)
        var count = 1
        for warning in warnings.dropFirst() {
            let next = written(warning)
            guard text.utf8.count + 2 + next.utf8.count <= bytesMax - restBytes else { break }
            text += "; " + next
            count += 1
        }
        return count == warnings.count ? text : text + "; and \(warnings.count - count) more"
    }

    /// For the message log, which must not grow with a request either.
    static func first(_ warnings: [String]) -> [String] {
        guard warnings.count > loggedMax || warnings.contains(where: { $0.utf8.count > warningBytesMax }) else {
            return warnings
        }
        let rest = warnings.count - loggedMax
        return warnings.prefix(loggedMax).map(written) + (rest > 0 ? ["and \(rest) more"] : [])
    }

    /// In ASCII, as all readers of headers take it; other bytes are escaped as in a pointer's fragment (RFC 6901 §6).
    private static func written(_ warning: String) -> String {
        var bytes: [UInt8] = []
        for byte in warning.utf8 {
            switch byte {
            case 0x20...0x7E: bytes.append(byte)
            case _:
                bytes.append(UInt8(ascii: "%"))
                bytes.append(hexadecimal[Int(byte >> 4)])
                bytes.append(hexadecimal[Int(byte & 0xF)])
            }
        }
        guard bytes.count > warningBytesMax else { return String(decoding: bytes, as: UTF8.self) }
        let cut = bytes.prefix(warningBytesMax - endBytes - 3) + Array("...".utf8) + bytes.suffix(endBytes)
        return String(decoding: cut, as: UTF8.self)
    }

    private static let hexadecimal = Array("0123456789ABCDEF".utf8)
}
