import FoundationEssentials

extension FaultReport {
    /// The desk confirms that an engineer comes (T-099).
    package mutating func confirmVisit(because reason: String?, at now: Date) throws(Rejection) -> [Effect] {
        let visit = try visitToCome("confirm")
        guard visit.state == .booked else { throw refusal("the appointment is confirmed already") }
        return settle(visit, as: .confirmed, reason ?? "Appointment confirmed", .appointmentConfirmation, at: now)
    }

    /// The operator cannot honour the appointment (T-099): another is needed.
    package mutating func failVisit(because reason: String?, at now: Date) throws(Rejection) -> [Effect] {
        let visit = try visitToCome("fail")
        return releaseAppointment(visit)
            + settle(
                visit,
                as: .failed,
                reason ?? "The appointment cannot be honoured",
                .appointmentConfirmation,
                at: now
            )
    }

    /// The operator calls the appointment off (T-097).
    package mutating func cancelVisit(because reason: String?, at now: Date) throws(Rejection) -> [Effect] {
        let visit = try visitToCome("cancel")
        return releaseAppointment(visit)
            + settle(visit, as: .cancelled, reason ?? "Appointment cancelled", .appointmentCancelled, at: now)
    }

    /// The visit that an event is about, where the ticket's state lets visits happen.
    func visitToCome(_ deed: String) throws(Rejection) -> Visit {
        switch state {
        case .accepted, .open, .inProgress, .onHold, .reopened:
            guard let visit = openVisit else { throw refusal("there is no appointment to \(deed)") }
            return visit

        case .pending, .rejected, .resolved, .closed, .cancelled:
            throw refusal("there is no appointment to \(deed)")
        }
    }

    mutating func settle(
        _ visit: Visit,
        as end: Visit.State,
        _ text: String,
        _ change: TicketChange,
        isWithdrawal: Bool = false,
        at now: Date
    ) -> [Effect] {
        guard let last = visits.indices.last else { return [] }
        visits[last].state = end
        note(text, by: .seller, at: now)
        return [notify(change, isWithdrawal: isWithdrawal, at: now)]
    }

    /// The ticket ends or is resolved while somebody was still to come: nobody comes.
    mutating func withdrawVisit(at now: Date) -> [Effect] {
        guard let visit = openVisit else { return [] }
        let effects = releaseAppointment(visit)
        guard state != .pending else {
            visits[visits.count - 1].state = .cancelled
            return effects
        }
        let told = settle(
            visit,
            as: .cancelled,
            "Appointment cancelled",
            .appointmentCancelled,
            isWithdrawal: true,
            at: now
        )
        return effects + told
    }

    /// Gives the slot back to the book.
    func releaseAppointment(_ visit: Visit) -> [Effect] { tellAppointment(of: visit, .cancelled) }

    func tellAppointment(of visit: Visit, _ input: Appointment.Input) -> [Effect] {
        visit.appointment.map { [.tell(.appointment(id: $0, input: input))] } ?? []
    }
}
