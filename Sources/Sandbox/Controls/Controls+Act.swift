import Adapters
import Domain
import Formats
import HTTPTypes
import Hummingbird

extension Controls {
    /// `PUT /sandbox/endpoints`: send to my own receiver instead; null restores the counterpart.
    @Sendable func redirect(request: Request, context: BasicContext) async throws -> ByteResponse {
        let wanted = try await object(request) { reader -> [RedirectedEndpoint: String?] in
            var wanted: [RedirectedEndpoint: String?] = [:]
            for endpoint in RedirectedEndpoint.allCases {
                let key = endpoint.rawValue
                if reader.isNull(key) {
                    wanted[endpoint] = .some(nil)
                    continue
                }
                // null restores the counterpart.
                guard reader.value(key) != nil, let url = reader.requiredURL(key) else { continue }
                wanted[endpoint] = url
            }
            return wanted
        }
        for (endpoint, url) in wanted { try await world.redirect(endpoint, to: url) }
        return ByteResponse(bytes: Array("{}".utf8))
    }

    /// `GET /sandbox/behaviour`
    @Sendable func readBehaviour(request: Request, context: BasicContext) async throws -> ByteResponse {
        spell(try await world.counterparts.behaviour())
    }

    /// `PUT /sandbox/behaviour {"networkDesk":"manual","installer":"manual","scenario":"happy"}`: what is named changes.
    @Sendable func changeBehaviour(request: Request, context: BasicContext) async throws -> ByteResponse {
        let old = try await world.counterparts.behaviour()
        let new = try await object(request) { reader in
            Behaviour(
                networkDesk: reader.optionalEnum("networkDesk") ?? old.networkDesk,
                installer: reader.optionalEnum("installer") ?? old.installer,
                scenario: reader.optionalEnum("scenario") ?? old.scenario
            )
        }
        try await world.change(to: new)
        return spell(new)
    }

    /// `POST /sandbox/fault-reports/{maintainerFaultReference}/{event}`: do what the desk would do.
    @Sendable func workTicket(request: Request, context: BasicContext) async throws -> ByteResponse {
        try await byHand(request, context) { try await world.counterparts.perform(ticket: $0, event: $1, body: $2) }
    }

    /// `POST /sandbox/jobs/{ref}/{event}`: do what the engineer would do.
    @Sendable func playJob(request: Request, context: BasicContext) async throws -> ByteResponse {
        try await byHand(request, context) { try await world.counterparts.perform(job: $0, event: $1, body: $2) }
    }

    private func byHand(
        _ request: Request,
        _ context: BasicContext,
        _ perform: (_ reference: String, _ event: String, _ body: [UInt8]) async throws -> Void
    ) async throws -> ByteResponse {
        let reference = try context.parameters.require("reference")
        let event = try context.parameters.require("event")
        let body = try await RequestBody.collect(request)
        do {
            try await perform(reference, event, body)
        } catch let refusal as CounterpartRefusal {
            throw APIError(refusal.status, refusal.reason)
        }
        return ByteResponse(bytes: Array("{}".utf8))
    }

    private func spell(_ behaviour: Behaviour) -> ByteResponse {
        ByteResponse(
            bytes: JSONWriter.bytes { json in
                json.object { json in
                    json.field("networkDesk", behaviour.networkDesk.rawValue)
                    json.field("installer", behaviour.installer.rawValue)
                    json.field("scenario", behaviour.scenario.rawValue)
                }
            }
        )
    }
}

extension CounterpartRefusal {
    var status: HTTPResponse.Status {
        switch kind {
        case .notFound: .notFound
        case .invalid: .badRequest
        case .conflict: .conflict
        case .unreachable: .badGateway
        }
    }
}
