/// The root part of a multipart message (RFC 2387): the one that `start` names, else the first. The others are attachments, which
/// no answer of ours has a use for.
struct MultipartRoot {
    let content: [UInt8]
    let type: MediaType?

    /// RFC 2046 §5.1.1.
    private static let boundaryMax = 70
    private static let partsMax = 100
    private static let headBytesMax = 8 * 1024

    init(of bytes: [UInt8], _ whole: MediaType) throws(UnreadableContent) {
        guard let boundary = whole["boundary"], (1...Self.boundaryMax).contains(boundary.utf8.count) else {
            throw UnreadableContent("the answer is multipart without a boundary")
        }
        let parts = Self.parts(of: bytes, between: Array("--\(boundary)".utf8)).compactMap { Part($0) }
        let start = whole["start"].map(Part.bareID)
        guard let root = parts.first(where: { start != nil && $0.id == start }) ?? parts.first else {
            throw UnreadableContent("the answer is multipart without a part")
        }
        content = try root.decoded()
        type = root.headers["content-type"].flatMap { MediaType($0) }
    }

    private static func parts(of bytes: [UInt8], between delimiter: [UInt8]) -> [ArraySlice<UInt8>] {
        var parts: [ArraySlice<UInt8>] = []
        var partStart: Int?
        var lineStart = 0
        while lineStart < bytes.count, parts.count < partsMax {
            let lineEnd = bytes[lineStart...].firstIndex(of: 0x0A) ?? bytes.count
            if bytes[lineStart..<lineEnd].starts(with: delimiter) {
                // The line break ahead of a delimiter belongs to it.
                if let partStart { parts.append(bytes[partStart..<max(partStart, lineStart - 1)]) }
                let isLast = bytes[(lineStart + delimiter.count)...].starts(with: "--".utf8)
                partStart = isLast ? nil : min(lineEnd + 1, bytes.count)
                if isLast { break }
            }
            lineStart = lineEnd + 1
        }
        // Cut off: what came is what there is.
        if let partStart, parts.count < partsMax { parts.append(bytes[partStart...]) }
        return parts
    }

    private struct Part {
        let headers: [String: String]
        let body: ArraySlice<UInt8>

        var id: String? { headers["content-id"].map(Self.bareID) }

        static func bareID(_ text: String) -> String {
            var id = text.trimmedXMLSpace
            if id.hasPrefix("<"), id.hasSuffix(">") { id = String(id.dropFirst().dropLast()) }
            return id
        }

        init?(_ bytes: ArraySlice<UInt8>) {
            var bytes = bytes
            var headers: [String: String] = [:]
            var last: String?
            let first = bytes.startIndex
            while !bytes.isEmpty, bytes.startIndex - first < MultipartRoot.headBytesMax {
                let lineEnd = bytes.firstIndex(of: 0x0A) ?? bytes.endIndex
                let line = String(decoding: bytes[..<lineEnd], as: UTF8.self)
                bytes = bytes[min(lineEnd + 1, bytes.endIndex)...]
                let text = line.trimmedXMLSpace
                if text.isEmpty {
                    self.headers = headers
                    // The carriage return of the line break ahead of the delimiter.
                    body = bytes.last == 0x0D ? bytes.dropLast() : bytes
                    return
                }
                if line.first == " " || line.first == "\t", let name = last {
                    headers[name, default: ""] += " " + text
                } else if let colon = text.firstIndex(of: ":") {
                    let name = text[..<colon].lowercased()
                    if headers[name] == nil {
                        headers[name] = String(text[text.index(after: colon)...]).trimmedXMLSpace
                    }
                    last = name
                }
            }
            return nil
        }

        func decoded() throws(UnreadableContent) -> [UInt8] {
            switch headers["content-transfer-encoding"]?.lowercased() ?? "binary" {
            case "base64":
                guard let bytes = Base64.decode(body) else {
                    throw UnreadableContent("the answer's part is no base64")
                }
                return bytes
            case "quoted-printable": return QuotedPrintable.decode(body)
            case _: return Array(body)
            }
        }
    }
}

/// RFC 4648 §4, with white space anywhere.
private enum Base64 {
    static func decode(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        var bits: UInt32 = 0
        var count = 0
        for character in text where !character.isXMLSpace && character != UInt8(ascii: "=") {
            guard let value = value(of: character) else { return nil }
            bits = bits << 6 | UInt32(value)
            count += 1
            if count == 4 {
                bytes += [UInt8(truncatingIfNeeded: bits >> 16), UInt8(truncatingIfNeeded: bits >> 8)]
                bytes.append(UInt8(truncatingIfNeeded: bits))
                (bits, count) = (0, 0)
            }
        }
        if count == 1 { return nil }
        if count == 2 { bytes.append(UInt8(truncatingIfNeeded: bits >> 4)) }
        if count == 3 {
            bytes += [UInt8(truncatingIfNeeded: bits >> 10), UInt8(truncatingIfNeeded: bits >> 2)]
        }
        return bytes
    }

    private static func value(of character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): character - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): character - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0") + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        case _: nil
        }
    }
}

/// RFC 2045 §6.7; what is no escape stays as it is.
private enum QuotedPrintable {
    static func decode(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = text
        while let character = rest.popFirst() {
            guard character == UInt8(ascii: "=") else {
                bytes.append(character)
                continue
            }
            if rest.starts(with: [0x0D, 0x0A]) {
                rest = rest.dropFirst(2)
            } else if rest.first == 0x0A {
                rest = rest.dropFirst()
            } else if let high = rest.first?.hexDigit, let low = rest.dropFirst().first?.hexDigit {
                bytes.append(high << 4 | low)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(character)
            }
        }
        return bytes
    }
}

extension UInt8 {
    fileprivate var hexDigit: UInt8? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
        case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
        case _: nil
        }
    }
}
