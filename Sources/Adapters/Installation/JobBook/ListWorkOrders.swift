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
                        for order in page.found { json.object { WorkOrderView.write(order, to: &$0) } }
                    }
                    json.field("next", page.next)
                }
            }
        )
    }
}

extension JobQuery {
    func page(in store: any ReadTransaction) throws -> SearchPage<WorkOrder> {
        if let day {
            // More than a partner visits on a day.
            let most = SearchPage<WorkOrder>.scanMax
            let all = try store.find(WorkOrder.self, by: WorkOrder.dayLookup, day.description, limit: most)
            return SearchPage(all.filter(shows), limit: limit)
        }
        return try SearchPage(
            after: after,
            limit: limit,
            size: isSearch ? SearchPage<WorkOrder>.batch : limit
        ) { after, size in
            try store.list(
                WorkOrder.self,
                of: nil,
                inState: states.count == 1 ? states.first : nil,
                after: after,
                limit: size
            )
        } pick: {
            shows($0) ? $0 : nil
        }
    }
}
