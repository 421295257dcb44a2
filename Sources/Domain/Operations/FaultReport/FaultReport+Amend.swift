import FoundationEssentials

extension FaultReport {
    /// The buyer adds to it or corrects it. A comment or a new appointment also ends a hold (decision 32).
    ///
    /// - Parameter visit: the appointment behind a key that the ticket did not have, confirmed in the same commit.
    package mutating func amend(_ amendment: FaultAmendment, visit: Visit? = nil, at now: Date) throws(Rejection)
        -> [Effect]
    {
        switch state {
        case .pending, .accepted, .open, .inProgress, .onHold, .resolved, .reopened:
            try check(amendment, hasVisit: visit != nil)
            if amendment.status == .cancelled {
                take(amendment, at: now)
                return try cancel(by: .buyer, because: amendment.statusReason, at: now)
            }
            take(amendment, at: now)
            var effects = visit.map { book($0, at: now) } ?? []
            if let status = amendment.status, status != self.status {
                note(
                    "The buyer's status \(status.rawValue) was ignored: only cancelled may be set",
                    by: .seller,
                    at: now
                )
            }
            let hasComment = amendment.comment != nil
            if amendment.updates.isEmpty, !hasComment, visit == nil { note("Amended", by: .buyer, at: now) }
            guard state != .pending else { return effects }
            effects += [notify(.amended, showsComment: hasComment, at: now), tellDesk(.amended)]
            if case .onHold = state, hasComment || visit != nil {
                effects.append(goOn(because: "The buyer answered", by: .seller, at: now))
            }
            return effects

        case .rejected, .closed, .cancelled:
            throw refusal("it can no longer be amended")
        }
    }

    private func check(_ amendment: FaultAmendment, hasVisit: Bool) throws(Rejection) {
        var problems: [Rejection.Problem] = []
        if let service = amendment.service, service != self.service {
            problems.append(Rejection.Problem("serviceAffected", "a ticket is about one service: \(self.service)"))
        }
        let type = amendment.type ?? details.type
        if type.requiresAppointment != details.type.requiresAppointment {
            problems.append(Rejection.Problem("type", "cannot become \(type.name): the appointment rule differs"))
        }
        if hasVisit, !type.requiresAppointment {
            problems.append(Rejection.Problem("appointmentReservationKey", "not allowed for the type \(type.name)"))
        }
        if hasVisit, amendment.status == .cancelled {
            problems.append(Rejection.Problem("appointmentReservationKey", "not allowed in a cancellation"))
        }
        if hasVisit, case .resolved = state {
            problems.append(Rejection.Problem("appointmentReservationKey", "the fault is resolved"))
        }
        problems += Self.problems(with: amendment.attachments, beside: attachments)
        guard problems.isEmpty else {
            throw Rejection(.invalid, "The amendment cannot be accepted.", problems: problems)
        }
    }

    private mutating func take(_ amendment: FaultAmendment, at now: Date) {
        if let value = amendment.reported { reported = value }
        if let value = amendment.parentReference { parentReference = value }
        if let value = amendment.reporter { reporter = value }
        if let value = amendment.endUser { endUser = value }
        if let value = amendment.description { details.description = value }
        if let value = amendment.type { details.type = value }
        if let value = amendment.started { details.started = value }
        if let value = amendment.location { details.location = value }
        if let value = amendment.siteAccess { details.siteAccess = value }
        if let value = amendment.siteContact { details.siteContact = value }
        if let value = amendment.triageComplete { details.buyerTriage.isComplete = value }
        if let value = amendment.triageFindings { details.buyerTriage.findings = value }
        if let value = amendment.priority { priority = value }
        announce(amendment.attachments, at: now)
        for update in amendment.updates { note(update.text, by: update.by, at: update.at) }
        if let comment = amendment.comment {
            self.comment = comment
            note(comment.text, by: comment.by, at: now)
        }
    }

    /// The new appointment takes the place of one that is still to come.
    private mutating func book(_ visit: Visit, at now: Date) -> [Effect] {
        let effects = openVisit.map { releaseAppointment($0) } ?? []
        if openVisit != nil { visits[visits.count - 1].state = .cancelled }
        visits.append(visit)
        note("Appointment \(visit.slot.day) \(visit.slot.startTime)-\(visit.slot.endTime) given", by: .buyer, at: now)
        return effects
    }
}
