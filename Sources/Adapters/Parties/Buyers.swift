import Domain
import Engine
import FoundationEssentials
import Formats
import Hummingbird

/// The operator's buyers below `/operator/v1/buyers`: who they are on the wire, and how they want to be told (T-003, T-005).
///
/// A change is in force at once, for the next request: certificates are rotated by registering the new one beside the old.
/// For staff with the scope `parties`.
package struct Buyers: Sendable {
    let exchange: Exchange
    let checks: PartyChecks

    package init(exchange: Exchange, checks: PartyChecks = PartyChecks()) {
        self.exchange = exchange
        self.checks = checks
    }

    package func add(to staff: RouterGroup<StaffContext>) {
        add(to: staff) { context in
            try context.require(.parties)
            return context.name
        }
    }

    /// The routes themselves, for requests of which `staff` says whose they are, or throws.
    func add<Context: RequestContext>(
        to routes: some RouterMethods<Context>,
        staff: @escaping @Sendable (Context) throws -> String
    ) {
        let routes = routes.neverStored.withoutParameters
        routes.get("buyers") { _, context in
            _ = try staff(context)
            return list()
        }
        routes.get("buyers/:id") { _, context in
            _ = try staff(context)
            return try one(BuyerID(try context.parameters.require("id")))
        }
        routes.put("buyers/:id") { request, context in
            let name = try staff(context)
            return try await put(request, BuyerID(try context.parameters.require("id")), by: "operator/\(name)")
        }
    }

    /// `GET /operator/v1/buyers`: all of them; they are few.
    private func list() -> ByteResponse {
        let buyers = exchange.directory.all.compactMap { role -> (BuyerID, BuyerTerms)? in
            guard case .buyer(let id, let terms) = role else { return nil }
            return (id, terms)
        }
        return ByteResponse(
            bytes: JSONWriter.bytes { json in
                json.object { json in
                    json.array("buyers") { json in
                        for (id, terms) in buyers.sorted(by: { $0.0.rawValue < $1.0.rawValue }) {
                            json.object { terms.write(as: id, to: &$0) }
                        }
                    }
                }
            }
        )
    }

    /// `GET /operator/v1/buyers/{id}`.
    private func one(_ id: BuyerID) throws -> ByteResponse {
        guard let terms = exchange.directory.buyer(id) else { throw APIError(.notFound, "There is no buyer \(id).") }
        return Self.response(id, terms)
    }

    static func response(
        _ id: BuyerID,
        _ terms: BuyerTerms,
        status: HTTPResponse.Status = .ok,
        warnings: [PartyChecks.Warning] = []
    ) -> ByteResponse {
        .party(status: status, warnings: warnings) { terms.write(as: id, to: &$0) }
    }
}

extension BuyerTerms {
    fileprivate func write(as id: BuyerID, to json: inout JSONWriter) {
        json.field("id", id.rawValue)
        json.strings("buyerIdentifiers", buyerIdentifiers.map(\.rawValue))
        json.access(access)
        json.field("notifications", notifications?.url)
        json.object("profile") { json in
            json.field("envelope", usesEnvelope)
            json.field("brokenXmlStatus", brokenXMLStatus)
            json.field("appointmentStyle", (appointmentStyle ?? .list).rawValue)
            json.field("strict", isStrict ?? false)
            json.field("ticketNamespace", (ticketNamespace ?? .unqualified).rawValue)
        }
    }
}
