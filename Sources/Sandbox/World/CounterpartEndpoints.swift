import Domain
import Engine

/// Where the house sends to: each party's simulated counterpart, or a stranger's own receiver in its place
/// (`PUT /sandbox/endpoints`).
package struct CounterpartEndpoints: Sendable {
    package var tenantUpdates: String
    package var secondTenantUpdates: String
    package var buyerNotifications: String
    package var rivalBuyerNotifications: String
    package var partner: String

    package init(
        tenantUpdates: String,
        secondTenantUpdates: String,
        buyerNotifications: String,
        rivalBuyerNotifications: String,
        partner: String
    ) {
        self.tenantUpdates = tenantUpdates
        self.secondTenantUpdates = secondTenantUpdates
        self.buyerNotifications = buyerNotifications
        self.rivalBuyerNotifications = rivalBuyerNotifications
        self.partner = partner
    }
}

/// What may be sent elsewhere.
package enum RedirectedEndpoint: String, CaseIterable, Sendable {
    /// Base URL; `/kcis` is appended.
    case tenantUpdates
    /// The exact URL.
    case buyerNotifications
    /// Base URL; `/{method}` is appended.
    case partner
}

extension World {
    /// Sends to `url` instead of the counterpart; `nil` restores it.
    package func redirect(_ endpoint: RedirectedEndpoint, to url: String?) async throws {
        switch endpoint {
        case .tenantUpdates:
            guard var terms = exchange.directory.tenant(SandboxParties.tenant) else { return }
            terms.updates = Endpoint(url: url ?? endpoints.tenantUpdates)
            try await exchange.register(.tenant(id: SandboxParties.tenant, terms: terms), by: "sandbox")
        case .buyerNotifications:
            guard var terms = exchange.directory.buyer(SandboxParties.buyer) else { return }
            terms.notifications = Endpoint(url: url ?? endpoints.buyerNotifications)
            try await exchange.register(.buyer(id: SandboxParties.buyer, terms: terms), by: "sandbox")
        case .partner:
            guard var terms = exchange.directory.partner(SandboxParties.partner) else { return }
            terms.endpoint = Endpoint(url: url ?? endpoints.partner)
            try await exchange.register(.partner(id: SandboxParties.partner, terms: terms), by: "sandbox")
        }
    }
}
