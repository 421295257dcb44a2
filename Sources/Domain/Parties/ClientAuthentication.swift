/// How a client of ours shows its secret at a token endpoint (RFC 6749 §2.3.1).
package enum ClientAuthentication: String, Codable, CaseIterable, Sendable {
    /// By HTTP Basic, which every server must take.
    case basic
    /// In the form, for servers that take nothing else.
    case body
}
