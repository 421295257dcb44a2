import Domain
import Engine
import FoundationEssentials
import Formats
import Hummingbird
import Storage

/// The network desk's own API below `/operator/v1`: look at tickets, and do what people of the operator do with them
/// (decision 22). The sandbox's automatic desk uses it like anybody.
package struct NetworkDesk: Sendable {
    let exchange: Exchange
    let files: FileShelf

    /// Tickets on one page of the list.
    static let pageSizeMax = 200

    package init(exchange: Exchange, files: FileShelf) {
        self.exchange = exchange
        self.files = files
    }

    /// Its routes, for callers who showed a token of the operator's staff.
    package func add(to staff: RouterGroup<StaffContext>) { add(to: staff) { $0.name } }

    /// The routes themselves, for requests of which `staff` says whose they are.
    func add<Context: RequestContext>(
        to routes: some RouterMethods<Context>,
        staff: @escaping @Sendable (Context) -> String
    ) {
        routes.get("compensation") { request, _ in try await compensation(request) }
        routes.get("fault-reports") { request, _ in try await list(request) }
        let routes = routes.withoutParameters
        routes.get("fault-reports/:reference") { _, context in try await one(context.parameters) }
        routes.get("fault-reports/:reference/attachments/:filename") { _, context in try await attachment(context) }
        routes.post("fault-reports/:reference/:event") { request, context in
            try await perform(request, context.parameters, by: "operator/\(staff(context))")
        }
    }

    /// A ticket by the operator's own reference; whoever's it is, the desk works on it.
    static func id(_ parameters: Parameters) throws -> ID<FaultReport> {
        let reference = try parameters.require("reference")
        guard let id = FaultReport.id(reference: reference) else { throw absent(reference) }
        return id
    }

    static func absent(_ reference: String) -> APIError {
        APIError(.notFound, "There is no fault report \(reference).")
    }
}
