/// Under which names an order knows its addresses (G-014).
extension OrderRequest {
    package var addresses: [PremisesAddress] {
        switch self {
        case .provide(let request): [request.address]
        case .ethernet(let request): request.sites.compactMap(\.address)
        case .modify, .cease, .unsolicitedCease: []
        }
    }

    /// The order with each of its addresses as `locate` has it.
    package func locating(_ locate: (PremisesAddress) throws -> PremisesAddress) rethrows -> OrderRequest {
        switch self {
        case .provide(var request):
            request.address = try locate(request.address)
            return .provide(request)
        case .ethernet(var request):
            for (index, site) in request.sites.enumerated() {
                if let address = site.address { request.sites[index].address = try locate(address) }
            }
            return .ethernet(request)
        case .modify, .cease, .unsolicitedCease:
            return self
        }
    }
}

extension ProblemReport {
    /// The report with its address, if it names one, as `locate` has it.
    package func locating(_ locate: (PremisesAddress) throws -> PremisesAddress) rethrows -> ProblemReport {
        guard let address else { return self }
        var report = self
        report.address = try locate(address)
        return report
    }
}
