import NIOSSL

/// Where the PEM files of one end of TLS are: its own chain and key, and the authorities that it trusts.
package struct TLSFiles: Hashable, Sendable {
    package let certificate: String
    package let key: String
    package let authorities: String

    package init(certificate: String, key: String, authorities: String) {
        self.certificate = certificate
        self.key = key
        self.authorities = authorities
    }

    /// A server that requires a client certificate: chain and expiry are checked in the handshake, but no host name,
    /// for who may come is decided by fingerprint on every request (decision 39).
    func serverContext() throws -> NIOSSLContext {
        var configuration = TLSConfiguration.makeServerConfigurationWithMTLS(
            certificateChain: try chain(),
            privateKey: try privateKey(),
            trustRoots: .certificates(try NIOSSLCertificate.fromPEMFile(authorities))
        )
        configuration.certificateVerification = .noHostnameVerification
        configuration.raiseFloor()
        return try NIOSSLContext(configuration: configuration)
    }

    func chain() throws -> [NIOSSLCertificateSource] {
        try NIOSSLCertificate.fromPEMFile(certificate).map { .certificate($0) }
    }

    func privateKey() throws -> NIOSSLPrivateKeySource {
        .privateKey(try NIOSSLPrivateKey(file: key, format: .pem))
    }
}
