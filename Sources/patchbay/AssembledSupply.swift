import Adapters
import Domain
import Engine

import Logging
import Storage

/// Calls out, one client an identity.
struct Calls {
    let plain: OutboundCall
    let asGateway: OutboundCall
    let asOperator: OutboundCall

    var all: [OutboundCall] { [plain, asGateway, asOperator] }

    init(_ configuration: Configuration, _ logger: Logger) throws {
        func call(as identity: TLSFiles?) throws -> OutboundCall {
            try OutboundCall(
                identity: identity,
                authorities: configuration.server.authorities,
                policy: configuration.addresses,
                limits: .init(deadline: configuration.outboundDeadline),
                logger: logger
            )
        }
        plain = try call(as: nil)
        asGateway = try call(as: configuration.gatewayIdentity)
        asOperator = try call(as: configuration.operatorIdentity)
    }
}

/// The one supplier: orders, tests and installation visits by the native contract, faults and repair visits by ticketing
/// (decision 27).
struct Supply {
    let native: NativeSupplier
    let ticketing: TicketingCourier
    let suppliers: Suppliers

    init(_ configuration: Configuration, _ calls: Calls, _ exchange: Exchange, _ base: Foundations) {
        native = NativeSupplier(
            supplier: configuration.supplier,
            baseURL: configuration.plainURL + "/wholesale/v1",
            access: Assembly.credentials(configuration.supplierAccess, calls.plain, base),
            exchange: exchange,
            deadline: configuration.outboundDeadline
        )
        let ticketingURL = configuration.secureURL + "/prod/api2"
        ticketing = TicketingCourier(baseURL: ticketingURL, call: calls.asGateway)
        let repairs = RepairAppointments(baseURL: ticketingURL, call: calls.asGateway, exchange: exchange)
        suppliers = Suppliers([
            Suppliers.Supplier(
                id: configuration.supplier,
                name: "The sandbox's network operator",
                contracts: [
                    .addressLookup: "native", .quotes: "native", .availability: "native",
                    .provideAppointments: "native", .orders: "native", .tests: "native",
                    .repairAppointments: "cityfibre-soap", .problems: "cityfibre-soap",
                ],
                questions: [
                    .addressLookup: native, .availability: native, .provideAppointments: native,
                    .repairAppointments: repairs,
                ],
                products: configuration.town.products,
                testRequired: false,
                catalogue: configuration.town.catalogue
            )
        ])
    }
}

/// A supplier speaks several contracts: which carries a message, the message says.
struct SupplierCouriers: Courier {
    let native: NativeSupplier
    let ticketing: TicketingCourier

    func carry(_ parcel: Parcel) async -> Delivered {
        switch parcel.message {
        case .problemRaised, .resolutionAnswered, .problemAmended, .problemCancelled,
            .appointmentRequested(_, .repair):
            await ticketing.carry(parcel)
        // Nothing to say in the contract at hand, as its speller found.
        case .reservationReleased where parcel.body.isEmpty: Delivered(.delivered())
        case .orderPlaced, .ethernetOrderPlaced, .amendmentRequested, .cancellationRequested, .testRequested,
            .quoteRequested,
            .reservationReleased,
            .appointmentRequested, .kci, .supplyUpdate,
            .faultNotification, .deskNews,
            .jobCreated, .jobCancelled, .provisioningResult, .jobReport, .filesReported, .telling:
            await native.carry(parcel)
        }
    }
}
