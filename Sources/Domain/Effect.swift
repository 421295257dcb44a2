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
    /// Settle a tenant's request in this commit: what an order makes of it and the order itself are true together
    /// (decision 2).
    case settle(ID<ChangeRequest>, ChangeRequest.Input)
    /// Take out of the outbox, in this commit, what an entity sends to a recipient and nobody ever tried to carry
    /// (decision 10). What is on its way stays.
    case withdraw(EntityRef, from: Recipient)
    /// Tell the operator's people: journalled in this commit, logged and counted once it is durable.
    case alert(Alert)
}
