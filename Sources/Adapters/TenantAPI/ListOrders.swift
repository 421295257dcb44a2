import Domain
import Hummingbird

extension TenantAPI {
    /// `GET /v1/service-orders`: the tenant's orders (G-061, N-04). Circuits are read under their own path.
    @Sendable func listOrders(request: Request, context: TenantContext) async throws -> ByteResponse {
        let listing = Listing<ServiceOrder>(
            member: "serviceOrders",
            states: Dictionary(uniqueKeysWithValues: ServiceOrder.Status.allCases.map { ($0.rawValue, $0.rawValue) }),
            supplier: { $0.request.supplier },
            service: { $0.request.serviceID },
            isListed: Self.isServiceOrder,
            write: { OrderView.write($0, withUpdates: false, to: &$1) }
        )
        return try await list("GET /service-orders", listing, request, context)
    }
}
