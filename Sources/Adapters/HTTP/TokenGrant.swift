import FoundationEssentials

/// A token endpoint's answer (RFC 6749 §5.1).
struct TokenGrant: Decodable {
    let accessToken: String
    let expiresIn: Int

    enum CodingKeys: String, CodingKey {
        case accessToken = "access_token"
        case expiresIn = "expires_in"
    }

    init(accessToken: String, expiresIn: Int) {
        self.accessToken = accessToken
        self.expiresIn = expiresIn
    }

    init?(json: [UInt8]) {
        guard let grant = try? JSONDecoder().decode(Self.self, from: Data(json)) else { return nil }
        self = grant
    }

    var json: [UInt8] {
        var json = JSONText()
        json.object {
            $0.string("access_token", accessToken)
            $0.number("expires_in", expiresIn)
            $0.string("token_type", "Bearer")
        }
        return json.bytes
    }
}
