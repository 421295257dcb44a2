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
    /// A line's end that its tenant did not ask for: another took it over. Told by suppliers, never ordered (G-055).
    case unsolicitedCease = "UNSOLICITED_CEASE"
    /// A circuit between sites, ordered on a quote under a path of its own (F-040).
    case ethernet = "ETHERNET"

    /// What can be ordered under `/service-orders`.
    package static let orderable: [OrderType] = [.new, .start, .takeover, .transfer, .swap, .modify, .cease]

    /// How it begins and what it leaves behind.
    package enum Work: Sendable {
        /// A line that was not the tenant's before.
        case provide
        /// A live line stays, and is changed.
        case modify
        /// A live line ends.
        case cease
        /// A circuit that was not there before.
        case ethernet
    }

    package var work: Work {
        switch self {
        case .new, .start, .takeover, .transfer, .swap: .provide
        case .modify: .modify
        case .cease, .unsolicitedCease: .cease
        case .ethernet: .ethernet
        }
    }

    /// Whether it takes over something that is there: a line in the wall, which the order must name (G-051, G-052).
    package var needsExistingLine: Bool {
        switch self {
        case .start, .takeover, .transfer, .swap: true
        case .new, .modify, .cease, .unsolicitedCease, .ethernet: false
        }
    }

    /// Whether the line may be another's until then.
    package var takesFromAnother: Bool {
        switch self {
        case .takeover, .transfer: true
        case .new, .start, .swap, .modify, .cease, .unsolicitedCease, .ethernet: false
        }
    }
}
