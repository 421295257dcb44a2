import Adapters
import Domain
import Engine
import Hummingbird

/// The gateway's side of a house: the same in a sandbox, where every side is in one program, and served by itself.
struct GatewaySide {
    let exchange: Exchange
    let supply: Supply
    let doors: Doors
    /// For the secrets that we show to tenants.
    let secrets: SecretBox?
    /// What is looked at when staff sets terms.
    let checks: PartyChecks

    private var tenantAPI: TenantAPI { TenantAPI(exchange: exchange, suppliers: supply.suppliers) }

    /// The interfaces that others' programs call with tokens, on the plain listener and, for tokens that are bound to a
    /// certificate, on the mutual-TLS listener (RFC 8705).
    func add(to router: Router<BasicContext>) {
        let tenants = router.authenticated("v1", as: TenantContext.self, by: doors.bearer(.tenantAPI))
        tenantAPI.addRoutes(to: tenants.add(middleware: doors.limits))
        let suppliers = router.authenticated("supplier/v1", as: SupplierContext.self, by: doors.bearer(.supplierAPI))
        SupplierUpdates(exchange: exchange, logger: doors.logger).addRoutes(to: suppliers)
    }

    /// What the gateway's people do.
    func addStaff(to router: Router<BasicContext>) {
        TenantUpdatesTerms(exchange: exchange, secrets: secrets, checks: checks).add(to: doors.staff(on: router))
        Redactions(exchange: exchange, emptied: KCIRedaction.emptied).add(to: doors.staff(on: router))
        Clients(exchange: exchange, checks: checks).add(to: doors.staff(on: router))
    }

    /// What is answered without a task where that is possible.
    var memory: Memory { tenantAPI.memory(by: doors.bearer(.tenantAPI), doors.limits) }

    /// Who carries KCIs.
    ///
    /// - Parameter key: signs them for tenants without a key of their own.
    func courier(
        plain: OutboundCall,
        withCertificate: OutboundCall,
        signingWith key: [UInt8],
        time: TimeSource
    ) -> TenantCourier {
        TenantCourier(
            directory: exchange.directory,
            line: TenantLine(
                secrets: secrets,
                time: time,
                plain: { await plain.send($0) },
                withCertificate: { await withCertificate.send($0) }
            ),
            breaker: CircuitBreaker(time: time),
            houseKey: key,
            missed: { [exchange] in try await exchange.missed(before: $0) }
        )
    }
}
