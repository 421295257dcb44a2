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

/// The operator as two suppliers (decision 27): one whose faults and repair visits go by ticketing, all else by the native
/// contract; and one for everything by the native contract.
struct Supply {
    let suppliers: Suppliers
    private let couriers: [SupplierID: any Courier]

    func courier(of supplier: SupplierID) -> (any Courier)? { couriers[supplier] }

    init(_ configuration: Configuration, _ calls: Calls, _ exchange: Exchange, _ base: Foundations) {
        let account = configuration.nativeAccount
        let mixed = Self.native(
            configuration.supplier,
            configuration.supplierAccess,
            configuration,
            calls,
            exchange,
            base
        )
        let native = Self.native(account.supplier, account.access, configuration, calls, exchange, base)
        let ticketingURL = configuration.secureURL + "/prod/api2"
        let ticketing = TicketingCourier(baseURL: ticketingURL, call: calls.asGateway)
        let repairs = RepairAppointments(baseURL: ticketingURL, call: calls.asGateway, exchange: exchange)
        let town = configuration.town
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
                    .addressLookup: mixed, .availability: mixed, .provideAppointments: mixed,
                    .repairAppointments: repairs,
                ],
                products: town.products,
                testRequired: false,
                catalogue: town.catalogue
            ),
            Suppliers.Supplier(
                id: account.supplier,
                name: "The sandbox's network operator, by the native contract alone",
                contracts: Dictionary(uniqueKeysWithValues: Capability.allCases.map { ($0, "native") }),
                questions: [
                    .addressLookup: native, .availability: native, .provideAppointments: native,
                    .repairAppointments: native,
                ],
                products: town.products,
                testRequired: false,
                catalogue: town.catalogue
            ),
        ])
        couriers = [
            configuration.supplier: SupplierCouriers(native: mixed, ticketing: ticketing), account.supplier: native,
        ]
    }

    private static func native(
        _ supplier: SupplierID,
        _ access: Configuration.Access,
        _ configuration: Configuration,
        _ calls: Calls,
        _ exchange: Exchange,
        _ base: Foundations
    ) -> NativeSupplier {
        NativeSupplier(
            supplier: supplier,
            baseURL: configuration.plainURL + "/wholesale/v1",
            access: Assembly.credentials(access, calls.plain, base),
            exchange: exchange,
            deadline: configuration.outboundDeadline
        )
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
