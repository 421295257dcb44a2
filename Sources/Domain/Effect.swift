import FoundationEssentials

/// What must now happen, as an order. `Exchange` stores each in the commit of the decision; nothing else interprets them.
package enum Effect: Equatable, Sendable {
    /// Send a message, spelt in this commit from the state after the change, and delivered until answered.
    case send(Message, to: Recipient)
    /// Bring an input to another aggregate: a message inside the house, applied at least once and in order.
    case tell(Telling)
    /// Wake an aggregate at a time. The same key armed again is moved.
    case arm(TimerKey, at: Date)
    case disarm(TimerKey)
    /// Choose the partner that gets a job. The job hears of the choice in this commit, so that two jobs never get the
    /// same last engineer of a day.
    case place(JobPlacing)
    /// Tell the operator's people: journalled in this commit, logged and counted once it is durable.
    case alert(Alert)
}
