import Domain
import FoundationEssentials
import Formats
import HTTPTypes
import Logging

/// Somebody else who gives out tokens that are good here, by the house's configuration: an enterprise's own identity
/// provider in place of our token endpoint.
///
/// Only clients that are named in ``clients`` come in by it, each as a client of ours that is registered, with no more
/// scopes than that one has.
package struct OutsideIssuer: Sendable {
    /// The exact `iss`.
    package let issuer: String
    /// What must be in its `aud`.
    package let audience: String
    /// For which of our interfaces.
    package let interface: Audience
    /// The claim that says who asks: `sub`, `azp`, `client_id`, `appid`.
    package let clientClaim: String
    /// Our clients, by that claim's value.
    private let clients: [ExactText: String]
    /// The claim with scopes, words in a string or an array; `nil`: all that our client has.
    package let scopeClaim: String?
    let keys: OutsideKeys

    /// - Parameter keys: how to get its JWK set, a file or an address.
    package init(
        issuer: String,
        audience: String,
        interface: Audience,
        clientClaim: String = "sub",
        clients: [ExactText: String],
        scopeClaim: String? = nil,
        logger: Logger,
        keys: @escaping @Sendable () async throws -> [UInt8]
    ) {
        self.issuer = issuer
        self.audience = audience
        self.interface = interface
        self.clientClaim = clientClaim
        self.clients = clients
        self.scopeClaim = scopeClaim
        self.keys = OutsideKeys(logger: logger, fetch: keys)
    }

    /// Our client for a value of ``clientClaim``; `nil` for a stranger.
    func client(named value: String) -> String? { clients[ExactText(value)] }

    /// Its JWK set in a file, read again now and then.
    package static func file(_ path: String) -> @Sendable () async throws -> [UInt8] {
        { Array(try Data(contentsOf: URL(fileURLWithPath: path))) }
    }

    /// Its JWK set at an address, which the policy of `call` must allow.
    package static func url(_ url: String, _ call: OutboundCall) -> @Sendable () async throws -> [UInt8] {
        {
            let answer = try await call.send(OutboundRequest(method: .get, url: url)).get()
            guard answer.status == 200 else { throw OutboundFailure(.other, answer.reason) }
            return answer.body
        }
    }
}

/// An outside issuer's keys, as last fetched. In real time, like all that is fetched (decision 19).
actor OutsideKeys {
    /// A key that was taken away is refused at the latest after so long.
    static let keptFor: Duration = .seconds(600)
    /// A token with an unknown key has them fetched again, but no more often than this.
    static let fetchedEvery: Duration = .seconds(30)

    private let fetch: @Sendable () async throws -> [UInt8]
    private let now: @Sendable () -> ContinuousClock.Instant
    private let logger: Logger
    private var keys = JWKSet()
    private var fetched: ContinuousClock.Instant?
    private var tried: ContinuousClock.Instant?
    private var fetching: Task<JWKSet?, Never>?

    init(
        logger: Logger,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now },
        fetch: @escaping @Sendable () async throws -> [UInt8]
    ) {
        self.logger = logger
        self.now = now
        self.fetch = fetch
    }

    /// The key of this name, or of a token that names none the only key; once more from its issuer if there is none such or
    /// what we have is old.
    func key(_ identifier: String?) async -> VerifyingKey? {
        let isOld = fetched.map { now() - $0 >= Self.keptFor } ?? true
        if isOld || keys[identifier] == nil { await refresh() }
        return keys[identifier]
    }

    /// Callers that come while it fetches wait for the same answer. If there is none, the keys of before stay.
    private func refresh() async {
        if fetching == nil {
            if let tried, now() - tried < Self.fetchedEvery { return }
            tried = now()
            fetching = Task { [fetch, logger] in
                do {
                    return try await JWKSet(json: try await fetch())
                } catch {
                    logger.warning("an outside issuer's keys cannot be had", metadata: ["pb-error": "\(error)"])
                    return nil
                }
            }
        }
        let fresh = await fetching?.value
        fetching = nil
        guard let fresh else { return }
        keys = fresh
        fetched = now()
    }
}
