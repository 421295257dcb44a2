import Adapters
import Domain
import Engine

/// What an installation partner's house is built from: its configuration file, read and checked.
///
/// The file is the truth about operators and apps too: who is taken out of it is out at the next start. A partner has few
/// of either, and they change by hand.
struct PartnerFile: Sendable {
    let database: String
    /// For the partner's own apps; behind a proxy of the partner's that speaks TLS.
    let plain: ConfigurationFile.Listener
    /// Where the plain listener is reached from outside: the issuer of its tokens.
    let publicURL: String
    /// For the partner's own monitoring; `nil`: on the plain listener.
    let operations: ConfigurationFile.Listener?
    /// For operators, with client certificates.
    let secure: ConfigurationFile.Listener
    let server: TLSFiles
    /// Who we are when we call an operator.
    let client: TLSFiles
    /// The key that signs access tokens, PEM; `nil` for a new one at each start, which ends the tokens of before.
    let signingKey: String?
    let operators: [(id: DispatcherID, terms: DispatcherTerms)]
    let apps: [(name: String, clients: [APIClient])]
    /// From where a connection is a proxy's of ours: many clients come from each.
    let proxies: [AddressRange]
    /// Addresses beside the internet's to which calls may go.
    let callable: [AddressRange]
    /// What our numbers begin with.
    let numberPrefix: String
    /// Keys that are good and published beside the one that signs: the next one, or the one before.
    let otherSigningKeys: [String]
    let retention: Retention

    var roles: [Party.Role] {
        operators.map { .dispatcher(id: $0.id, terms: $0.terms) }
            + apps.map { .partnerStaff(name: $0.name, clients: $0.clients) }
    }
}
