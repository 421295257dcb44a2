import Domain
import Engine
import FoundationEssentials
import Formats
import Hummingbird
import Storage

extension NetworkDesk {
    /// `GET /operator/v1/fault-reports`: tickets by rising number, a page at a time, that pass every filter given:
    /// `state`, `buyer` (the account) or `customer` (of the Supplier API), `buyerIdentifier`, `service`, `reference` (a part of any of its references),
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
                        for ticket in page.found { json.object { TicketView.write(ticket, at: now, to: &$0) } }
                    }
                    json.field("next", page.next)
                }
            }
        )
    }
}

/// Which tickets a page shows.
struct TicketSearch: Sendable {
    private let states: Set<FaultStatus>
    /// Whoever reported it, by one of the two contracts.
    private let owners: [Owner]
    private let buyerIdentifier: String?
    private let service: ServiceID?
    private let reference: String?
    private let isPaused: Bool?
    private let createdBefore: Date?
    private let after: Int64
    private let limit: Int

    /// - Throws: ``APIError`` 400 with everything that is wrong.
    init(_ request: Request, at now: Date) throws(APIError) {
        let query = FilterReader(
            request,
            knows: [
                "state", "buyer", "customer", "buyerIdentifier", "service", "reference", "paused", "olderThan", "after",
                "limit",
            ]
        )
        states = Set(query.choices("state"))
        owners = [
            query.text("buyer").map { .buyer(BuyerID($0)) }, query.text("customer").map { .customer(CustomerID($0)) },
        ].compactMap(\.self)
        buyerIdentifier = query.text("buyerIdentifier")
        service = query.text("service").map { ServiceID($0) }
        reference = query.text("reference")?.lowercased()
        isPaused = query.bool("paused")
        createdBefore = query.duration("olderThan").map { now + (.zero - $0) }
        (after, limit) = query.page(max: NetworkDesk.pageSizeMax)
        try query.finish()
    }

    /// By the store's own indices as far as they go, then ticket by ticket.
    func page(in store: any ReadTransaction) throws -> SearchPage<FaultReport> {
        if let service {
            let all = try store.find(
                FaultReport.self,
                by: FaultReport.serviceKey,
                service.rawValue,
                limit: SearchPage<FaultReport>.scanMax
            )
            return SearchPage(all.filter { $0.id.number > after && shows($0) }, limit: limit)
        }
        return try SearchPage(
            after: after,
            limit: limit,
            size: isSearch ? SearchPage<FaultReport>.batch : limit
        ) { after, size in
            try store.list(
                FaultReport.self,
                of: owners.first,
                // Only a ticket on hold stands still, so that this filter needs no search.
                inState: states.count == 1
                    ? states.first?.rawValue : isPaused == true ? FaultStatus.onHold.rawValue : nil,
                after: after,
                limit: size
            )
        } pick: {
            shows($0) ? $0 : nil
        }
    }

    /// Whether a filter needs each ticket itself.
    private var isSearch: Bool {
        states.count > 1 || buyerIdentifier != nil || reference != nil || isPaused != nil || createdBefore != nil
    }

    private func shows(_ ticket: FaultReport) -> Bool {
        if !states.isEmpty, !states.contains(ticket.status) { return false }
        guard owners.allSatisfy({ $0 == ticket.owner }) else { return false }
        if let buyerIdentifier, !buyerIdentifier.isExactly(ticket.buyerIdentifier) { return false }
        if let isPaused, (ticket.clock.openPause != nil) != isPaused { return false }
        if let createdBefore, ticket.created >= createdBefore { return false }
        guard let reference else { return true }
        return [ticket.reference, ticket.buyerReference, ticket.parentReference, ticket.priorReference]
            .contains { $0?.lowercased().contains(reference) == true }
    }
}
