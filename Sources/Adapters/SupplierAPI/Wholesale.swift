import Domain
import Engine
import Formats
import FoundationEssentials
import HTTPTypes
import Hummingbird
import Logging
import Storage

/// The operator's Supplier API, `/wholesale/v1`: what a gateway orders, books and tests by (G-090).
///
/// The route table. Every change is answered once by `X-Request-ID` (decision 5), and says in its answer only what is
/// durable.
package struct Wholesale: Sendable {
    let exchange: Exchange
    let book: AppointmentBook
    /// Who installs for the operator.
    let partner: PartnerID
    /// How fast its automatic actors are; asked for each new entity, so that a running sandbox can change it.
    let pace: @Sendable () -> Pace
    let logger: Logger

    package init(
        exchange: Exchange,
        book: AppointmentBook,
        partner: PartnerID,
        pace: @escaping @Sendable () -> Pace,
        logger: Logger
    ) {
        self.exchange = exchange
        self.book = book
        self.partner = partner
        self.pace = pace
        self.logger = logger
    }

    package func addRoutes(to routes: RouterGroup<CustomerContext>) {
        routes.get("addresses", use: lookUpAddresses)
        routes.get("service-availability", use: serviceAvailability)
        routes.get("available-appointments", use: availableAppointments)
        routes.post("appointments", use: reserveAppointment)
        routes.delete("appointments/:id", use: releaseAppointment)
        routes.post("service-orders", use: placeSupplyOrder)
        routes.get("service-orders/:id", use: showSupplyOrder)
        routes.post("ethernet/service-orders", use: placeEthernetSupplyOrder)
        routes.post("service-order-amendments", use: amendSupplyOrder)
        routes.post("service-order-cancellations", use: cancelSupplyOrder)
        routes.post("quote", use: priceQuote)
        routes.post("service-tests", use: runLineTest)
        routes.get("service-tests/:id", use: showLineTest)
        for (method, path) in Self.notOffered {
            routes.on(RouterPath(path), method: method) { request, _ -> Response in
                throw APIError.notImplemented("\(method.rawValue) \(request.uri.path)")
            }
        }
    }

    /// Operations of the contract that this operator doesn't offer here: problems go by the Ticketing API, the rest
    /// isn't built yet. Each answers 501 with a body.
    static let notOffered: [(HTTPRequest.Method, String)] = [
        (.post, "service-problems"),
        (.post, "service-problem-amendments"),
        (.post, "service-problem-cancellations"),
        (.patch, "service-problem-resolutions/:id"),
    ]
}

extension Rejection.Code {
    /// There is no `default`: a new code compiles only once this contract says how it reports it (G-003, G-091).
    var supplierAPIStatus: HTTPResponse.Status {
        switch self {
        case .notFound: .notFound
        case .invalid, .alreadyExists, .illegalTransition, .reservationUnusable, .appointmentRule, .slotTaken,
            .unknownService, .unknownSupplier, .closureCodeMismatch, .duplicateDevice, .notYours, .keyReused:
            .unprocessableContent
        case .notOffered: .notImplemented
        }
    }
}
