/// What the network desk is told of a ticket: that there is work, and why.
package struct DeskNews: Codable, Equatable, Sendable {
    package let event: String

    package init(event: String) { self.event = event }
}
