import Domain
import Engine
import FoundationEssentials
import Formats
import HTTPTypes
import Hummingbird

/// The operator's installation partners below `/operator/v1/partners`: who they are on the wire, where they listen, and
/// what work they can take (I-001, I-002).
///
/// A change is in force at once: for the next request of the partner, for the next attempt to reach it, and for the next
/// job that wants somebody. For staff with the scope `parties`.
package struct Partners: Sendable {
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
        routes.get("partners") { _, context in
            _ = try staff(context)
            return list()
        }
        routes.get("partners/:id") { _, context in
            _ = try staff(context)
            return try one(PartnerID(try context.parameters.require("id")))
        }
        routes.put("partners/:id") { request, context in
            let name = try staff(context)
            return try await put(request, PartnerID(try context.parameters.require("id")), by: "operator/\(name)")
        }
    }

    /// `GET /operator/v1/partners`: all of them; they are few.
    private func list() -> ByteResponse {
        ByteResponse(
            bytes: JSONWriter.bytes { json in
                json.object { json in
                    json.array("partners") { json in
                        for (id, terms) in exchange.directory.partners {
                            json.object { terms.write(as: id, to: &$0) }
                        }
                    }
                }
            }
        )
    }

    /// `GET /operator/v1/partners/{id}`.
    private func one(_ id: PartnerID) throws -> ByteResponse {
        guard let terms = exchange.directory.partner(id) else {
            throw APIError(.notFound, "There is no partner \(id).")
        }
        return Self.response(id, terms)
    }

    static func response(
        _ id: PartnerID,
        _ terms: PartnerTerms,
        status: HTTPResponse.Status = .ok,
        warnings: [PartyChecks.Warning] = []
    ) -> ByteResponse {
        .party(status: status, warnings: warnings) { terms.write(as: id, to: &$0) }
    }
}

extension PartnerTerms {
    fileprivate func write(as id: PartnerID, to json: inout JSONWriter) {
        json.field("id", id.rawValue)
        json.access(access)
        json.strings("endpoints", endpoints.map(\.url))
        json.field("endpointChoice", (endpointChoice ?? .inOrder).rawValue)
        if let coverage {
            json.object("coverage") { json in
                json.strings("postcodes", coverage.postcodes)
                json.array("addresses") { json in
                    for addresses in coverage.addresses {
                        json.object { json in
                            json.field("first", addresses.first)
                            json.field("last", addresses.last)
                        }
                    }
                }
            }
        }
        json.field("jobsPerDay", jobsPerDayMax)
        json.field("bucket", bucket ?? Self.sharedBucket)
        let profile = profile ?? .published
        json.object("profile") { json in
            json.field("acknowledgement", profile.acknowledgement.rawValue)
            json.field("strict", profile.isStrict)
            json.field("requiresSecondary", profile.requiresSecondary)
            json.field("fsan", (profile.fsan ?? .published).description)
            json.field("methodInBody", profile.takesMethodInBody ?? false)
            json.field("idsPerConnection", profile.numbersPerConnection ?? false)
        }
    }
}
