import Domain
import Engine
import Formats
import FoundationEssentials
import Hummingbird
import Storage

/// Lists for reconciliation: what a tenant has, by rising number, a page at a time.
///
/// Filters are `status` (several, repeated or separated by commas), `supplier`, `serviceId` and `updatedSince` (a day or a
/// moment); `limit` is a page's size. `next`, where there is one, is the next page's `after`. A page may be short, or empty, and have a `next`: then
/// the search has gone as far as one request may.
extension TenantAPI {
    /// `GET /v1/service-problems`.
    @Sendable func listProblems(request: Request, context: TenantContext) async throws -> ByteResponse {
        let listing = Listing<ServiceProblem>(
            member: "serviceProblems",
            states: Dictionary(uniqueKeysWithValues: ServiceProblem.Status.allCases.map { ($0.rawValue, $0.rawValue) }),
            supplier: { $0.report.supplier },
            service: { $0.report.serviceID },
            lookup: ServiceProblem.lookup(service:of:),
            write: { ProblemView.write($0, withUpdates: false, to: &$1) }
        )
        return try await list("GET /service-problems", listing, request, context)
    }

    /// `GET /v1/service-tests`.
    @Sendable func listTests(request: Request, context: TenantContext) async throws -> ByteResponse {
        let listing = Listing<ServiceTest>(
            member: "serviceTests",
            states: Dictionary(uniqueKeysWithValues: ServiceTest.Status.allCases.map { ($0.rawValue, $0.rawValue) }),
            supplier: { $0.request.supplier },
            service: { $0.request.serviceID },
            lookup: ServiceTest.lookup(service:of:),
            write: { TestView.write($0, withUpdates: false, to: &$1) }
        )
        return try await list("GET /service-tests", listing, request, context)
    }

    /// `GET /v1/appointments`.
    @Sendable func listAppointments(request: Request, context: TenantContext) async throws -> ByteResponse {
        let listing = Listing<Reservation>(
            member: "appointments",
            states: Dictionary(uniqueKeysWithValues: Reservation.stateNames.map { ($0.uppercased(), $0) }),
            supplier: { $0.request.supplier },
            service: { $0.request.serviceID },
            write: ReservationView.write
        )
        return try await list("GET /appointments", listing, request, context)
    }

    func list<Entity: Aggregate>(
        _ operation: String,
        _ listing: Listing<Entity>,
        _ request: Request,
        _ context: TenantContext
    ) async throws -> ByteResponse {
        try await serve(operation, .read, request, context, hasParameters: true) { call in
            let search = try EntitySearch(call, states: listing.states)
            let tenant = call.tenant
            let page = try await exchange.read { try search.page(listing, of: tenant, in: $0) }
            let bytes = JSONWriter.bytes(reserving: 16_384) { json in
                json.object { json in
                    json.array(listing.member) { json in
                        for entity in page.found { json.object { listing.write(entity, &$0) } }
                    }
                    json.field("next", page.next)
                }
            }
            return try await look(call, bytes, warnings: search.warnings)
        }
    }
}

/// How one kind of entity is listed.
struct Listing<Entity: Aggregate>: Sendable {
    let member: String
    /// The store's name of each state, by the contract's.
    let states: [String: String]
    let supplier: @Sendable (Entity) -> SupplierID
    let service: @Sendable (Entity) -> ServiceID?
    /// By what the store finds a line's; `nil` where there is nothing to find it by.
    var lookup: (@Sendable (ServiceID, TenantID) -> Lookup)?
    /// What is of this kind and has a list of its own is not in this one.
    var isListed: @Sendable (Entity) -> Bool = { _ in true }
    let write: @Sendable (Entity, inout JSONWriter) -> Void
}

/// What a list is asked for.
private struct EntitySearch: Sendable {
    /// As many as any list has (§2).
    static let pageSizeMax = 500
    static let parameters: Set = ["status", "supplier", "serviceId", "updatedSince", "after", "limit"]

    let states: Set<String>
    let supplier: SupplierID?
    let service: ServiceID?
    let updatedSince: Date?
    let after: Int64
    let limit: Int
    let warnings: [String]

    init(_ call: TenantCall, states names: [String: String]) throws {
        let reading = TenantReading(isStrict: call.terms.isStrict)
        let query = QueryReader(call.request, reading)
        states = Set(query.choices("status", from: names.keys.sorted()).compactMap { names[$0] })
        supplier = query.optional("supplier").map { SupplierID($0) }
        service = query.optional("serviceId").map { ServiceID($0) }
        updatedSince = query.filters.moment("updatedSince", isEnd: false)
        (after, limit) = query.filters.page(max: Self.pageSizeMax)
        query.close(knowing: Self.parameters)
        try reading.finish(.unprocessableContent)
        warnings = reading.warnings
    }

    /// By the store's own indices as far as they go, then one by one.
    func page<Entity: Aggregate>(
        _ listing: Listing<Entity>,
        of tenant: TenantID,
        in store: any ReadTransaction
    ) throws -> SearchPage<Entity> {
        let lookup = service.flatMap { listing.lookup?($0, tenant) }
        let state = states.count == 1 ? states.first : nil
        return try SearchPage(
            after: after,
            limit: limit,
            size: isSearch ? SearchPage<Entity>.batch : limit,
            read: { after, size in
                guard let lookup else {
                    return try store.list(Entity.self, of: .tenant(tenant), inState: state, after: after, limit: size)
                }
                return try store.find(Entity.self, by: lookup.key, lookup.value, after: after, limit: size)
            },
            pick: { shows($0, listing, of: tenant) ? $0 : nil }
        )
    }

    /// Whether a filter needs each entity itself; the store knows a state and a line.
    private var isSearch: Bool { states.count > 1 || supplier != nil || service != nil || updatedSince != nil }

    private func shows<Entity: Aggregate>(_ entity: Entity, _ listing: Listing<Entity>, of tenant: TenantID) -> Bool {
        entity.owner == .tenant(tenant) && listing.isListed(entity)
            && (states.isEmpty || states.contains(entity.stateName))
            && (supplier == nil || listing.supplier(entity) == supplier)
            && (service == nil || listing.service(entity) == service)
            && (updatedSince.map { entity.updated >= $0 } ?? true)
    }
}
