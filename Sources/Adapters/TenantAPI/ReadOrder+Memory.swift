import Domain
import Engine
import HTTPTypes
import Hummingbird

extension TenantAPI {
    /// `GET /v1/service-orders/{id}` of an order that is at hand (F-024): what tenants ask most often, again and again.
    package func memory(by authentication: BearerAuthentication, _ limits: LimitRequests) -> Memory {
        Memory(route: "/v1/service-orders/{id}") { request in order(request, authentication, limits) }
    }

    private func order(
        _ request: Request,
        _ authentication: BearerAuthentication,
        _ limits: LimitRequests
    ) -> ByteResponse? {
        let (path, folder) = (request.uri.path, "/v1/service-orders/")
        // What is said of unknown parameters is said the usual way.
        guard request.uri.query == nil, path.hasPrefix(folder),
            let id = ID<ServiceOrder>(text: String(path.dropFirst(folder.count))),
            let (caller, headers) = authentication.known(request.headers),
            case .tenant(let tenant, let terms) = caller.party, caller.may(.read),
            let order = exchange.remembered(id), order.owner == .tenant(tenant), Self.isServiceOrder(order),
            var fields = limits.fields(for: tenant, terms)
        else { return nil }
        let call = TenantCall(
            request: request,
            body: [],
            tenant: tenant,
            terms: terms,
            headers: headers,
            operation: Self.readOrderName
        )
        let bytes = OrderView.json(order)
        guard exchange.logSoon(call.answered(bytes, about: order.ref, at: exchange.time.now())) else { return nil }
        fields[.requestID] = headers.requestID
        fields[.conversationID] = headers.conversationID.rawValue
        return ByteResponse(bytes: bytes, headers: fields)
    }
}
