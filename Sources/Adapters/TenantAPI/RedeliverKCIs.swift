import Domain
import Engine
import Formats
import FoundationEssentials
import Hummingbird
import Storage

/// Updates that had ended are sent once more, at their own place before later ones (G-081, decision 11). They keep their
/// ids and numbers, and say `redelivered`.
///
/// Only for clients that may do everything: a redelivery makes work at the other end.
extension TenantAPI {
    /// `POST /v1/kcis/{id}/redeliver`: one, parked, expired or delivered. 202 once it is queued; 422 while it still is.
    @Sendable func redeliverKCI(request: Request, context: TenantContext) async throws -> ByteResponse {
        try await serve("POST /kcis/{id}/redeliver", .all, request, context) { call in
            let id = MessageID(context.parameters.get("id") ?? "")
            // A body says nothing here.
            let call = try call.withKnownParameters()
            let answer = try await answerOnce(call, "RedeliverKCI", status: 202) { change in
                let row = try change.redeliver(id, to: call.tenant)
                return Promise(entity: row.content.entity, view: DeliveryView.one(row))
            }
            exchange.ring()
            return answer
        }
    }

    /// `POST /v1/kcis/redeliver`: those that a filter finds, oldest first, a thousand at once.
    ///
    /// `{entityType?, entityId?, from?, to?, state?}`: by default what is parked or expired; `from` and `to` are moments at
    /// which updates were written, the second excluded. Answers `{redelivered, more}`: while there are more, ask again.
    @Sendable func redeliverKCIs(request: Request, context: TenantContext) async throws -> ByteResponse {
        try await serve("POST /kcis/redeliver", .all, request, context) { call in
            let (filter, warnings) = try call.read { reader, reading in Self.filter(reader, reading) }
            let answer = try await answerOnce(call, "RedeliverKCIs", status: 202, warnings: warnings) { change in
                let (count, isEnd) = try change.redeliver(filter, to: call.tenant)
                let view = JSONWriter.bytes { json in
                    json.object {
                        $0.field("redelivered", count)
                        $0.field("more", !isEnd)
                    }
                }
                return Promise(entity: nil, view: view)
            }
            exchange.ring()
            return answer
        }
    }

    private static func filter(_ reader: ObjectReader, _ reading: TenantReading) -> ParcelFilter? {
        let type = reader.optionalEnum("entityType", as: KCIView.EntityType.self)
        let entity = reader.optionalInteger("entityId", range: 1...Int(ReadingLimits.idMax))
        let from = reader.optionalDateTime("from")
        let to = reader.optionalDateTime("to")
        let state = reader.optionalEnum("state", as: RedeliveredState.self)
        if reader.has("entityId"), !reader.has("entityType") {
            reader.report(.missing, "entityType", "is required with entityId")
        }
        if let from, let to, from >= to { reader.report(.outOfRange, "to", "must be after from") }
        return ParcelFilter(
            states: state.map { [$0.stored] } ?? [.parked, .expired],
            kind: type?.kind,
            entity: entity.map(Int64.init),
            bodyHas: type?.spelt,
            from: from,
            to: to
        )
    }

    /// What has ended, and so can be sent once more.
    private enum RedeliveredState: String, CaseIterable {
        case delivered, parked, expired

        var stored: OutboxRow.State {
            switch self {
            case .delivered: .delivered
            case .parked: .parked
            case .expired: .expired
            }
        }
    }
}
