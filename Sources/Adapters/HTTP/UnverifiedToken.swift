import Formats
import FoundationEssentials

/// A JWT taken apart: what it claims, before anybody has looked at its signature.
struct UnverifiedToken {
    let algorithm: String
    let keyIdentifier: String?
    let claims: JSONValue

    /// `nil` for what is no JWT, and for one with an extension that must be understood (`crit`): we know none.
    init?(_ token: String) {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let header = Self.object(parts[0]), let claims = Self.object(parts[1]),
            let algorithm = header["alg"]?.string, header["crit"] == nil
        else { return nil }
        self.algorithm = algorithm
        keyIdentifier = header["kid"]?.string
        self.claims = claims
    }

    private static func object(_ part: Substring) -> JSONValue? {
        guard let bytes = Base64URL.decode(part), let root = try? JSONDocument(parsing: bytes).root,
            root.kind == .object
        else { return nil }
        return root
    }
}

/// RFC 4648 §5, without padding.
enum Base64URL {
    static func encode(_ bytes: [UInt8]) -> String {
        String(
            Data(bytes).base64EncodedString().compactMap { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 == "=" ? nil : $0 }
        )
    }

    static func decode(_ text: some StringProtocol) -> [UInt8]? {
        guard text.utf8.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "/") }) else { return nil }
        let padding = String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        let base64 = text.map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 }
        return Data(base64Encoded: String(base64) + padding).map { Array($0) }
    }
}
