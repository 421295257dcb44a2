import FoundationEssentials

extension FaultReport {
    /// Buyer or desk gives it up: until an engineer is at the door.
    package mutating func cancel(by party: TicketParty, because reason: String?, at now: Date) throws(Rejection)
        -> [Effect]
    {
        switch state {
        case .pending, .accepted, .open, .inProgress, .onHold, .reopened:
            guard !isEngineerOnSite(at: now) else { throw refusal("the engineer's visit has begun") }
            clock.resume(at: now)
            var effects: [Effect] = [.disarm(timer(.accept)), .disarm(timer(.settleVisit))]
            let isKnownToDesk = knownReference != nil
            effects += withdrawVisit(at: now)
            let text = reason ?? (party == .buyer ? "Cancelled by the buyer" : "Cancelled")
            effects.append(reach(.cancelled(at: now), because: text, by: party, at: now))
            if party == .buyer, isKnownToDesk { effects.append(tellDesk(.cancelled)) }
            return effects

        case .rejected, .resolved, .closed, .cancelled:
            throw refusal("it can no longer be cancelled")
        }
    }

    /// Repairs have no job that would report an arrival (decision 32), so a confirmed visit counts as begun by the clock.
    private func isEngineerOnSite(at now: Date) -> Bool {
        guard let visit = openVisit, visit.state == .confirmed else { return false }
        return now >= visit.slot.start
    }
}
