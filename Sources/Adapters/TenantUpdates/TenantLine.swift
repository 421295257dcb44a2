import Domain
import Engine
import Synchronization

/// Calls tenants' Updates APIs as each wants to be called (G-080): with a token, with our certificate, or with Basic.
package struct TenantLine: Sendable {
    private let plain: @Sendable (OutboundRequest) async -> Result<OutboundResponse, OutboundFailure>
    private let withCertificate: @Sendable (OutboundRequest) async -> Result<OutboundResponse, OutboundFailure>
    private let secrets: SecretBox?
    private let time: TimeSource
    private let tokens = Tokens()

    /// - Parameters:
    ///   - plain: under no identity.
    ///   - withCertificate: under the gateway's own.
    ///   - secrets: what opens tenants' secrets; `nil`: none can be opened.
    package init(
        secrets: SecretBox?,
        time: TimeSource,
        plain: @escaping @Sendable (OutboundRequest) async -> Result<OutboundResponse, OutboundFailure>,
        withCertificate: @escaping @Sendable (OutboundRequest) async -> Result<OutboundResponse, OutboundFailure>
    ) {
        self.secrets = secrets
        self.time = time
        self.plain = plain
        self.withCertificate = withCertificate
    }

    func send(
        _ request: OutboundRequest,
        to tenant: TenantID,
        _ access: UpdatesAccess?
    ) async -> Result<OutboundResponse, OutboundFailure> {
        switch access {
        case nil: return await plain(request)
        case .mutualTLS: return await withCertificate(request)
        case .basic(let user, let password):
            guard let password = open(password) else { return Self.sealed }
            var request = request
            request.headers.append(("Authorization", BasicCredentials.header(user, password)))
            return await plain(request)
        case .oauth2(let tokenURL, let clientID, let secret, let scope, let authentication):
            guard let opened = open(secret) else { return Self.sealed }
            let credentials = tokens.credentials(of: tenant, access) {
                ClientCredentials(
                    tokenURL: tokenURL,
                    clientID: clientID,
                    clientSecret: opened,
                    scope: scope,
                    authentication: authentication ?? .basic,
                    time: time,
                    send: plain
                )
            }
            return await credentials.send(request)
        }
    }

    func open(_ secret: SealedSecret) -> String? { secrets?.open(secret) }

    private static let sealed = Result<OutboundResponse, OutboundFailure>.failure(
        OutboundFailure(.other, "our secret for this tenant cannot be opened")
    )

    /// A token each, for as long as the terms stay the same.
    private final class Tokens: Sendable {
        private struct Held {
            let access: UpdatesAccess?
            let credentials: ClientCredentials
        }

        private let held = Mutex<[TenantID: Held]>([:])

        func credentials(
            of tenant: TenantID,
            _ access: UpdatesAccess?,
            _ make: () -> ClientCredentials
        ) -> ClientCredentials {
            held.withLock { held in
                if let known = held[tenant], known.access == access { return known.credentials }
                let fresh = make()
                held[tenant] = Held(access: access, credentials: fresh)
                return fresh
            }
        }
    }
}
