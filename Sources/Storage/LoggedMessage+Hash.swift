import Crypto

extension LoggedMessage {
    /// What is kept in the place of a body that is not: enough to say whether another is the same.
    package static func hashed(_ body: [UInt8]) -> [UInt8] {
        let hash = SHA256.hash(data: body).map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
        return Array("sha256 \(hash), \(body.count) bytes".utf8)
    }
}
