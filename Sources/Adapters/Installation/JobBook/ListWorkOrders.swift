import Domain
import Engine
import Formats
import Hummingbird
import Storage

extension JobBook {
    /// `GET /partner/v1/jobs`: a page of jobs by rising number. `next`, where there is one, is the next page's `after`; a
    /// page with a `next` may have fewer than `limit`, or none: the search has gone as far as one request may.
    func list(_ request: Request) async throws -> ByteResponse {
        let query = try JobQuery(request)
        let page = try await exchange.read { try query.page(in: $0) }
        return ByteResponse(
            bytes: JSONWriter.bytes(reserving: 16_384) { json in
                json.object { json in
                    json.array("jobs") { json in
                        for order in page.orders { json.object { WorkOrderView.write(order, to: &$0) } }
                    }
                    json.field("next", page.next)
                }
            }
        )
    }
}

extension JobQuery {
    struct Page: Sendable {
        var orders: [WorkOrder] = []
        /// From where to go on; `nil` at the end.
        var next: Int64?
    }

    /// Rows read at once while searching.
    private static let batch = 500

    func page(in store: any ReadTransaction) throws -> Page {
        if let day {
            let all = try store.find(
                WorkOrder.self,
                by: WorkOrder.dayLookup,
                day.description,
                limit: Self.scanMax
            )
            let found = all.filter(shows)
            let orders = Array(found.prefix(limit))
            return Page(orders: orders, next: found.count > limit ? orders.last?.id.number : nil)
        }
        var page = Page(next: after)
        var looked = 0
        while looked < Self.scanMax {
            let size = isSearch ? Self.batch : limit
            let batch = try store.list(
                WorkOrder.self,
                of: nil,
                inState: state,
                after: page.next ?? after,
                limit: size
            )
            for order in batch {
                page.next = order.id.number
                guard shows(order) else { continue }
                page.orders.append(order)
                if page.orders.count == limit { return page }
            }
            looked += batch.count
            guard batch.count == size else {
                page.next = nil
                return page
            }
        }
        return page
    }
}
