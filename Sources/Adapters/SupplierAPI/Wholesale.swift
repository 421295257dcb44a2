import Domain
import Engine
import Formats
import FoundationEssentials
import HTTPTypes
import Hummingbird
import Logging
import Storage

/// The operator's Supplier API, `/wholesale/v1`: what a gateway orders, books, tests and reports faults by
/// (G-090).
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
        routes.post("service-problems", use: reportFault)
        routes.get("service-problems/:id", use: showFault)
        routes.post("service-problem-amendments", use: amendFault)
        routes.post("service-problem-cancellations", use: cancelFault)
        routes.patch("service-problem-resolutions/:id", use: answerFaultResolution)
    }
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
