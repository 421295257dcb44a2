import Domain
import Engine
import Formats
import FoundationEssentials
import Hummingbird
import Storage

/// The states of a KCI that a tenant may ask for (§3.9).
enum DeliveryState: String, CaseIterable {
    case queued, delivered, parked, expired

    var stored: OutboxRow.State {
        switch self {
        case .queued: .queued
        case .delivered: .delivered
        case .parked: .parked
        case .expired: .expired
        }
    }
}

extension TenantAPI {
    /// A page is read at once and held in memory: a few hundred kilobytes.
    private static let feedPageMax: Int64 = 200
    private static let feedPageUsual: Int64 = 50

    /// `GET /v1/kcis?after=&entityType=&entityId=&state=&limit=`: the tenant's updates in the order in which they were
    /// written, whether or not they were delivered (G-081, decision 15).
    ///
    /// `next` goes on behind what was looked at, also where nothing was found: a reader keeps it, and asks again.
    @Sendable func listKCIs(request: Request, context: TenantContext) async throws -> ByteResponse {
        try await serve("GET /kcis", .read, request, context, hasParameters: true) { call in
            let reading = TenantReading(isStrict: call.terms.isStrict)
            let query = QueryReader(request, reading)
            let after = query.optional("after").map { text in
                let cursor = FeedCursor(text)
                if cursor == nil { reading.problems.report(.pattern, at: "/after", "is no cursor of ours") }
                return cursor?.number ?? 0
            }
            let type = query.optionalEnum("entityType", as: KCIView.EntityType.self)
            let entity = query.integer("entityId", in: 1...ReadingLimits.idMax)
            let states = query.filters.choices("state", as: DeliveryState.self)
            let limit = query.integer("limit", in: 1...Self.feedPageMax) ?? Self.feedPageUsual
            if query.has("entityId"), !query.has("entityType") {
                reading.problems.report(.missing, at: "/entityType", "is required with entityId")
            }
            query.close(knowing: ["after", "entityType", "entityId", "state", "limit"])
            try reading.finish(.unprocessableContent)
            let filter = ParcelFilter(
                states: Set((states.isEmpty ? DeliveryState.allCases : states).map(\.stored)),
                kind: type?.kind,
                entity: entity,
                bodyHas: type?.spelt
            )
            let tenant = call.tenant
            let page = try await exchange.read {
                try $0.parcels(to: tenant, filter, after: after ?? 0, limit: Int(limit))
            }
            try await exchange.log(
                // What is in the page was logged when it was sent.
                call.logged(
                    at: exchange.time.now(),
                    status: 200,
                    response: [],
                    verdict: "answered: \(page.rows.count) updates",
                    warnings: reading.warnings
                )
            )
            var response = ByteResponse(bytes: DeliveryView.feed(page))
            response.headers[.gatewayWarning] = GatewayWarning.text(reading.warnings)
            return response
        }
    }

    /// `GET /v1/kcis/{id}/deliveries`: every attempt at one update, and where it stands.
    @Sendable func readDeliveries(request: Request, context: TenantContext) async throws -> ByteResponse {
        try await serve("GET /kcis/{id}/deliveries", .read, request, context) { call in
            let id = MessageID(context.parameters.get("id") ?? "")
            let tenant = call.tenant
            let found = try await exchange.read { transaction in
                try transaction.parcel(id, to: tenant).map { ($0, try transaction.attempts(of: $0.number)) }
            }
            guard let (row, attempts) = found, row.state != .withdrawn else { throw TenantCall.nothingThere }
            let bytes = DeliveryView.deliveries(row, attempts)
            return try await look(call, about: row.content.entity, bytes)
        }
    }
}
