import FoundationEssentials

/// How a client shows who it is at a token endpoint: a secret in the body or by HTTP Basic, but not both ways (RFC 6749
/// §2.3), or by its name alone and the connection's certificate (RFC 8705 §2).
///
/// RFC 6749 §2.3.1 has the name and the secret encoded as a form's before they go into Basic. `curl -u` and many libraries
/// don't do that. Which of the two a client did cannot be seen from the header, so both readings are tried.
struct ShownCredentials {
    struct Shown: Equatable {
        let clientID: String
        /// `nil` only where there is a certificate.
        let secret: String?
    }

    /// One, or two that differ; never none.
    let readings: [Shown]
    let certificate: String?
    let usedBasic: Bool

    /// The name under which wrong guesses are counted.
    var clientID: String { readings.first?.clientID ?? "" }
    var hasSecret: Bool { readings.contains { $0.secret != nil } }

    /// - Parameters:
    ///   - form: the fields of the body.
    ///   - authorization: the header's value.
    ///   - certificate: the fingerprint of the connection's.
    init(_ form: [String: String], _ authorization: String?, certificate: String?) throws {
        self.certificate = certificate
        guard let authorization else {
            guard let clientID = form["client_id"], form["client_secret"] != nil || certificate != nil else {
                throw TokenRefusal(.invalidClient, "client_id and client_secret are required.")
            }
            readings = [Shown(clientID: clientID, secret: form["client_secret"])]
            usedBasic = false
            return
        }
        guard form["client_secret"] == nil else {
            throw TokenRefusal(.invalidRequest, "Show the secret in the body or by Basic, not both.")
        }
        let shown = Self.basic(authorization)
        guard !shown.isEmpty else {
            throw TokenRefusal(.invalidClient, "The Basic credentials cannot be read.", usedBasic: true)
        }
        let named = form["client_id"].map { name in shown.filter { $0.clientID.utf8.elementsEqual(name.utf8) } }
        guard named?.isEmpty != true else {
            throw TokenRefusal(.invalidRequest, "client_id in the body names another client than Basic does.")
        }
        readings = named ?? shown
        usedBasic = true
    }

    /// As RFC 6749 has it, and as it stands; empty for what is no Basic at all.
    private static func basic(_ authorization: String) -> [Shown] {
        let parts = authorization.split(separator: " ")
        guard parts.count == 2, parts[0].lowercased() == "basic",
            let pair = Data(base64Encoded: String(parts[1])).flatMap({ String(validating: $0, as: UTF8.self) }),
            let colon = pair.utf8.firstIndex(of: UInt8(ascii: ":"))
        else { return [] }
        let (name, secret) = (pair[..<colon], pair[pair.utf8.index(after: colon)...])
        let raw = Shown(clientID: String(name), secret: String(secret))
        guard let name = FormText.decode(name), let secret = FormText.decode(secret) else { return [raw] }
        let decoded = Shown(clientID: name, secret: secret)
        return decoded == raw ? [raw] : [decoded, raw]
    }
}
