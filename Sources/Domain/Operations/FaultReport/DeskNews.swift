/// What the network desk is told of a ticket: that there is work, and why.
///
/// The ticket's reference, status and appointment are spelt with it.
package struct DeskNews: Codable, Equatable, Sendable {
    package enum Event: String, Codable, CaseIterable, Sendable {
        case accepted
        case amended
        case reopened = "re-opened"
        case cancelled
    }

    package let cause: Event

    package init(_ cause: Event) { self.cause = cause }

    package var event: String { cause.rawValue }
}
