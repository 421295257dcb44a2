import FoundationEssentials

/// What a tenant asked for, as it was accepted (F-010: one of provide, cease, modify).
///
/// A stored one is the variant's own members; its `type` tells which variant it is.
package enum OrderRequest: Equatable, Sendable {
    case provide(ProvideRequest)
    case modify(ModifyRequest)
    case cease(CeaseRequest)
    case unsolicitedCease(UnsolicitedCease)
    case ethernet(EthernetRequest)

    package var type: OrderType {
        switch self {
        case .provide(let request): request.type.orderType
        case .modify: .modify
        case .cease: .cease
        case .unsolicitedCease: .unsolicitedCease
        case .ethernet: .ethernet
        }
    }

    package var supplier: SupplierID {
        switch self {
        case .provide(let request): request.supplier
        case .modify(let request): request.supplier
        case .cease(let request): request.supplier
        case .unsolicitedCease(let request): request.supplier
        case .ethernet(let request): request.supplier
        }
    }

    /// The live service that it is about; a line to be provided has none yet.
    package var serviceID: ServiceID? {
        switch self {
        case .provide, .ethernet: nil
        case .modify(let request): request.serviceID
        case .cease(let request): request.serviceID
        case .unsolicitedCease(let request): request.serviceID
        }
    }

    package var reservation: ID<Reservation>? {
        switch self {
        case .provide(let request): request.reservation
        case .modify(let request): request.reservation
        case .cease, .unsolicitedCease, .ethernet: nil
        }
    }

    package var requestedCompletionDate: CivilDate? {
        switch self {
        case .provide(let request): request.requestedCompletionDate
        case .modify(let request): request.requestedCompletionDate
        case .cease(let request): request.requestedCompletionDate
        case .unsolicitedCease(let request): request.requestedCeaseDate
        case .ethernet(let request): request.requestedCompletionDate
        }
    }

    /// What a visit for it has to be booked for; `nil` where nobody comes.
    package var visitPurpose: AppointmentPurpose? {
        switch self {
        case .provide: .provide
        case .modify: .modify
        case .cease, .unsolicitedCease, .ethernet: nil
        }
    }
}

extension OrderRequest: Codable {
    private enum Key: String, CodingKey { case type }

    package init(from decoder: any Decoder) throws {
        switch try decoder.container(keyedBy: Key.self).decode(OrderType.self, forKey: .type) {
        case .new, .start, .takeover, .transfer, .swap: self = .provide(try ProvideRequest(from: decoder))
        case .modify: self = .modify(try ModifyRequest(from: decoder))
        case .cease: self = .cease(try CeaseRequest(from: decoder))
        case .unsolicitedCease: self = .unsolicitedCease(try UnsolicitedCease(from: decoder))
        case .ethernet: self = .ethernet(try EthernetRequest(from: decoder))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        switch self {
        case .provide(let request): try request.encode(to: encoder)
        case .modify(let request): try request.encode(to: encoder)
        case .cease(let request): try request.encode(to: encoder)
        case .unsolicitedCease(let request): try request.encode(to: encoder)
        case .ethernet(let request): try request.encode(to: encoder)
        }
    }
}

extension OrderRequest {
    /// What is wrong with it beyond its spelling; with pointers, all at once.
    package func problems(on today: CivilDate) -> [Rejection.Problem] {
        if case .ethernet(let request) = self { return request.problems(on: today) }
        var problems: [Rejection.Problem] = []
        if let date = requestedCompletionDate, date < today {
            problems.append(Rejection.Problem("/requestedCompletionDate", "is in the past"))
        }
        switch self {
        case .provide(let request):
            if request.type.orderType.needsExistingLine && !request.characteristics.namesAnExistingLine {
                problems.append(
                    Rejection.Problem(
                        "/serviceOrderItem/serviceCharacteristics",
                        "\(request.type.rawValue) needs ONT_REFERENCE and ONT_PORT, or LINE_ID"
                    )
                )
            }
        case .modify(let request):
            if request.characteristics.isEmpty {
                problems.append(Rejection.Problem("/serviceCharacteristics", "must name what is to be different"))
            }
        case .cease, .unsolicitedCease, .ethernet: break
        }
        return problems
    }
}

extension [Characteristic] {
    /// G-051: by its ONT and port on fibre, by its line id on copper.
    package var namesAnExistingLine: Bool {
        let names = Set(map(\.name))
        return names.isSuperset(of: ["ONT_REFERENCE", "ONT_PORT"]) || names.contains("LINE_ID")
    }
}
