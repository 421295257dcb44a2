import Domain
import FoundationEssentials

/// What an engineer, or the office, does about a job: the events of `POST /sandbox/jobs/{ref}/{event}` (decision 22).
package enum VisitEvent: String, Codable, CaseIterable, Sendable {
    case accept, decline, assign, enRoute = "en-route", onSite = "on-site", scan, close

    /// The operator's method that carries it (G-120).
    var method: String {
        switch self {
        case .accept, .assign, .enRoute, .onSite, .scan: "notifyJob"
        case .decline, .close: "closeJob"
        }
    }
}

/// What is said with an event beyond what the visit's book knows; all of it may be left out.
package struct VisitWords: Codable, Equatable, Sendable {
    package var reason: String?
    package var closureCode: String?
    package var secondaryClosureCode: String?
    /// The box that was scanned; by default the one that this engineer brings.
    package var fsan: String?
    package var serialNumber: String?
    package var vendor: String?

    package init() {}
}

/// A message to the operator, decided and written down before it is sent: a repeat after a kill is the same message.
struct VisitReport: Codable, Equatable, Sendable {
    /// The JSON-RPC id.
    let number: Int64
    let event: VisitEvent
    let at: Date
    let words: VisitWords
    /// Somebody waits for the operator's word on it.
    let isByHand: Bool
}
