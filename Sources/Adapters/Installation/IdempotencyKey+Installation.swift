import Domain
import Storage

extension IdempotencyKey {
    /// The members of a message that say nothing of what it asks: its number, and when this attempt was sent.
    private static let ofTheAttempt = ["id", "sent"]

    /// The key of a message of the Installation API, in either direction (G-133): `id`, method and reference; where a peer
    /// begins its numbers anew on each connection, method, reference and content.
    ///
    /// - Parameter peer: who sent it, as the log names it.
    init(
        installation peer: String,
        id: Int64,
        _ method: String,
        _ reference: String,
        body: [UInt8],
        numbersPerConnection: Bool
    ) {
        let scope = "\(peer) installation"
        guard numbersPerConnection else {
            self.init(scope: scope, key: "\(id) \(method) \(reference)", body: body, without: Self.ofTheAttempt)
            return
        }
        let content = IdempotencyKey(scope: scope, key: "", body: body, without: Self.ofTheAttempt).bodyHash
        self.init(scope: scope, key: "\(content) \(method) \(reference)", bodyHash: content)
    }
}

extension Alert {
    /// - Parameter rejection: the refusal, which names the earlier message.
    init(messageIDReusedBy peer: String, _ rejection: Rejection) {
        self.init(
            .messageIDReused,
            """
            \(rejection.message) The message of \(peer) was refused. If \(peer) begins its ids again on each connection, \
            set idsPerConnection in its profile.
            """
        )
    }
}
