import CZlib

/// An answer's body as our readers need it: decompressed, the root part of a multipart message, in UTF-8, and from its first
/// character on.
///
/// We ask for none of this (`Accept-Encoding: identity`), but proxies compress all the same, stacks answer SOAP in
/// multipart/related (XOP), and old servers send Latin-1, a byte order mark or a line feed ahead of the document. Everything is
/// bounded. Pure: the same bytes and headers always have the same content.
package enum AnswerContent {
    /// As much as an answer may have that comes plain.
    package static let bytesMax = 1 << 20
    /// A proxy compresses what a server has compressed already; more layers are an attack.
    static let codingsMax = 2

    /// - Parameters:
    ///   - type: the value of `Content-Type`.
    ///   - coding: the value of `Content-Encoding`.
    /// - Throws: where there is no content that could be read, in words for a person.
    package static func read(
        _ bytes: [UInt8],
        type: String? = nil,
        coding: String? = nil,
        bytesMax: Int = bytesMax
    ) throws(UnreadableContent) -> [UInt8] {
        guard !isPlain(bytes, type: type, coding: coding) else { return bytes }
        var content = try decompressed(bytes, coding, bytesMax)
        var mediaType = type.flatMap { MediaType($0) }
        if let whole = mediaType, whole.essence.hasPrefix("multipart/") {
            let root = try MultipartRoot(of: content, whole)
            content = root.content
            mediaType = root.type
        }
        let text = content[textStart(of: content)...]
        guard let charset = mediaType?["charset"]?.lowercased(), singleByte.contains(charset),
            text.contains(where: { $0 > 0x7F }), String(validating: text, as: UTF8.self) == nil
        else { return text.startIndex == 0 ? content : Array(text) }
        return fromSingleByte(text, isWindows: charset.hasSuffix("1252"))
    }

    /// Nearly every answer: nothing to do, found without a copy.
    private static func isPlain(_ bytes: [UInt8], type: String?, coding: String?) -> Bool {
        guard let first = bytes.first else { return true }
        guard first > 0x20, first != 0x1F, first != 0xEF, coding == nil else { return false }
        guard let type else { return true }
        guard type.first != "m", type.first != "M" else { return false }
        return !type.contains(";") || type.hasSuffix("charset=utf-8") || type.hasSuffix("charset=UTF-8")
    }

    // MARK: Compression

    private static func decompressed(
        _ bytes: [UInt8],
        _ coding: String?,
        _ bytesMax: Int
    ) throws(UnreadableContent) -> [UInt8] {
        let codings = (coding ?? "").split(separator: ",").map { String($0).trimmedXMLSpace.lowercased() }
        guard codings.count <= codingsMax else {
            throw UnreadableContent("the answer is compressed more than \(codingsMax) times")
        }
        var content = bytes
        for coding in codings.reversed() where !content.isEmpty {
            switch coding {
            case "identity", "": continue
            // Decompressed on the way by a proxy that left the header: read as it is.
            case "gzip", "x-gzip": if isGzip(content) { content = try inflated(content, bytesMax) }
            case "deflate": content = try inflated(content, bytesMax)
            case _:
                throw UnreadableContent("the answer is compressed by \(coding.plainWords(40)), which was not asked for")
            }
        }
        // No text begins so: compressed by a server that doesn't say it.
        return isGzip(content) ? try inflated(content, bytesMax) : content
    }

    private static func isGzip(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x1F, 0x8B, 8]) }

    private static func inflated(_ bytes: [UInt8], _ bytesMax: Int) throws(UnreadableContent) -> [UInt8] {
        var verdict = CInt(0)
        // One byte more, so that content of exactly the limit is no larger than it.
        let content = [UInt8](unsafeUninitializedCapacity: bytesMax + 1) { buffer, count in
            verdict = czlib_inflate(bytes, bytes.count, buffer.baseAddress, bytesMax + 1, &count)
        }
        guard Int(verdict) != CZLIB_BROKEN else { throw UnreadableContent("the answer's compression is damaged") }
        guard Int(verdict) == CZLIB_DONE, content.count <= bytesMax else {
            throw UnreadableContent("the answer is larger than \(bytesMax) bytes when it is decompressed")
        }
        // In a block of its own size.
        return Array(content[...])
    }

    // MARK: Text

    /// Behind a byte order mark and white space.
    private static func textStart(of bytes: [UInt8]) -> Int {
        var start = 0
        while start < bytes.count {
            if bytes[start].isXMLSpace {
                start += 1
            } else if bytes[start...].starts(with: [0xEF, 0xBB, 0xBF]) {
                start += 3
            } else {
                break
            }
        }
        return start
    }

    private static let singleByte: Set<String> = [
        "iso-8859-1", "iso_8859-1", "iso8859-1", "latin1", "latin-1", "l1", "windows-1252", "cp1252", "cp-1252",
    ]

    /// Into UTF-8. An XML declaration is left out, for it names the encoding that this was in.
    private static func fromSingleByte(_ text: ArraySlice<UInt8>, isWindows: Bool) -> [UInt8] {
        var text = text
        if text.starts(with: "<?xml".utf8), let end = text.firstIndex(of: UInt8(ascii: ">")) {
            text = text[(end + 1)...]
        }
        var scalars = String.UnicodeScalarView()
        for byte in text {
            let value = isWindows && (0x80..<0xA0).contains(byte) ? windows[Int(byte) - 0x80] : UInt16(byte)
            scalars.append(Unicode.Scalar(value) ?? "\u{FFFD}")
        }
        return Array(String(scalars).utf8)
    }

    /// Where windows-1252 differs from Latin-1: 0x80 to 0x9F.
    private static let windows: [UInt16] = [
        0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,
        0x017D,
        0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153,
        0x9D,
        0x017E, 0x0178,
    ]
}

/// Why an answer has no content that can be read: for a person.
package struct UnreadableContent: Error, Equatable, Sendable, CustomStringConvertible {
    package let description: String

    init(_ description: String) { self.description = description }
}

extension String {
    /// The other side's words, for a log and for a person: on one line, without control characters, no longer than `max`.
    package func plainWords(_ max: Int) -> String {
        var words = String.UnicodeScalarView()
        var count = 0
        var isSpace = true
        for scalar in unicodeScalars {
            // Controls, format characters (bidi among them) and separators: nothing of a peer's reorders or splits a line.
            let isBlank = scalar.value <= 0x20 || scalar.properties.generalCategory.isBlank
            if isBlank, isSpace { continue }
            guard count < max else {
                words.append("…")
                break
            }
            words.append(isBlank ? " " : scalar)
            isSpace = isBlank
            count += 1
        }
        if words.last == " " { words.removeLast() }
        return String(words)
    }
}

extension Unicode.GeneralCategory {
    fileprivate var isBlank: Bool {
        switch self {
        case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator, .surrogate, .unassigned: true
        case _: false
        }
    }
}
