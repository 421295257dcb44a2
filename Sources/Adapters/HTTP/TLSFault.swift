import NIOSSL

/// What BoringSSL says of a handshake, in our words. It names its reasons; everything else of its texts is of its own making.
enum TLSFault {
    static func failure(_ error: any Error) -> OutboundFailure {
        if case .uncleanShutdown = error as? NIOSSLError { return .closed }
        let said = String(describing: error)
        let words = table.first { said.contains($0.reason) }?.words
        return OutboundFailure(.tls, words ?? "the TLS handshake failed")
    }

    /// It was BoringSSL that did not take the server's certificate, and it does not say why: a look at the certificate does
    /// (``TLSLook``). What ``CertificateName`` refuses it explains itself.
    static func isOfTheirCertificate(_ error: any Error) -> Bool {
        switch error {
        case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError:
            theirs.contains { String(describing: error).contains($0) }
        case _: false
        }
    }

    private static let theirs = [
        "CERTIFICATE_VERIFY_FAILED", "unableToValidateCertificate", "failedToValidateHostname",
        "in certificate from peer",
    ]

    /// By BoringSSL's names, the first that is found. An alert is the other side's word about us.
    private static let table: [(reason: String, words: String)] = [
        ("CERTIFICATE_VERIFY_FAILED", "the server's certificate was not accepted"),
        ("unableToValidateCertificate", "the server's certificate was not accepted"),
        ("failedToValidateHostname", "the server's certificate is for another name"),
        ("in certificate from peer", "the server's certificate is for another name"),
        ("noCertificateToValidate", "the server has shown no certificate"),
        ("EOF during", "the connection was closed during the TLS handshake"),
        ("WRONG_VERSION_NUMBER", "the server does not speak TLS there"),
        ("HTTP_REQUEST", "the server does not speak TLS there"),
        ("ALERT_PROTOCOL_VERSION", "the server speaks no version of TLS that we do (1.2 and 1.3)"),
        ("UNSUPPORTED_PROTOCOL", "the server speaks no version of TLS that we do (1.2 and 1.3)"),
        ("CERTIFICATE_REQUIRED", "the server requires a client certificate, and none was sent"),
        ("ALERT_UNKNOWN_CA", "the server does not know the authority of our certificate"),
        ("ALERT_DECRYPT_ERROR", "the server could not verify the signature of our certificate"),
        ("CERTIFICATE_EXPIRED", "the server says that our certificate has expired"),
        ("CERTIFICATE_REVOKED", "the server says that our certificate is revoked"),
        ("UNSUPPORTED_CERTIFICATE", "the server does not take certificates of this kind"),
        ("BAD_CERTIFICATE", "the server did not accept our certificate"),
        ("CERTIFICATE_UNKNOWN", "the server did not accept our certificate"),
        ("ACCESS_DENIED", "the server does not let our certificate in"),
        ("UNRECOGNIZED_NAME", "the server does not know the host name"),
        ("HANDSHAKE_FAILURE", "the server broke off the handshake: it may require a client certificate"),
        ("NO_SHARED_CIPHER", "the server shares no cipher suite with us"),
    ]
}
