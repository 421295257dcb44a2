/// Who has a fault repaired, and by which contract it hears of it.
package enum FaultBuyer: Equatable, Sendable {
    /// Of the Ticketing API: it hears by notifications (T-014).
    case account(id: BuyerID)
    /// Of the Supplier API: it hears by updates (G-092).
    case customer(account: FaultCustomer)

    package var owner: Owner {
        switch self {
        case .account(let id): .buyer(id)
        case .customer(let customer): .customer(customer.id)
        }
    }

    package var account: BuyerID? {
        switch self {
        case .account(let id): id
        case .customer: nil
        }
    }

    package var customer: FaultCustomer? {
        switch self {
        case .account: nil
        case .customer(let customer): customer
        }
    }

    /// Where what is said about the fault goes.
    package var recipient: Recipient {
        switch self {
        case .account(let id): .buyer(id: id)
        case .customer(let customer): .customer(id: customer.id)
        }
    }
}

/// An account is stored as its name alone, as it was before customers could report faults.
extension FaultBuyer: Codable {
    private enum Key: String, CodingKey { case customer }

    package init(from decoder: any Decoder) throws {
        if let id = try? decoder.singleValueContainer().decode(BuyerID.self) {
            self = .account(id: id)
        } else {
            let container = try decoder.container(keyedBy: Key.self)
            self = .customer(account: try container.decode(FaultCustomer.self, forKey: .customer))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        switch self {
        case .account(let id):
            var container = encoder.singleValueContainer()
            try container.encode(id)
        case .customer(let customer):
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(customer, forKey: .customer)
        }
    }
}

/// A customer of the Supplier API, as one of its faults knows it.
package struct FaultCustomer: Codable, Equatable, Sendable {
    package let id: CustomerID
    /// How many updates were sent about the fault: the last one's number.
    package internal(set) var updates: Int64 = 0
    /// Whether COMMITTED was told: it is told once (§3.4).
    var isCommitted = false
    /// The request that the next decision answers.
    var answering: FaultRequest?

    package init(_ id: CustomerID) { self.id = id }
}

/// A customer's request about its fault, by the customer's own number (G-114, G-115).
package struct FaultRequest: Codable, Equatable, Sendable {
    package let number: Int64
    package let isCancellation: Bool

    package init(number: Int64, isCancellation: Bool) {
        self.number = number
        self.isCancellation = isCancellation
    }
}

/// What an update says of a fault as it was at that moment: it never tells of what comes after it.
package struct FaultMoment: Codable, Equatable, Sendable {
    package struct Resolution: Codable, Equatable, Sendable {
        /// By which the customer answers it.
        package let reference: String
        package let text: String?
        /// Of G-117.
        package let code: String
        package let supplierCodes: [String]
        /// Whether the repair took longer than it may.
        package let isLate: Bool
    }

    package let status: FaultStatus
    package let answering: FaultRequest?
    package let resolution: Resolution?
}
