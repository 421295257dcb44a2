/// For which interface a token is good (decision 29). A token for one is refused by every other.
package enum Audience: String, CaseIterable, Codable, Sendable {
    case tenantAPI = "tenant-api"
    case supplierAPI = "supplier-api"
    case wholesaleAPI = "wholesale-api"
    case operatorAPI = "operator-api"
    case partnerAPI = "partner-api"

    /// The part of `/auth/{…}/access-token` (G-005, decision 26).
    package var pathName: String {
        switch self {
        case .tenantAPI: "tenant"
        case .supplierAPI: "supplier"
        case .wholesaleAPI: "wholesale"
        case .operatorAPI: "operator"
        case .partnerAPI: "partner"
        }
    }
}
