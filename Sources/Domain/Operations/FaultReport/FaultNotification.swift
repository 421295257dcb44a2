/// One of the notifications T-090…T-101. The full ticket is spelt with it (T-014), from its state after the change.
///
/// One decision may cause two of them, a visit's end and the status that follows. So each keeps what the ticket said at
/// its moment: a notification never tells of what comes after it.
package struct FaultNotification: Codable, Equatable, Sendable {
    package let change: TicketChange
    package let status: FaultStatus
    package let statusReason: String?
    /// How many of the ticket's updates had been written by then.
    package let updates: Int
    /// Whether this change brought the comment; in any other it would make a reader take it for an amendment (G-140).
    package let showsComment: Bool

    package init(
        change: TicketChange,
        status: FaultStatus,
        statusReason: String? = nil,
        updates: Int,
        showsComment: Bool = false
    ) {
        self.change = change
        self.status = status
        self.statusReason = statusReason
        self.updates = updates
        self.showsComment = showsComment
    }
}
