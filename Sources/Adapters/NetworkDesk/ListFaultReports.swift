import Domain
import Engine
import FoundationEssentials
import Formats
import Hummingbird
import Storage

extension NetworkDesk {
    /// `GET /operator/v1/fault-reports`: tickets by rising number, a page at a time, that pass every filter given:
    /// `state`, `buyer` (the account), `buyerIdentifier`, `service`, `reference` (a part of any of its references),
    /// `paused` (whether its repair clock stands still), `olderThan` (a duration since it came).
    ///
    /// `next`, where there is one, is the next page's `after`. A page may have fewer than `limit`, or none, and a `next`:
    /// then the search has gone as far as one request may.
    func list(_ request: Request) async throws -> ByteResponse {
        let now = exchange.time.now()
        let search = try TicketSearch(request, at: now)
        let page = try await exchange.read { try search.page(in: $0) }
        return ByteResponse(
            bytes: JSONWriter.bytes(reserving: 16_384) { json in
                json.object { json in
                    json.array("faultReports") { json in
                        for ticket in page.tickets { json.object { TicketView.write(ticket, at: now, to: &$0) } }
                    }
                    json.field("next", page.next)
                }
            }
        )
    }
}

/// Which tickets a page shows.
struct TicketSearch: Sendable {
    /// Tickets looked at for one page. A search for what is rare must not hold the store's reader for seconds.
    static let scanMax = 5_000
    /// Rows read at once while searching.
    private static let batch = 500

    struct Page: Sendable {
        var tickets: [FaultReport] = []
        /// From where to go on; `nil` at the end.
        var next: Int64?
    }

    private let state: FaultStatus?
    private let buyer: BuyerID?
    private let buyerIdentifier: String?
    private let service: ServiceID?
    private let reference: String?
    private let isPaused: Bool?
    private let createdBefore: Date?
    private let after: Int64
    private let limit: Int

    /// - Throws: ``APIError`` 400 with everything that is wrong.
    init(_ request: Request, at now: Date) throws(APIError) {
        let query = DeskQuery(
            request,
            knows: [
                "state", "buyer", "buyerIdentifier", "service", "reference", "paused", "olderThan", "after", "limit",
            ]
        )
        state = query.choice("state")
        buyer = query.text("buyer").map { BuyerID($0) }
        buyerIdentifier = query.text("buyerIdentifier")
        service = query.text("service").map { ServiceID($0) }
        reference = query.text("reference")?.lowercased()
        isPaused = query.bool("paused")
        createdBefore = query.duration("olderThan").map { now + (.zero - $0) }
        after = query.number("after", in: 0...Int64.max) ?? 0
        limit = Int(query.number("limit", in: 1...Int64(NetworkDesk.pageSizeMax)) ?? Int64(NetworkDesk.pageSizeMax))
        try query.finish()
    }

    /// By the store's own indices as far as they go, then ticket by ticket.
    func page(in store: any ReadTransaction) throws -> Page {
        if let service {
            let all = try store.find(
                FaultReport.self,
                by: FaultReport.serviceKey,
                service.rawValue,
                limit: Self.scanMax
            )
            return page(of: all.filter { $0.id.number > after && shows($0) })
        }
        var page = Page(next: after)
        var looked = 0
        while looked < Self.scanMax {
            let batch = try store.list(
                FaultReport.self,
                of: buyer.map { .buyer($0) },
                // Only a ticket on hold stands still, so that this filter needs no search.
                inState: state?.rawValue ?? (isPaused == true ? FaultStatus.onHold.rawValue : nil),
                after: page.next ?? after,
                limit: isSearch ? Self.batch : limit
            )
            for ticket in batch {
                page.next = ticket.id.number
                guard shows(ticket) else { continue }
                page.tickets.append(ticket)
                if page.tickets.count == limit { return page }
            }
            looked += batch.count
            guard isSearch, batch.count == Self.batch else {
                page.next = nil
                return page
            }
        }
        return page
    }

    private func page(of found: [FaultReport]) -> Page {
        let tickets = Array(found.prefix(limit))
        return Page(tickets: tickets, next: found.count > limit ? tickets.last?.id.number : nil)
    }

    /// Whether a filter needs each ticket itself.
    private var isSearch: Bool {
        buyerIdentifier != nil || reference != nil || isPaused != nil || createdBefore != nil
    }

    private func shows(_ ticket: FaultReport) -> Bool {
        if let state, ticket.status != state { return false }
        if let buyer, ticket.buyer != buyer { return false }
        if let buyerIdentifier, ticket.buyerIdentifier != buyerIdentifier { return false }
        if let isPaused, (ticket.clock.openPause != nil) != isPaused { return false }
        if let createdBefore, ticket.created >= createdBefore { return false }
        guard let reference else { return true }
        return [ticket.reference, ticket.buyerReference, ticket.parentReference, ticket.priorReference]
            .contains { $0?.lowercased().contains(reference) == true }
    }
}
