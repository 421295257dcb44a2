import Formats

/// A token endpoint's answer (RFC 6749 §5.1).
struct TokenGrant: Equatable {
    let accessToken: String
    let expiresIn: Int

    init(accessToken: String, expiresIn: Int) {
        self.accessToken = accessToken
        self.expiresIn = expiresIn
    }

    /// Reads somebody else's; without a lifetime it is taken as short.
    init?(json: [UInt8]) {
        guard let root = try? JSONDocument(parsing: json).root, let token = root["access_token"]?.string else {
            return nil
        }
        accessToken = token
        expiresIn = root["expires_in"]?.integer.map { Int(clamping: $0) } ?? 300
    }

    var json: [UInt8] {
        JSONWriter.bytes {
            $0.object {
                $0.field("access_token", accessToken)
                $0.field("expires_in", expiresIn)
                $0.field("token_type", "Bearer")
            }
        }
    }
}
