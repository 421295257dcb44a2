import Crypto
import FoundationEssentials
import HTTPTypes

/// A signature as Standard Webhooks has it (G-080): HMAC-SHA256 of `id.timestamp.body`.
struct WebhookSignature: Sendable {
    let id: String?
    let timestamp: String?
    let signatures: [String]

    init(_ headers: HTTPFields) {
        func value(_ name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }
        id = value("webhook-id")
        timestamp = value("webhook-timestamp")
        signatures = value("webhook-signature")?.split(separator: " ").map(String.init) ?? []
    }

    /// Whether one of the signatures is the secret's. Its age isn't judged: the product's clock may be virtual.
    func isValid(for body: [UInt8], secret: String) -> Bool {
        guard let id, let timestamp else { return false }
        let text = secret.hasPrefix("whsec_") ? String(secret.dropFirst(6)) : secret
        let key = SymmetricKey(data: Data(base64Encoded: text) ?? Data(text.utf8))
        let signed = Data("\(id).\(timestamp).".utf8) + Data(body)
        return signatures.contains { signature in
            guard signature.hasPrefix("v1,"), let code = Data(base64Encoded: String(signature.dropFirst(3))) else {
                return false
            }
            return HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: signed, using: key)
        }
    }
}
