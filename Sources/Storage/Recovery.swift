/// What a process that died had under way, as the next one finds it at its start.
package struct Recovery: Equatable, Sendable {
    /// So many times in a row the process may die while a message is under way. Once is a restart, twice may be chance;
    /// and the third time the message was delivered alone.
    package static let deathsMax = 3

    /// Messages that were parked, for a person to see to.
    package let parked: [OutboxRow]
    /// Messages that are held, to be delivered one after another.
    package let held: Int

    package init(parked: [OutboxRow], held: Int) {
        self.parked = parked
        self.held = held
    }
}
