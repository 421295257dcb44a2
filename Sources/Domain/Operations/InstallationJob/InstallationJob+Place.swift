import FoundationEssentials

extension InstallationJob {
    /// Asks for the next partner.
    var wantsPartner: Effect {
        .place(
            JobPlacing(
                job: id,
                day: pack.visit.slot.day,
                uprn: pack.address.uprn,
                postcode: pack.postcode,
                preferred: pack.partner,
                refused: formerPartners ?? []
            )
        )
    }

    /// The choice was made: the job goes out, or nobody is left and the order hears of it.
    mutating func place(with chosen: PartnerID?, at now: Date) -> [Effect] {
        switch state {
        case .open(.created) where placedWith == nil:
            guard let chosen else {
                state = .declined(code: 0, reason: "No partner covers the address and has room on the day.")
                return leftAlone(at: now)
            }
            return send(to: chosen, at: now)
        case .declined, .failedToSend:
            guard let chosen else { return leftAlone(at: now) }
            return send(to: chosen, at: now)
        case .open, .cancelRequested, .closed, .cancelled:
            return []
        }
    }

    /// The operator's people give the job to another partner: to `chosen`, or to the next that can.
    ///
    /// A partner that has it is told that it no longer has; from the moment the engineer sets out it is too late.
    package mutating func redispatch(to chosen: PartnerID?, at now: Date) throws(Rejection) -> [Effect] {
        var effects: [Effect] = []
        switch state {
        case .open(let stage) where stage < .enRoute:
            guard chosen != partner else {
                throw Rejection(.illegalTransition, "Job \(reference) is with partner \(partner) already.")
            }
            effects = [tellPartner(.jobCancelled(reason: .operatorWithdrawn, placing: placing))] + silence
            leave()
            state = .declined(code: 0, reason: "The operator gives it to another partner.")
        case .failedToSend where placedWith != nil || formerPartners == nil:
            // It may have it after all, and must not come as well.
            if chosen != partner {
                effects = [tellPartner(.jobCancelled(reason: .operatorWithdrawn, placing: placing))]
            }
            leave()
        case .declined, .failedToSend:
            // Nobody has it.
            break
        case .open, .cancelRequested, .closed, .cancelled:
            throw Rejection(.illegalTransition, "Job \(reference) is \(stateName); it cannot go to another partner.")
        }
        guard let chosen else { return effects + [wantsPartner] }
        return effects + send(to: chosen, at: now)
    }

    /// The present partner no longer has it: what it says from now on is answered with −32005.
    mutating func leave() {
        let holder = partner
        formerPartners = (formerPartners ?? []).filter { $0 != holder } + [holder]
        self.placedWith = nil
        providerJobId = nil
        engineer = nil
    }

    private mutating func send(to chosen: PartnerID, at now: Date) -> [Effect] {
        formerPartners = formerPartners?.filter { $0 != chosen }
        placedWith = chosen
        placing = (placing ?? 0) + 1
        state = .open(stage: .created)
        return [
            tellPartner(.jobCreated(placing: placing)), .arm(timer(.noWord), at: pack.visit.slot.start + Self.patience),
        ]
    }

    private func leftAlone(at now: Date) -> [Effect] {
        [
            tellOrder(.declined, at: now),
            .alert(Alert(.jobWithoutPartner, "No partner takes job \(reference) on \(pack.visit.slot.day).")),
        ]
    }
}
