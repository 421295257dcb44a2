import Adapters
import Domain
import Engine
import Logging

/// Calls out, one client an identity.
struct Calls {
    let plain: OutboundCall
    let asGateway: OutboundCall
    let asOperator: OutboundCall
    /// Those that we show when we call.
    let certificates: [HeldCertificate]

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
        certificates = [
            try HeldCertificate(configuration.gatewayIdentity, as: "client/gateway"),
            try HeldCertificate(configuration.operatorIdentity, as: "client/operator"),
        ]
    }
}

/// The suppliers of this deployment: who they are is a line each in ``suppliers(_:_:_:_:)``.
struct Supply {
    let suppliers: Suppliers
    private let couriers: [SupplierID: any Courier]

    init(_ adapters: [any SupplierAdapter], _ exchange: Exchange) {
        let connections = adapters.map { $0.connect(to: exchange) }
        suppliers = Suppliers(connections.map(\.offer))
        couriers = Dictionary(uniqueKeysWithValues: connections.map { ($0.offer.id, $0.courier) })
    }

    func courier(of supplier: SupplierID) -> (any Courier)? { couriers[supplier] }
}

extension Assembly {
    /// To add a supplier, add its line (`docs/adding-a-supplier.md`).
    static func suppliers(
        _ configuration: Configuration,
        _ calls: Calls,
        _ directory: Directory,
        _ base: Foundations
    ) -> [any SupplierAdapter] {
        [
            NetworkOperator(
                id: configuration.supplier,
                name: "The sandbox's network operator",
                supplierAPI: configuration.plainURL + "/wholesale/v1",
                access: credentials(configuration.supplierAccess, calls.plain, base.time),
                ticketing: NetworkOperator.TicketingAccess(
                    baseURL: configuration.secureURL + "/prod/api2",
                    call: calls.asGateway,
                    directory: directory
                ),
                catalogue: configuration.town.catalogue,
                deadline: configuration.outboundDeadline
            ),
            NetworkOperator(
                id: configuration.nativeAccount.supplier,
                name: "The sandbox's network operator, by the native contract alone",
                supplierAPI: configuration.plainURL + "/wholesale/v1",
                access: credentials(configuration.nativeAccount.access, calls.plain, base.time),
                ticketing: nil,
                catalogue: configuration.town.catalogue,
                deadline: configuration.outboundDeadline
            ),
            DummySupplier(id: configuration.scriptedSupplier, town: configuration.town, pace: configuration.pace),
        ]
    }
}
