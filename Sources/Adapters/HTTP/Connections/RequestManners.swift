import HTTPTypes
import NIOHTTP1

/// What a head says about its own request and connection, read in one pass, and what is wrong with it (RFC 9112).
struct RequestManners: Equatable {
    /// RFC 9112 §3 asks for 8,000 at least. A question about an address with the 500 other names that it may have, as JSON in
    /// the query, has four times as many; more is more than all headers may have.
    static let targetBytesMax = 32 * 1_024

    var isHead: Bool
    /// HTTP/1.0 knows neither chunks nor `100 Continue`, and here its connections end with the answer.
    var isHTTP10: Bool
    /// Whether the connection ends with this request's answer.
    var isLast: Bool
    /// Whether the peer holds its body back until it is told to send it.
    var awaitsContinue = false
    var bodyBytes: Int?

    /// The value of `Host`, which was looked at.
    private(set) var host: String?

    /// - Parameter knownHost: a value of `Host` that was good: nearly all requests of a connection have the same.
    /// - Throws: why such a request is refused before its route is looked for.
    init(_ head: HTTPRequestHead, knownHost: String? = nil) throws(APIError) {
        isHead = head.method == .HEAD
        isHTTP10 = head.version.major == 1 && head.version.minor == 0
        isLast = isHTTP10 || !head.isKeepAlive || head.method == .CONNECT
        var hosts = 0
        var codings: [String] = []
        var expectations: [String] = []
        var upgrades = false
        for (name, value) in head.headers {
            switch name.utf8.count {
            case 4 where name.isHeader("host"):
                host = value
                hosts += 1
            case 6 where name.isHeader("expect"): expectations.append(value)
            case 7 where name.isHeader("upgrade"): upgrades = true
            case 14 where name.isHeader("content-length"): bodyBytes = Int(value)
            case 17 where name.isHeader("transfer-encoding"): codings.append(value)
            case _: continue
            }
        }
        // The parser takes what follows such a request for another protocol's bytes.
        if upgrades { isLast = true }
        guard head.uri.utf8.count <= Self.targetBytesMax else { throw .targetTooLong }
        guard hosts < 2 else { throw APIError(.badRequest, "The header Host must be there once.") }
        guard hosts == 1 || isHTTP10 else { throw APIError(.badRequest, "The header Host is required.") }
        if let host, host != knownHost, !Self.isHost(host) {
            throw APIError(.badRequest, "The header Host must be a host's name or address, and a port where needed.")
        }
        try Self.check(codings: codings, isHTTP10: isHTTP10)
        guard !isHTTP10, !expectations.isEmpty else { return }
        guard expectations.allSatisfy({ $0.lowercased() == "100-continue" }) else {
            throw APIError(.expectationFailed, "The only expectation that is met is 100-continue.")
        }
        awaitsContinue = bodyBytes ?? 0 > 0 || !codings.isEmpty
    }

    private static func check(codings: [String], isHTTP10: Bool) throws(APIError) {
        guard !codings.isEmpty else { return }
        guard !isHTTP10 else { throw APIError(.badRequest, "HTTP/1.0 has no Transfer-Encoding.") }
        guard codings.count == 1, codings[0].lowercased() == "chunked" else {
            throw APIError(.notImplemented, "The only transfer coding that is understood is chunked.")
        }
    }

    /// `uri-host [ ":" port ]` (RFC 9110 §7.2): letters, digits and what RFC 3986 lets a name have, or an address in brackets.
    static func isHost(_ text: String) -> Bool {
        var rest = text.utf8[...]
        if rest.first == UInt8(ascii: "[") {
            guard let end = rest.firstIndex(of: UInt8(ascii: "]")), end > rest.index(after: rest.startIndex) else {
                return false
            }
            let address = rest[rest.index(after: rest.startIndex)..<end]
            guard address.allSatisfy({ $0.isHexadecimal || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".") }) else {
                return false
            }
            rest = rest[rest.index(after: end)...]
        } else {
            let name = rest.prefix { $0 != UInt8(ascii: ":") }
            guard !name.isEmpty, name.allSatisfy(\.isHostCharacter) else { return false }
            rest = rest[name.endIndex...]
        }
        guard let colon = rest.first else { return true }
        let port = rest.dropFirst()
        return colon == UInt8(ascii: ":") && port.count <= 5 && port.allSatisfy { (0x30...0x39).contains($0) }
            && (Int(String(Substring(port))) ?? 0) <= 65_535
    }
}

extension APIError {
    static let targetTooLong = APIError(
        .uriTooLong,
        "The request's target is longer than \(RequestManners.targetBytesMax) bytes."
    )
}

extension String {
    /// Whether a header has that name, of the same length and in small letters.
    fileprivate func isHeader(_ name: StaticString) -> Bool {
        let known = UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
        return utf8.elementsEqual(known) { byte, letter in
            byte == letter || (letter >= UInt8(ascii: "a") && byte | 0x20 == letter)
        }
    }
}

extension UInt8 {
    fileprivate var isHexadecimal: Bool {
        (0x30...0x39).contains(self) || (0x41...0x46).contains(self) || (0x61...0x66).contains(self)
    }

    /// Unreserved, sub-delimiters, and the sign of an escape.
    fileprivate var isHostCharacter: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        case 0x2D, 0x2E, 0x5F, 0x7E: true
        case 0x21, 0x24, 0x25, 0x26, 0x27, 0x28, 0x29, 0x2A, 0x2B, 0x2C, 0x3B, 0x3D: true
        case _: false
        }
    }
}
