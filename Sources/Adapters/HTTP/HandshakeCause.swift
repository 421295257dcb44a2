import NIOSSL

/// Why a handshake failed, in words: the library has a name in capitals, a number, and a path on the machine that built it.
struct HandshakeCause: CustomStringConvertible {
    let description: String

    init(_ error: BoringSSLError) { self.init(library: String(describing: error)) }

    /// - Parameter text: as the library writes it: `… SSL routines:OPENSSL_internal:NO_SHARED_CIPHER at /…:123 …`.
    init(library text: String) {
        let name = Self.name(in: text)
        description = name.map { Self.words[$0] ?? "TLS: \(Self.lower($0))" } ?? "the connection ended in the handshake"
    }

    private static let words = [
        "PEER_DID_NOT_RETURN_A_CERTIFICATE": "the client showed no certificate",
        "CERTIFICATE_VERIFY_FAILED": "the client's certificate was refused",
        "UNSUPPORTED_PROTOCOL": "the client speaks no TLS 1.2 or 1.3",
        "NO_SHARED_CIPHER": "the client offers no cipher suite that is taken here",
        "NO_COMMON_SIGNATURE_ALGORITHMS": "the client's key is of a type that is not taken here",
        "WRONG_SIGNATURE_TYPE": "the client's key is of a type that is not taken here",
        "UNKNOWN_CERTIFICATE_TYPE": "the client's key is of a type that is not taken here",
        "HTTP_REQUEST": "the client speaks HTTP without TLS",
        "WRONG_VERSION_NUMBER": "what the client sent is not TLS",
        "HTTPS_PROXY_REQUEST": "the client speaks HTTP without TLS",
        "TLSV1_ALERT_UNKNOWN_CA": "the client does not know the authority of our certificate",
        "TLSV1_ALERT_PROTOCOL_VERSION": "the client speaks no TLS 1.2 or 1.3",
        "SSLV3_ALERT_BAD_CERTIFICATE": "the client does not take our certificate",
        "SSLV3_ALERT_CERTIFICATE_EXPIRED": "the client says that our certificate has expired",
        "SSLV3_ALERT_CERTIFICATE_UNKNOWN": "the client does not take our certificate",
    ]

    /// Between `OPENSSL_internal:` and what follows it.
    private static func name(in text: String) -> String? {
        guard let start = text.firstRange(of: "OPENSSL_internal:")?.upperBound else { return nil }
        let name = text[start...].prefix { $0.isASCII && ($0.isUppercase || $0.isNumber || $0 == "_") }
        return name.isEmpty ? nil : String(name)
    }

    private static func lower(_ name: String) -> String {
        name.lowercased().map { $0 == "_" ? " " : String($0) }.joined()
    }
}
