import Domain
import Engine
import Formats
import FoundationEssentials
import HTTPTypes
import Hummingbird
import Storage

extension TenantAPI {
    /// `GET /v1/service-orders?status=&supplier=&updatedSince=&after=&limit=`: the tenant's orders by rising number, a page
    /// at a time, for reconciliation (G-061, N-04). Without their updates: those are a GET of the order itself.
    ///
    /// `next`, where there is one, is the next page's `after`. A page may have fewer than `limit`, or none, and a `next`:
    /// then the search has gone as far as one request may.
    @Sendable func listOrders(request: Request, context: TenantContext) async throws -> ByteResponse {
        try await serve("GET /service-orders", .read, request, context) { call in
            let search = try OrderSearch(request, of: call.owner)
            let page = try await exchange.read { try search.page(in: $0) }
            let bytes = JSONWriter.bytes(reserving: 16_384) { json in
                json.object { json in
                    json.array("serviceOrders") { json in
                        for order in page.found { json.object { OrderView.write(order, withUpdates: false, to: &$0) } }
                    }
                    json.field("next", page.next)
                }
            }
            return try await look(call, bytes)
        }
    }
}

/// Which orders a page shows.
private struct OrderSearch: Sendable {
    /// A page is about a megabyte at most.
    private static let pageSizeMax = 500

    private let owner: Owner
    private let status: ServiceOrder.Status?
    private let supplier: SupplierID?
    private let updatedSince: Date?
    private let after: Int64
    private let limit: Int

    /// - Throws: ``APIError`` 400 with everything that is wrong.
    init(_ request: Request, of owner: Owner) throws(APIError) {
        let query = FilterReader(request, knows: ["status", "supplier", "updatedSince", "after", "limit"])
        self.owner = owner
        status = query.choice("status")
        supplier = query.text("supplier").map { SupplierID($0) }
        updatedSince = query.moment("updatedSince", isEnd: false)
        (after, limit) = query.page(max: Self.pageSizeMax)
        try query.finish()
    }

    /// By the store's index of owners, then order by order: a filter that few pass looks at as many as one page may.
    func page(in store: any ReadTransaction) throws -> SearchPage<ServiceOrder> {
        try SearchPage(after: after, limit: limit, size: isSearch ? SearchPage<ServiceOrder>.batch : limit) {
            after,
            size in
            try store.list(ServiceOrder.self, of: owner, inState: nil, after: after, limit: size)
        } pick: {
            shows($0) ? $0 : nil
        }
    }

    private var isSearch: Bool { status != nil || supplier != nil || updatedSince != nil }

    /// A circuit is read under its own path.
    private func shows(_ order: ServiceOrder) -> Bool {
        guard order.request.type != .ethernet else { return false }
        if let status, order.status != status { return false }
        if let supplier, order.request.supplier != supplier { return false }
        if let updatedSince, order.updated < updatedSince { return false }
        return true
    }
}
