import Domain
import Foundation
import HTTPTypes

@testable import Adapters

/// What everybody was told, compared with what can be read.
extension RandomTenancy {
    func judge(_ life: TenancyLife) async throws {
        wire.audit { $0.judgeStrangers() }
        for account in wire.audit({ $0.accounts.values.sorted { $0.tenant + $0.key < $1.tenant + $1.key } }) {
            let path = path(of: account)
            let shown = try await get(path, as: account.tenant, life)
            wire.audit { $0.judge(account.key, of: account.tenant, shown: shown.body) }
            let rival = account.tenant == "TENANT1" ? "TENANT2" : "TENANT1"
            let foreign = try await get(path, as: rival, life)
            if foreign.status != 404 { wire.audit { $0.find("\(rival) reads \(account.key) of \(account.tenant)") } }
        }
        for wish in wire.audit({ $0.wishes }) {
            let shown = try await get(path(of: wish), as: wish.tenant, life)
            wire.audit { $0.judge(wish, shown: shown.body) }
        }
        for tenant in TenancyLife.tenants {
            let feed = try await feed(of: tenant.rawValue, life)
            wire.audit { $0.judge(feed: feed, of: tenant.rawValue) }
        }
        for supplier in TenancyLife.suppliers {
            let (effects, findings) = wire.withSupplier(supplier) { ($0.effects, $0.findings) } ?? ([:], [])
            wire.audit { auditor in
                auditor.judge(effects: effects, of: supplier.rawValue)
                for finding in findings { auditor.find(finding) }
            }
        }
    }

    private func path(of account: TenancyAuditor.Account) -> String {
        let parts = account.key.split(separator: " ")
        let isCircuit = Int(parts[1]).map { mine["\(account.tenant) circuit", default: []].contains($0) } ?? false
        return switch parts[0] {
        case "test": "/v1/service-tests/\(parts[1])"
        case "problem": "/v1/service-problems/\(parts[1])"
        case _: isCircuit ? "/v1/ethernet/service-orders/\(parts[1])" : "/v1/service-orders/\(parts[1])"
        }
    }

    private func path(of wish: TenancyAuditor.Wish) -> String {
        let collection =
            switch wish.member {
            case "serviceOrderAmendmentId": "service-order-amendments"
            case "serviceOrderCancellationId": "service-order-cancellations"
            case "serviceProblemAmendmentId": "service-problem-amendments"
            case _: "service-problem-cancellations"
            }
        return "/v1/\(collection)/\(wish.number)"
    }

    /// Everything in the feed of a tenant, page by page.
    private func feed(of tenant: String, _ life: TenancyLife) async throws -> [Data] {
        var all: [Data] = []
        var cursor = ""
        while true {
            let page = try await get("/v1/kcis?limit=50\(cursor)", as: tenant, life).json
            for entry in page["kcis"] as? [[String: Any]] ?? [] {
                all.append(try JSONSerialization.data(withJSONObject: entry["kci"] ?? [:]))
            }
            guard page["more"] as? Bool == true, let next = page["next"] as? String else { return all }
            cursor = "&after=\(next)"
        }
    }

    private func get(_ path: String, as tenant: String, _ life: TenancyLife) async throws -> TenancyLife.Answer {
        asked += 1
        return try await life.ask(
            .get,
            path,
            as: TenantID(tenant),
            request: "read-\(asked)",
            conversation: "reading"
        )
    }
}
