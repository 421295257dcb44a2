/// What an order is for (G-050), as both sides of the exchange name it. Stored, so never renamed.
///
/// An amendment is no MODIFY, and a cancellation is no CEASE: those change an order, these a live line (G-058).
package enum OrderType: String, Codable, CaseIterable, Sendable {
    case new = "NEW"
    case start = "START"
    case takeover = "TAKEOVER"
    case transfer = "TRANSFER"
    case swap = "SWAP"
    case modify = "MODIFY"
    case cease = "CEASE"

    /// How it begins and what it leaves behind.
    package enum Work: Sendable {
        /// A line that was not the tenant's before.
        case provide
        /// A live line stays, and is changed.
        case modify
        /// A live line ends.
        case cease
    }

    package var work: Work {
        switch self {
        case .new, .start, .takeover, .transfer, .swap: .provide
        case .modify: .modify
        case .cease: .cease
        }
    }

    /// Whether it takes over something that is there: a line in the wall, which the order must name (G-051, G-052).
    package var needsExistingLine: Bool {
        switch self {
        case .start, .takeover, .transfer, .swap: true
        case .new, .modify, .cease: false
        }
    }
}
