/// An address that we call: http or https, a host, a port that exists, a path and maybe a query.
///
/// Every endpoint, token, issuer, JWKS and object-store URL is read by this, where it is set and again where it is called. What
/// it takes, the HTTP client takes too: a port beyond 65535 or a host that is none would end the process there.
package struct HTTPURL: Hashable, Sendable {
    package enum Scheme: String, CaseIterable, Sendable {
        case http, https

        var port: Int {
            switch self {
            case .http: 80
            case .https: 443
            }
        }
    }

    /// Why a text is no such address, as a sentence that begins with the field's name: "must …".
    package struct Unfit: Error, Equatable, Sendable {
        package let reason: String
    }

    package let scheme: Scheme
    /// In lower case, without brackets.
    package let host: String
    /// `nil` for the scheme's own.
    package let explicitPort: Int?
    /// Empty, or from its slash on; characters that a path may not have are `%XX`.
    package let path: String
    /// Without its question mark.
    package let query: String?

    private let isIPv6: Bool

    package var port: Int { explicitPort ?? scheme.port }

    /// Host and port as a `Host` header has them.
    package var authority: String {
        (isIPv6 ? "[\(host)]" : host) + (explicitPort.map { ":\($0)" } ?? "")
    }

    /// The address in its one form: what is sent.
    package var text: String { "\(scheme.rawValue)://\(authority)\(path)\(query.map { "?\($0)" } ?? "")" }

    /// - Parameter schemes: those that are taken, in the order in which a refusal names them.
    package init(_ text: String, schemes: [Scheme] = [.https, .http]) throws(Unfit) {
        guard let separator = text.utf8.firstRange(of: "://".utf8),
            let scheme = Scheme(rawValue: text[..<separator.lowerBound].lowercased()), schemes.contains(scheme)
        else { throw Unfit(reason: "must be a URL of \(schemes.map(\.rawValue).joined(separator: " or "))") }
        let rest = text.utf8[separator.upperBound...]
        guard !rest.contains(UInt8(ascii: "#")) else { throw Unfit(reason: "must have no fragment (#…)") }
        let end = rest.firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") } ?? rest.endIndex
        let authority = try Authority(rest[..<end])
        self.scheme = scheme
        host = authority.host
        isIPv6 = authority.isIPv6
        explicitPort = authority.port == scheme.port ? nil : authority.port
        let question = rest[end...].firstIndex(of: UInt8(ascii: "?"))
        path = try Self.encoded(rest[end..<(question ?? rest.endIndex)], mayHave: "/")
        query = try question.map { (index) throws(Unfit) in
            try Self.encoded(rest[rest.index(after: index)...], mayHave: "/?")
        }
    }

    /// A path, with its own query if it has one, below a base: the base's slash at the end is not doubled, its query stays the query.
    ///
    /// It takes any text: what is no address is refused when it is called.
    package static func join(_ base: String, _ path: String) -> String {
        guard !path.isEmpty else { return base }
        let (baseParts, pathParts) = (base.partsAroundQuery, path.partsAroundQuery)
        let head = baseParts.head.utf8.last == UInt8(ascii: "/") ? baseParts.head.dropLast() : baseParts.head
        let queries = [pathParts.query, baseParts.query].compactMap(\.self).filter { !$0.isEmpty }
        return head + pathParts.head + (queries.isEmpty ? "" : "?" + queries.joined(separator: "&"))
    }

    /// The unreserved characters and delimiters of RFC 3986 stay, `%` before two hexadecimal digits too; the rest is `%XX`.
    private static func encoded(_ text: Substring.UTF8View, mayHave others: StaticString) throws(Unfit) -> String {
        var bytes: [UInt8] = []
        var index = text.startIndex
        while index < text.endIndex {
            let byte = text[index]
            index = text.index(after: index)
            guard byte > 0x20, byte != 0x7F else {
                throw Unfit(reason: "must have no white space and no control characters")
            }
            switch byte {
            case UInt8(ascii: "%"):
                guard text[index...].prefix(2).count(where: \.isASCIIHexadecimal) == 2 else {
                    throw Unfit(reason: "must have two hexadecimal digits after each %")
                }
                bytes.append(byte)
            case _ where isPlain(byte) || others.contains(byte): bytes.append(byte)
            case _: bytes += [UInt8(ascii: "%"), hexadecimal(byte >> 4), hexadecimal(byte & 0xF)]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        byte.isASCIILetter || byte.isASCIIDigit || ("-._~!$&'()*+,;=:@" as StaticString).contains(byte)
    }

    private static func hexadecimal(_ digit: UInt8) -> UInt8 {
        digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "A") + digit - 10
    }
}

extension String {
    fileprivate var partsAroundQuery: (head: Substring, query: Substring?) {
        guard let question = utf8.firstIndex(of: UInt8(ascii: "?")) else { return (self[...], nil) }
        return (self[..<question], self[utf8.index(after: question)...])
    }
}

extension StaticString {
    fileprivate func contains(_ byte: UInt8) -> Bool {
        UnsafeBufferPointer(start: utf8Start, count: utf8CodeUnitCount).contains(byte)
    }
}
