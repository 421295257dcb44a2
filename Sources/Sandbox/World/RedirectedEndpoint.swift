import Domain
import Engine

/// What the house may be told to send elsewhere than to its simulated counterpart (`PUT /sandbox/endpoints`).
package enum RedirectedEndpoint: String, CaseIterable, Sendable {
    /// Base URL; `/kcis` is appended.
    case tenantUpdates
    /// The exact URL.
    case buyerNotifications
    /// Base URL; `/{method}` is appended.
    case partner
    /// Base URL; `/kcis` is appended: of the customer that examines the operator. It has no counterpart.
    case supplierUpdates
}

extension World {
    /// Sends to `url` instead of the counterpart; `nil` restores it.
    package func redirect(_ endpoint: RedirectedEndpoint, to url: String?) async throws {
        switch endpoint {
        case .tenantUpdates:
            guard var terms = exchange.directory.tenant(SandboxParties.tenant) else { return }
            terms.updates = Endpoint(url: url ?? addresses.tenantUpdates)
            try await exchange.register(.tenant(id: SandboxParties.tenant, terms: terms), by: "sandbox")
        case .buyerNotifications:
            guard var terms = exchange.directory.buyer(SandboxParties.buyer) else { return }
            terms.notifications = Endpoint(url: url ?? addresses.buyerNotifications)
            try await exchange.register(.buyer(id: SandboxParties.buyer, terms: terms), by: "sandbox")
        case .partner:
            guard var terms = exchange.directory.partner(SandboxParties.partner) else { return }
            terms.endpoint = Endpoint(url: url ?? addresses.installer)
            try await exchange.register(.partner(id: SandboxParties.partner, terms: terms), by: "sandbox")
        case .supplierUpdates:
            guard var terms = exchange.directory.customer(SandboxParties.examiner) else { return }
            terms.updates = url.map { Endpoint(url: $0) }
            try await exchange.register(.customer(id: SandboxParties.examiner, terms: terms), by: "sandbox")
        }
    }
}
