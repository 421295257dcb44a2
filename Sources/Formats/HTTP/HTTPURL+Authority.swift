extension HTTPURL {
    /// What stands between `://` and the path: a host, and maybe a port.
    struct Authority {
        let host: String
        let port: Int?
        let isIPv6: Bool

        /// The longest name of the domain name system, and its longest label (RFC 1035 §2.3.4).
        private static let hostBytesMax = 253
        private static let labelBytesMax = 63

        init(_ text: Substring.UTF8View) throws(Unfit) {
            guard !text.contains(UInt8(ascii: "@")) else {
                throw Unfit(reason: "must have no user and no password before its host")
            }
            if text.first == UInt8(ascii: "[") {
                guard let close = text.firstIndex(of: UInt8(ascii: "]")) else { throw Self.noHost }
                let inside = Substring(text[text.index(after: text.startIndex)..<close])
                guard Self.isIPv6(inside) else { throw Self.noHost }
                host = inside.lowercased()
                isIPv6 = true
                port = try Self.port(text[text.index(after: close)...])
            } else {
                let colon = text.firstIndex(of: UInt8(ascii: ":")) ?? text.endIndex
                guard colon > text.startIndex else { throw Unfit(reason: "must have a host after ://") }
                guard Self.isName(text[..<colon]) else { throw Self.noHost }
                host = Substring(text[..<colon]).lowercased()
                isIPv6 = false
                port = try Self.port(text[colon...])
            }
        }

        private static let noHost = Unfit(
            reason:
                "must have a host of letters, digits, -, . and _ (of another script as xn--…), or an IPv6 address in brackets"
        )

        /// Nothing, a colon alone, or a colon and a port that exists.
        private static func port(_ text: Substring.UTF8View) throws(Unfit) -> Int? {
            guard let colon = text.first else { return nil }
            let digits = text.dropFirst()
            if colon == UInt8(ascii: ":"), digits.isEmpty { return nil }
            guard colon == UInt8(ascii: ":"), digits.count <= 5, digits.allSatisfy(\.isASCIIDigit),
                let port = Int(Substring(digits)), (1...65_535).contains(port)
            else { throw Unfit(reason: "must have a port from 1 to 65535") }
            return port
        }

        /// Labels between dots; the root's dot at the end is allowed.
        private static func isName(_ text: Substring.UTF8View) -> Bool {
            var labels = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
            if labels.count > 1, labels.last?.isEmpty == true { labels.removeLast() }
            return text.count <= hostBytesMax
                && labels.allSatisfy { label in
                    (1...labelBytesMax).contains(label.count)
                        && label.allSatisfy {
                            $0.isASCIILetter || $0.isASCIIDigit || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
                        }
                }
        }

        /// Eight groups of hexadecimal digits, fewer around one `::`, an IPv4 address in place of the last two (RFC 4291 §2.2).
        private static func isIPv6(_ text: Substring) -> Bool {
            let halves = text.split(separator: "::", omittingEmptySubsequences: false)
            guard halves.count <= 2 else { return false }
            let groups = halves.map { half in
                half.isEmpty ? [] : half.split(separator: ":", omittingEmptySubsequences: false)
            }
            var all = groups.flatMap(\.self)
            var count = all.count
            if let last = all.last, groups.last?.isEmpty == false, isIPv4(last) {
                all.removeLast()
                count += 1
            }
            return all.allSatisfy { (1...4).contains($0.utf8.count) && $0.utf8.allSatisfy(\.isASCIIHexadecimal) }
                && (halves.count == 2 ? count < 8 : count == 8)
        }

        private static func isIPv4(_ text: Substring) -> Bool {
            let parts = text.split(separator: ".", omittingEmptySubsequences: false)
            return parts.count == 4
                && parts.allSatisfy { part in
                    (1...3).contains(part.utf8.count) && part.utf8.allSatisfy(\.isASCIIDigit)
                        && Int(part).map { $0 < 256 } == true
                }
        }
    }
}
