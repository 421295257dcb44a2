import Adapters
import Domain
import Engine

/// What a gateway's house is built from: its configuration file, read and checked.
///
/// The file says who there is and on what terms. What is changed while the house runs, such as a client's secret or how a tenant
/// is called, outlasts the next start (``Exchange/configure(_:by:)``); staff is the file's alone, so that nobody locks himself out.
struct GatewayFile: Sendable {
    /// For whoever comes with a client certificate: operators that notify, and clients whose tokens are bound to one.
    struct Secure: Sendable {
        let listener: ConfigurationFile.Listener
        let server: TLSFiles
    }

    struct Supplier: Sendable {
        let id: SupplierID
        let name: String
        /// Base of its Supplier API.
        let baseURL: String
        let access: Configuration.Access
        /// Base of its Ticketing API; `nil`: problems go by the Supplier API as well.
        let ticketingURL: String?
        let terms: SupplierTerms
        let catalogue: Catalogue
        let testRequired: Bool
    }

    /// Somebody else who gives out tokens that are good here (``OutsideIssuer``).
    struct Issuer: Sendable {
        enum Keys: Sendable {
            case file(path: String)
            case url(String)

            var url: String? {
                switch self {
                case .file: nil
                case .url(let url): url
                }
            }
        }

        let issuer: String
        let audience: String
        let interface: Audience
        let clientClaim: String
        let clients: [ExactText: String]
        let scopeClaim: String?
        let keys: Keys
    }

    let database: String
    /// For tenants, suppliers and staff; behind a proxy that speaks TLS.
    let plain: ConfigurationFile.Listener
    /// Where it is reached from outside: the issuer of its tokens.
    let publicURL: String
    /// For the gateway's own staff and monitoring; `nil`: on the plain listener.
    let operations: ConfigurationFile.Listener?
    let secure: Secure?
    /// Who we are when we call; `nil`: nobody.
    let client: TLSFiles?
    /// The key that signs access tokens, PEM; `nil` for a new one at each start, which ends the tokens of before.
    let signingKey: String?
    let otherSigningKeys: [String]
    /// With which KCIs are signed for tenants without a key of their own.
    let webhookKey: [UInt8]
    /// Under which the secrets that we show to tenants are sealed in the database.
    let sealingKey: [UInt8]
    let tenants: [(id: TenantID, terms: TenantTerms)]
    let suppliers: [Supplier]
    let staff: [(name: String, clients: [APIClient])]
    let issuers: [Issuer]
    /// How much a tenant may ask that has no limit of its own.
    let rateLimit: RateLimit?
    let proxies: [AddressRange]
    /// Addresses beside the internet's to which calls may go.
    let callable: [AddressRange]
    let retention: Retention

    var roles: [Party.Role] {
        tenants.map { .tenant(id: $0.id, terms: $0.terms) } + suppliers.map { .supplier(id: $0.id, terms: $0.terms) }
    }

    var staffRoles: [Party.Role] { staff.map { .operatorStaff(name: $0.name, clients: $0.clients) } }
}
