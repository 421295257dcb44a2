import Domain
import Engine
import HTTPTypes
import Hummingbird

/// Finds out who asks from the access token, and refuses whoever cannot show one (G-005).
package struct BearerAuthentication: RouterMiddleware {
    package typealias Context = BasicContext

    private let audience: Audience
    private let authority: TokenAuthority
    private let directory: Directory
    private let source: SourceAddress
    /// Certificates age in real time, whatever the product's clock says (decision 19).
    private let realTime: TimeSource
    private let identities = PeerIdentities()

    package init(
        _ audience: Audience,
        authority: TokenAuthority,
        directory: Directory,
        source: SourceAddress = SourceAddress(),
        realTime: TimeSource = .real
    ) {
        self.audience = audience
        self.authority = authority
        self.directory = directory
        self.source = source
        self.realTime = realTime
    }

    package func handle(
        _ request: Request,
        context: BasicContext,
        next: (Request, BasicContext) async throws -> Response
    ) async throws -> Response {
        let field = request.headers.value(of: .authorization)
        let token = try await authority.verify(try bearer(field), audience: audience)
        guard let registered = directory.client(token.clientID),
            let caller = Caller(registered, by: token, at: audience)
        else { throw APIError.noToken(audience: audience, "The token's client is no longer registered.") }
        try await check(token, of: registered.client, request, context)
        try JSONAcceptance.check(request.headers, or: audience.otherTypes)
        var context = context
        context.caller = caller
        context.headers = try headers(request)
        return try await next(request, context)
    }

    /// What may have changed since the token was given, and what differs from request to request.
    private func check(
        _ token: VerifiedToken,
        of client: APIClient,
        _ request: Request,
        _ context: BasicContext
    ) async throws {
        guard !client.hasRevoked(token) else { throw APIError.noToken(audience: audience, "The token was revoked.") }
        if let bound = token.certificate {
            guard await identities.fingerprint(of: context.channel, at: realTime) == bound else {
                throw APIError.noToken(
                    audience: audience,
                    "The token is good only with the certificate it is bound to."
                )
            }
        } else if client.certificateFingerprints?.isEmpty == false {
            throw APIError.noToken(audience: audience, "The client's tokens must be bound to a certificate.")
        }
        guard source.allows(client, request, context) else {
            throw APIError(.forbidden, "This client may not come from this address.")
        }
    }

    /// Who asks, if it is surely somebody who may, and that can be said without waiting: by a token that was checked before, of a
    /// client that may come from anywhere and without a certificate.
    func known(_ fields: HTTPFields) -> (caller: Caller, headers: ConversationHeaders)? {
        guard
            let token = fields.value(of: .authorization).flatMap({ Self.token(in: $0) })
                .flatMap({ authority.known($0, audience: audience) }),
            let registered = directory.client(token.clientID),
            let caller = Caller(registered, by: token, at: audience)
        else { return nil }
        let client = registered.client
        guard !client.hasRevoked(token), token.certificate == nil, client.certificateFingerprints?.isEmpty != false,
            client.sources == nil, (try? JSONAcceptance.check(fields, or: audience.otherTypes)) != nil,
            let headers = ConversationHeaders(optional: fields)
        else { return nil }
        return (caller, headers)
    }

    private func bearer(_ field: String?) throws(APIError) -> String {
        guard let field else { throw .noCredentials(audience: audience, "An access token is required.") }
        if let token = Self.token(in: field) { return token }
        let message = "The Authorization header must be: Bearer, a space, an access token."
        guard field.lowercased().hasPrefix("bearer") else { throw .noCredentials(audience: audience, message) }
        throw .noToken(audience: audience, message)
    }

    /// In bytes: a token is long, and in characters this alone took as long as reading the order.
    private static func token(in field: String) -> String? {
        var field = field
        return field.withUTF8 { bytes in
            let (scheme, space): (StaticString, _) = ("bearer ", UInt8(ascii: " "))
            guard bytes.count > scheme.utf8CodeUnitCount,
                zip(bytes, UnsafeBufferPointer(start: scheme.utf8Start, count: scheme.utf8CodeUnitCount))
                    .allSatisfy({ $0 | 0x20 == $1 }),
                let start = bytes.dropFirst(scheme.utf8CodeUnitCount).firstIndex(where: { $0 != space }),
                !bytes[start...].contains(space)
            else { return nil }
            return String(decoding: bytes[start...], as: UTF8.self)
        }
    }

    /// Required of everybody but a house's own programs (G-001).
    private func headers(_ request: Request) throws -> ConversationHeaders? {
        switch audience {
        case .tenantAPI, .supplierAPI, .wholesaleAPI: try ConversationHeaders(required: request.headers)
        case .operatorAPI, .partnerAPI: ConversationHeaders(optional: request.headers)
        }
    }
}

extension APIClient {
    fileprivate func hasRevoked(_ token: VerifiedToken) -> Bool { tokensNotBefore.map { token.issuedAt < $0 } ?? false }
}

extension Audience {
    /// What an interface answers in beside JSON.
    fileprivate var otherTypes: Set<String> {
        switch self {
        case .operatorAPI: ["text/csv"]
        case .tenantAPI, .supplierAPI, .wholesaleAPI, .partnerAPI: []
        }
    }
}

extension Caller {
    /// The party of a client, if it is of the kind that this interface is for.
    init?(_ registered: Directory.Client, by token: VerifiedToken, at audience: Audience) {
        // What was taken from the client since the token was given is taken from the token too.
        let scopes = token.scopes?.intersection(registered.client.grantable) ?? Set(registered.client.scopes)
        switch (audience, registered.party) {
        case (.tenantAPI, .tenant(let id, let terms)): self.init(.tenant(id: id, terms: terms), scopes, by: token)
        case (.wholesaleAPI, .customer(let id, let terms)):
            self.init(.customer(id: id, terms: terms), scopes, by: token)
        case (.supplierAPI, .supplier(let id, let terms)): self.init(.supplier(id: id, terms: terms), scopes, by: token)
        case (.operatorAPI, .operatorStaff(let name, _)): self.init(.staff(name: name), scopes, by: token)
        case (.partnerAPI, .partnerStaff(let name, _)): self.init(.partnerStaff(name: name), scopes, by: token)
        case (.tenantAPI, _), (.wholesaleAPI, _), (.supplierAPI, _), (.operatorAPI, _), (.partnerAPI, _): return nil
        }
    }
}

extension RouterMethods where Context == BasicContext {
    /// Routes of which each request proves who asks, by a token for `audience`.
    package func authenticated<Proved: ChildRequestContext>(
        _ path: RouterPath,
        as context: Proved.Type,
        by authentication: BearerAuthentication
    ) -> RouterGroup<Proved> where Proved.ParentContext == BasicContext {
        group(path).add(middleware: authentication).group(context: context)
    }

    /// Routes of which each request proves who asks, by a client certificate.
    package func authenticated<Proved: ChildRequestContext>(
        _ path: RouterPath,
        as context: Proved.Type,
        by authentication: MutualTLSAuthentication
    ) -> RouterGroup<Proved> where Proved.ParentContext == BasicContext {
        group(path).add(middleware: authentication).group(context: context)
    }
}
