import Crypto
import FoundationEssentials

/// Standard Webhooks' symmetric keys: `whsec_` and Base64 (G-080).
package enum WebhookKey {
    private static let prefix = "whsec_"

    package static func spelt(_ key: [UInt8]) -> String { prefix + Data(key).base64EncodedString() }

    package static func bytes(_ spelt: String) -> [UInt8]? {
        guard spelt.hasPrefix(prefix) else { return nil }
        return Data(base64Encoded: String(spelt.dropFirst(prefix.count))).map { Array($0) }
    }

    /// `v1,` and the HMAC-SHA256 of `id.timestamp.body` in Base64. Several are separated by spaces.
    static func signature(of body: [UInt8], id: String, timestamp: String, key: [UInt8]) -> String {
        var hmac = HMAC<SHA256>(key: SymmetricKey(data: key))
        hmac.update(data: Array("\(id).\(timestamp).".utf8))
        hmac.update(data: body)
        return "v1," + Data(hmac.finalize()).base64EncodedString()
    }
}
