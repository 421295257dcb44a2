import Domain
import FoundationEssentials

extension Exchange {
    /// Changes a client of whichever party has it; in force for the next request.
    ///
    /// - Throws: ``Rejection/Code/notFound`` if nobody has a client of this name.
    @discardableResult
    package func changeClient(
        _ clientID: String,
        _ input: String,
        by: String,
        _ change: @escaping @Sendable (inout APIClient, _ now: Date) -> Void
    ) async throws -> APIClient {
        let changed = try await self.change(Cause(input, by: by)) { transaction in
            guard let party = try transaction.find(Party.self, by: "client", clientID, limit: 1).first else {
                throw Rejection(.notFound, "There is no client \(clientID).")
            }
            let role = party.role.changing(clientID) { change(&$0, transaction.now) }
            return try transaction.decide(party.id) { try $0.hear(.replaced(role: role), at: $1) }
        }
        try await directory.load(from: store)
        guard let client = changed.role.clients.first(where: { $0.clientID.isExactly(clientID) }) else {
            throw Rejection(.notFound, "There is no client \(clientID).")
        }
        return client
    }

    /// Changes a tenant's terms; in force for the next request.
    ///
    /// - Throws: ``Rejection/Code/notFound`` if there is no such tenant.
    @discardableResult
    package func changeTenant(
        _ tenant: TenantID,
        _ input: String,
        by: String,
        _ change: @escaping @Sendable (inout TenantTerms) -> Void
    ) async throws -> TenantTerms {
        let absent = Rejection(.notFound, "There is no tenant \(tenant).")
        let changed = try await self.change(Cause(input, by: by)) { transaction in
            guard let party = try transaction.find(Party.self, by: "party", "tenant/\(tenant)", limit: 1).first,
                case .tenant(let id, var terms) = party.role
            else { throw absent }
            change(&terms)
            let role = Party.Role.tenant(id: id, terms: terms)
            try transaction.decide(party.id) { try $0.hear(.replaced(role: role), at: $1) }
            return terms
        }
        try await directory.load(from: store)
        return changed
    }
}
