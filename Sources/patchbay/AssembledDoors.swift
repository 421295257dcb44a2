import Adapters
import Domain
import Engine
import Hummingbird
import Logging

/// Who may come in with a token: the same on every listener.
struct Doors {
    let tokens: TokenEndpoint
    let bearer: @Sendable (Audience) -> BearerAuthentication
    /// One count a tenant, whichever listener it comes to.
    let limits: LimitRequests
    let logger: Logger

    /// - Parameters:
    ///   - rateLimit: how much a tenant may ask that has no limit of its own; `nil`: as much as it likes.
    ///   - source: from where a request comes.
    init(
        _ authority: TokenAuthority,
        _ directory: Directory,
        rateLimit: RateLimit?,
        source: SourceAddress,
        logger: Logger
    ) {
        tokens = TokenEndpoint(authority: authority, directory: directory, source: source)
        bearer = { audience in
            BearerAuthentication(audience, authority: authority, directory: directory, source: source)
        }
        limits = LimitRequests(rateLimit)
        self.logger = logger
    }

    /// Where the house's own people come in.
    func staff(on router: Router<BasicContext>) -> RouterGroup<StaffContext> {
        router.authenticated("operator/v1", as: StaffContext.self, by: bearer(.operatorAPI))
    }
}
