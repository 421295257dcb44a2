/// A token endpoint's answer (RFC 6749 §5.1).
package struct TokenGrant: Equatable, Sendable {
    /// Of another party's token: shorter than this nothing is asked for a second time, and longer than a day we would hear
    /// too late that our key was changed.
    package static let lifetimes = 1...86_400
    /// Where the answer does not say.
    private static let usualLifetime = 300

    package let accessToken: String
    /// Seconds.
    package let expiresIn: Int
    /// What was granted, which may be other than what was asked for; empty: not said.
    package let scopes: [String]

    package init(accessToken: String, expiresIn: Int, scopes: [String] = []) {
        self.accessToken = accessToken
        self.expiresIn = expiresIn
        self.scopes = scopes
    }

    /// Reads another party's. A lifetime that is no number, or absurd, is no reason to do without the token: it is taken as
    /// short, or held to a day.
    package init?(json: [UInt8]) {
        guard let root = try? JSONDocument(parsingAnswer: json).root, let token = root["access_token"]?.string,
            Self.isBearable(token)
        else { return nil }
        accessToken = token
        expiresIn = root["expires_in"].flatMap(Self.seconds) ?? Self.usualLifetime
        scopes = root["scope"]?.string?.split(separator: " ").map(String.init) ?? []
    }

    /// A number, of any size, or its text; within ``lifetimes``.
    private static func seconds(_ value: JSONValue) -> Int? {
        let text = value.string?.trimmedXMLSpace
        guard let seconds = value.double ?? text.flatMap({ Double($0) }), !seconds.isNaN else { return nil }
        return Int(min(max(seconds, Double(lifetimes.lowerBound)), Double(lifetimes.upperBound)))
    }

    /// What can stand in an `Authorization` header (RFC 6750 §2.1 asks for less).
    private static func isBearable(_ token: String) -> Bool {
        !token.isEmpty && token.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }

    package var json: [UInt8] {
        JSONWriter.bytes {
            $0.object {
                $0.field("access_token", accessToken)
                $0.field("expires_in", expiresIn)
                $0.field("token_type", "Bearer")
                if !scopes.isEmpty { $0.field("scope", scopes.joined(separator: " ")) }
            }
        }
    }
}
