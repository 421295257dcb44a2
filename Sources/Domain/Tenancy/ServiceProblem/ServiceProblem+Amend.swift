import FoundationEssentials

/// The request of a tenant's that its supplier has not decided yet; a problem has one at most (§3.2).
package struct OpenChange: Codable, Equatable, Sendable {
    package let id: ID<ProblemChange>
    package let wish: ProblemChange.Wish
    /// The visit that an amendment brings, used in the same commit.
    package let visit: BookedVisit?

    /// An update's words, with the request's number beside them (G-076).
    func details(_ details: KCIDetails = KCIDetails()) -> KCIDetails {
        var details = details
        switch wish {
        case .amendment: details.problemAmendment = id
        case .cancellation: details.problemCancellation = id
        }
        return details
    }
}

/// What a tenant may ask for while a problem is open (decision 10).
extension ServiceProblem {
    /// The tenant changes or adds something (G-114).
    package mutating func amend(
        _ id: ID<ProblemChange>,
        _ amendment: ProblemAmendment,
        visit: BookedVisit? = nil,
        at now: Date
    ) throws(Rejection) -> [Effect] {
        guard !isTerminal else { throw ended }
        guard openChange == nil else { throw anotherIsOpen }
        let problems = amendment.problems(for: report)
        guard problems.isEmpty else { throw Rejection(.invalid, "The amendment breaks a rule.", problems: problems) }
        openChange = OpenChange(id: id, wish: .amendment(wanted: amendment), visit: visit)
        return [.send(.problemAmended(change: id), to: .supplier(id: report.supplier))]
    }

    /// The tenant gives it up (G-115). An amendment that is still open is superseded (§3.2).
    ///
    /// - Parameter isSent: whether the problem ever left the house. One that did not is cancelled here and now, and taken
    ///   out of the outbox in the same commit (decision 10).
    package mutating func askToCancel(
        _ id: ID<ProblemChange>,
        _ cancellation: ProblemCancellation,
        isSent: Bool = true,
        at now: Date
    ) throws(Rejection) -> [Effect] {
        guard !isTerminal else { throw ended }
        var effects: [Effect] = []
        switch openChange?.wish {
        case .cancellation: throw anotherIsOpen
        case .amendment: effects = supersede(at: now)
        case nil: break
        }
        let asked = OpenChange(id: id, wish: .cancellation(wanted: cancellation), visit: nil)
        guard case .receivedByGateway = state, !isSent else {
            openChange = asked
            return effects + [.send(.problemCancelled(change: id), to: .supplier(id: report.supplier))]
        }
        effects += [.withdraw(ref, from: .supplier(id: report.supplier))] + giveBackVisits()
        state = .cancelled(at: now)
        let details = KCIDetails(text: "Cancelled before it was sent to the supplier.")
        return effects + [inform(.cancelled, asked.details(details), at: now)]
    }

    /// Slots that the supplier holds for nothing are given back to it.
    private func giveBackVisits() -> [Effect] {
        [visit, superseded?.visit].compactMap { $0?.reservation }.map { .tell(.reservation(id: $0, input: .unused)) }
    }

    /// An amendment that is open gives way, and the tenant is told so.
    private mutating func supersede(at now: Date) -> [Effect] {
        guard let amendment = openChange else { return [] }
        superseded = amendment
        let reason = "superseded by a cancellation"
        let effects = settle(.refused(reason: reason))
        return [inform(.update, amendment.details(KCIDetails(text: reason)), at: now)] + effects
    }

    /// The open request is decided: it hears how, and the state that it interrupted is back (SM-03).
    mutating func settle(_ outcome: ProblemChange.Input) -> [Effect] {
        guard let change = openChange else { return [] }
        openChange = nil
        switch state {
        case .pendingAmendment(let was), .pendingCancellation(let was): state = .working(was)
        case .receivedByGateway, .sentToSupplier, .failedToSend, .rejected, .working, .resolved, .cancelled, .completed:
            break
        }
        return [.tell(.problemChange(id: change.id, input: outcome))]
    }

    /// The problem has ended: so has whatever was still asked of it, and the tenant hears so after the end (SM-02).
    mutating func settleAtEnd(at now: Date) -> [Effect] {
        guard let change = openChange else { return [] }
        if case .cancellation = change.wish, status == .cancelled { return settle(.made) }
        let reason = "the problem ended as \(status.rawValue)"
        return settle(status == .failedToSend ? .unsent(reason: reason) : .refused(reason: reason))
            + [inform(.additional, change.details(KCIDetails(text: reason)), at: now)]
    }

    private var ended: Rejection {
        Rejection(
            .illegalTransition,
            "Problem \(id) has ended.",
            problems: [Rejection.Problem("/serviceProblemId", "names a problem that has ended: \(status.rawValue)")]
        )
    }

    private var anotherIsOpen: Rejection {
        Rejection(
            .illegalTransition,
            "Problem \(id) has an open request.",
            problems: [Rejection.Problem("/serviceProblemId", "has an amendment or a cancellation that is not decided")]
        )
    }
}
