import Testing

@testable import Adapters

@Suite struct HandshakeCauseTests {
    @Test(arguments: [
        (
            "sslError([Error: 268435703 error:100000f7:SSL routines:OPENSSL_internal:WRONG_VERSION_NUMBER at /b/tls.cc:231])",
            "what the client sent is not TLS"
        ),
        ("…:OPENSSL_internal:NO_SHARED_CIPHER at …", "the client offers no cipher suite that is taken here"),
        ("…:OPENSSL_internal:SOME_NEW_THING at /b/x.cc:1", "TLS: some new thing"),
        ("eofDuringHandshake", "the connection ended in the handshake"),
    ])
    func `a cause is words, without a path of another machine`(library: String, words: String) {
        #expect(HandshakeCause(library: library).description == words)
    }
}
