import FoundationEssentials

/// The request of a tenant's that its supplier has not decided yet; a problem has one at most (§3.2).
package struct OpenChange: Codable, Equatable, Sendable {
    package let id: ID<ProblemChange>
    package let wish: ProblemChange.Wish
    /// The visit that an amendment brings, used in the same commit.
    package let visit: BookedVisit?

    /// The request as a KCI names it.
    var details: KCIDetails {
        switch wish {
        case .amendment: KCIDetails(problemAmendment: id)
        case .cancellation: KCIDetails(problemCancellation: id)
        }
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
    package mutating func askToCancel(
        _ id: ID<ProblemChange>,
        _ cancellation: ProblemCancellation,
        at now: Date
    ) throws(Rejection) -> [Effect] {
        guard !isTerminal else { throw ended }
        var effects: [Effect] = []
        switch openChange?.wish {
        case .cancellation: throw anotherIsOpen
        case .amendment: effects = settle(.refused(reason: "superseded by a cancellation"))
        case nil: break
        }
        openChange = OpenChange(id: id, wish: .cancellation(wanted: cancellation), visit: nil)
        return effects + [.send(.problemCancelled(change: id), to: .supplier(id: report.supplier))]
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

    /// The problem has ended: so has whatever was still asked of it.
    mutating func settleAtEnd() -> [Effect] {
        if case .cancellation = openChange?.wish, status == .cancelled { return settle(.made) }
        return settle(.refused(reason: "the problem ended as \(status.rawValue)"))
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
