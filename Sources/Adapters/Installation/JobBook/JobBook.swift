import Domain
import Engine
import Formats
import Hummingbird

/// A partner's own API for its apps, below `/partner/v1`: the jobs of a day for the office, and what engineers do with
/// them. Whatever is done is written down and told to the operator in the same commit.
package struct JobBook: Sendable {
    /// Jobs on one page of the list.
    static let pageSizeMax = 200

    let exchange: Exchange
    let catalogue: ClosureCatalogue

    /// - Parameter data: the contract's tables, of which the closure codes are checked.
    package init(exchange: Exchange, data: InstallationData) {
        self.exchange = exchange
        catalogue = data.closureCodes
    }

    /// Its routes, for callers who showed a token of the partner's own.
    package func addRoutes(to staff: RouterGroup<PartnerStaffContext>) {
        addRoutes(to: staff) { context in
            try context.require(.jobs)
            return context.name
        }
    }

    /// The routes themselves, for requests of which `staff` says who may change something, or throws.
    func addRoutes<Context: RequestContext>(
        to routes: some RouterMethods<Context>,
        staff: @escaping @Sendable (Context) throws -> String
    ) {
        routes.get("jobs") { request, _ in try await list(request) }
        let routes = routes.withoutParameters
        routes.get("jobs/:id") { _, context in try await one(context.parameters) }
        routes.post("jobs/:id/:event") { request, context in
            let name = try staff(context)
            return try await perform(request, context.parameters, by: "staff/\(name)")
        }
    }

    static func id(_ parameters: Parameters) throws -> ID<WorkOrder> {
        let text = try parameters.require("id")
        guard let id = ID<WorkOrder>(text: text) else { throw absent(text) }
        return id
    }

    static func absent(_ id: String) -> APIError { APIError(.notFound, "There is no job \(id).") }
}
