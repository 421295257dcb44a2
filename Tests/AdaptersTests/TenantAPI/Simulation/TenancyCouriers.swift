import Domain
import Engine
import Foundation

@testable import Adapters

/// The real couriers of one life, each over the played network.
struct TenancyCouriers: Sendable {
    private let tenants: TenantCourier
    private let bySupplier: [SupplierID: Contracts]
    let suppliers: Suppliers

    /// The contracts that a supplier speaks: which carries a message, the message says.
    private struct Contracts: Courier {
        let native: NativeSupplier
        let ticketing: TicketingCourier

        func carry(_ parcel: Parcel) async -> Delivered {
            switch parcel.message {
            case .problemRaised, .resolutionAnswered, .problemAmended, .problemCancelled: await ticketing.carry(parcel)
            case _: await native.carry(parcel)
            }
        }
    }

    init(_ exchange: Exchange, _ ground: TenancyLife.Ground) {
        let wire = ground.wire
        let (start, began, clock) = (ContinuousClock.now, ground.clock.now, ground.clock)
        tenants = TenantCourier(
            directory: exchange.directory,
            line: TenantLine(
                secrets: nil,
                time: clock.source,
                plain: { wire.send($0) },
                withCertificate: { wire.send($0) }
            ),
            breaker: CircuitBreaker(time: clock.source) { start + .seconds(clock.now.timeIntervalSince(began)) },
            houseKey: nil,
            missed: { try await exchange.missed(before: $0) }
        )
        var contracts: [SupplierID: Contracts] = [:]
        for supplier in TenancyLife.suppliers {
            let host = "https://\(supplier.rawValue.lowercased()).invalid"
            let access = ClientCredentials(
                tokenURL: "\(host)/token",
                clientID: "GATEWAY",
                clientSecret: "secret",
                scope: nil,
                time: clock.source
            ) { wire.send($0) }
            contracts[supplier] = Contracts(
                native: NativeSupplier(supplier: supplier, baseURL: host, access: access, exchange: exchange),
                ticketing: TicketingCourier(baseURL: "\(host)/api2") { wire.send($0) }
            )
        }
        bySupplier = contracts
        suppliers = Suppliers(
            contracts.map { supplier, contracts in
                Suppliers.Supplier(
                    id: supplier,
                    name: supplier.rawValue,
                    contracts: [
                        .quotes: "native", .provideAppointments: "native", .repairAppointments: "native",
                        .orders: "native", .tests: "native", .problems: "cityfibre-soap",
                    ],
                    questions: [.provideAppointments: contracts.native, .repairAppointments: contracts.native],
                    products: ["ftthl2r"],
                    testRequired: false,
                    // One of them asks nobody whether a fault is mended.
                    confirmsResolutions: supplier == "ALPHA"
                )
            }
        )
    }

    func courier(to recipient: Recipient) -> (any Courier)? {
        switch recipient {
        case .tenant: tenants
        case .supplier(let id): bySupplier[id]
        case .customer, .buyer, .partner, .dispatcher, .objects, .desk, .house: nil
        }
    }
}
