import FoundationEssentials

/// A customer's request about an order that is under way, until the operator has decided (decision 30).
package struct SupplyChange: Codable, Equatable, Sendable {
    package enum Content: Codable, Equatable, Sendable {
        case amendment(changes: OrderChanges, visit: SupplyRequest.AgreedVisit?)
        case cancellation
    }

    /// The customer's number for it.
    package let number: Int64
    /// Ours.
    package let reference: String
    package let content: Content

    package var isCancellation: Bool {
        switch content {
        case .amendment: false
        case .cancellation: true
        }
    }

    /// The visit that it would bring.
    var visit: SupplyRequest.AgreedVisit? {
        switch content {
        case .amendment(_, let visit): visit
        case .cancellation: nil
        }
    }
}
