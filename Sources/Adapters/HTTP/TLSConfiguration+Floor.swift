import NIOSSL

extension TLSConfiguration {
    /// What both ends of ours insist on, as servers and as clients: TLS 1.2 at least, and of its cipher suites those with a
    /// key of the session's own and with authenticated encryption. CBC is out: its padding was attacked again and again
    /// (RFC 9325 §4.2). TLS 1.3 has no others.
    mutating func raiseFloor() {
        minimumTLSVersion = .tlsv12
        cipherSuites = "ECDHE+AESGCM:ECDHE+CHACHA20"
    }
}
