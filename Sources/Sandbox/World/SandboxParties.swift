import Adapters
import Domain
import Engine

/// Who is in the sandbox, and on what terms (architecture §8).
package enum SandboxParties {
    package static let tenant: TenantID = "TENANT1"
    package static let secondTenant: TenantID = "TENANT2"
    package static let supplier: SupplierID = "DUMMY_SUPPLIER"
    /// The same operator, for problems and repair visits by the native contract as well.
    package static let nativeSupplier: SupplierID = "NATIVE_SUPPLIER"
    /// Does what an order's characteristics say (decision 27).
    package static let scriptedSupplier: SupplierID = "SCRIPTED_SUPPLIER"
    package static let customer: CustomerID = "GATEWAY"
    /// The gateway's account with it: by the account the operator knows as whom it tells what.
    package static let nativeCustomer: CustomerID = "GATEWAY_NATIVE"
    /// Who examines the operator as a supplier (`patchbay supplier check`).
    package static let examiner: CustomerID = "SUPPLIER_CHECK"
    /// The stand-alone buyers.
    package static let buyer: BuyerID = "SPDEV1"
    package static let rivalBuyer: BuyerID = "SPDEV2"
    /// The gateway as a buyer of its own: one account, an identifier a tenant (decision 39).
    package static let gatewayBuyer: BuyerID = "GATEWAY"
    package static let partner: PartnerID = "PARTNER1"

    /// What comes over loopback may come (decision 39); 127.0.0.9 may not, so that a refusal can be tried.
    static let sources = ["127.0.0.1/32", "::1/128"]

    /// Registers everybody whose terms are new or changed: at each start, for counterparts' ports change.
    package static func register(
        in exchange: Exchange,
        home: SandboxHome,
        counterparts addresses: CounterpartAddresses,
        gatewayNotifications: String,
        gatewayUpdates: String
    ) async throws {
        let secrets = home.secrets
        let identities = try SandboxIdentities(home.authority)
        let roles: [Party.Role] = [
            .tenant(
                id: tenant,
                terms: tenantTerms(secrets.tenant, updates: addresses.tenantUpdates, buyerIdentifier: "TENANT1")
            ),
            .tenant(
                id: secondTenant,
                terms: tenantTerms(
                    secrets.secondTenant,
                    updates: addresses.secondTenantUpdates,
                    buyerIdentifier: "TENANT2"
                )
            ),
            .customer(
                id: customer,
                terms: CustomerTerms(
                    clients: [client(secrets.wholesale, scopes: ["wholesale"])],
                    updates: Endpoint(url: gatewayUpdates)
                )
            ),
            .customer(
                id: nativeCustomer,
                terms: CustomerTerms(
                    clients: [client(secrets.nativeWholesale, scopes: ["wholesale"])],
                    updates: Endpoint(url: gatewayUpdates)
                )
            ),
            .supplier(
                id: nativeSupplier,
                terms: SupplierTerms(clients: [client(secrets.nativeSupplier, scopes: ["updates"])])
            ),
            .customer(
                id: examiner,
                terms: CustomerTerms(clients: [client(secrets.supplierCheck, scopes: ["wholesale"])])
            ),
            .supplier(
                id: supplier,
                terms: SupplierTerms(
                    clients: [client(secrets.supplier, scopes: ["updates"])],
                    access: access(identities.operatorSide)
                )
            ),
            .buyer(
                id: gatewayBuyer,
                terms: BuyerTerms(
                    access: access(identities.gateway),
                    buyerIdentifiers: ["TENANT1", "TENANT2"],
                    notifications: Endpoint(url: gatewayNotifications)
                )
            ),
            .buyer(
                id: buyer,
                terms: BuyerTerms(
                    access: access(identities.buyer),
                    buyerIdentifiers: ["SPDEV1"],
                    notifications: Endpoint(url: addresses.buyerNotifications)
                )
            ),
            .buyer(
                id: rivalBuyer,
                terms: BuyerTerms(
                    access: access(identities.rivalBuyer),
                    buyerIdentifiers: ["SPDEV2"],
                    notifications: Endpoint(url: addresses.rivalBuyerNotifications)
                )
            ),
            .partner(
                id: partner,
                terms: PartnerTerms(access: access(identities.partner), endpoint: Endpoint(url: addresses.installer))
            ),
            .operatorStaff(
                name: "network-desk",
                clients: [client(secrets.desk, scopes: ["desk", Scope.parties.rawValue, Scope.privacy.rawValue])]
            ),
        ]
        try await exchange.configure(roles, by: "sandbox")
    }

    private static func tenantTerms(
        _ secret: SandboxSecrets.Client,
        updates: String,
        buyerIdentifier: String
    ) -> TenantTerms {
        TenantTerms(
            clients: [client(secret, scopes: [Scope.all.rawValue])],
            updates: Endpoint(url: updates),
            suppliers: [supplier, nativeSupplier, scriptedSupplier],
            buyerIdentifier: buyerIdentifier
        )
    }

    private static func client(_ client: SandboxSecrets.Client, scopes: [String]) -> APIClient {
        APIClient(clientID: client.id, secretHashes: [SecretHash.make(client.secret)], scopes: scopes)
    }

    package static func access(_ certificate: IssuedCertificate) -> MutualTLSTerms {
        MutualTLSTerms(
            certificateFingerprints: [certificate.fingerprint],
            sources: sources,
            expiries: [certificate.fingerprint: certificate.expires]
        )
    }
}

/// Every certificate of the sandbox, made at the first start and found again at the next.
package struct SandboxIdentities: Sendable {
    package let server: IssuedCertificate
    /// The gateway as a buyer.
    package let gateway: IssuedCertificate
    /// The operator, when it notifies buyers and dispatches to partners.
    package let operatorSide: IssuedCertificate
    package let buyer: IssuedCertificate
    package let rivalBuyer: IssuedCertificate
    package let partner: IssuedCertificate

    package init(_ authority: CertificateAuthority) throws {
        server = try authority.server()
        gateway = try authority.client("gateway")
        operatorSide = try authority.client("operator")
        buyer = try authority.client("buyer")
        rivalBuyer = try authority.client("rival-buyer")
        partner = try authority.client("partner")
    }
}
