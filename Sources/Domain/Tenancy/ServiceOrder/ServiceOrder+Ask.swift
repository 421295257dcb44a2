import FoundationEssentials

/// A tenant wants something done about an order that is under way (F-012, F-013, §3.2).
extension ServiceOrder {
    /// An amendment. In any state but a last one (decision 10); one at a time.
    package mutating func amend(
        _ id: ID<ChangeRequest>,
        _ changes: OrderChanges,
        visit: BookedVisit?,
        at now: Date
    ) throws(Rejection) -> [Effect] {
        try requireOpen("amended")
        if let openRequest { throw busy(with: openRequest) }
        if let obstacle = request.obstacleToAmendment {
            throw Rejection(
                .illegalTransition,
                "Order \(id) cannot be amended.",
                problems: [Rejection.Problem("/orderId", obstacle)]
            )
        }
        let problems = request.problems(with: changes, visit: visit, on: LondonTime.day(at: now))
        guard problems.isEmpty else { throw Rejection(.invalid, "The amendment breaks a rule.", problems: problems) }
        openRequest = OpenRequest(id: id, content: .amendment(changes: changes, visit: visit))
        return []
    }

    /// A cancellation. It supersedes an amendment that is open.
    ///
    /// - Parameter isSent: whether the order ever left the house. One that did not is cancelled here and now, and taken
    ///   out of the outbox in the same commit (decision 10).
    package mutating func cancel(
        _ id: ID<ChangeRequest>,
        because reason: CancellationReason,
        isSent: Bool,
        at now: Date
    ) throws(Rejection) -> [Effect] {
        try requireOpen("cancelled")
        if let openRequest, openRequest.isCancellation { throw busy(with: openRequest) }
        guard request.takes(reason) else {
            let allowed = CancellationReason.allCases.filter(request.takes).map(\.rawValue).joined(separator: ", ")
            throw Rejection(
                .invalid,
                "The cancellation breaks a rule.",
                problems: [Rejection.Problem("/reasonCode", "must be one of: \(allowed)")]
            )
        }
        var effects = supersede(by: id, at: now)
        let cancellation = OpenRequest(id: id, content: .cancellation)
        guard case .receivedByGateway = state, !isSent, !isUnsolicited else {
            openRequest = cancellation
            return effects
        }
        effects += [.withdraw(ref, from: .supplier(id: request.supplier))] + giveBack(visit)
        state = .cancelled(at: now)
        let details = KCIDetails(text: "Cancelled before it was sent to the supplier.")
        return effects + [inform(.cancelled, cancellation.details(details), at: now)]
    }

    /// An amendment that is open gives way: the order is as it was before, and waits for the cancellation alone.
    private mutating func supersede(by cancellation: ID<ChangeRequest>, at now: Date) -> [Effect] {
        guard let amendment = openRequest else { return [] }
        superseded = amendment
        openRequest = nil
        restore()
        let text = "Amendment \(amendment.id) is superseded by cancellation \(cancellation)."
        return [
            .settle(amendment.id, .rejected(reason: text)),
            .withdraw(
                EntityRef(kind: .changeRequest, number: amendment.id.number),
                from: .supplier(id: request.supplier)
            ),
            inform(.update, amendment.details(KCIDetails(text: text)), at: now),
        ]
    }

    /// Terminal states are final (SM-02, G-058).
    private func requireOpen(_ verb: String) throws(Rejection) {
        guard isTerminal else { return }
        throw Rejection(
            .illegalTransition,
            "Order \(id) is \(status.rawValue): it can no longer be \(verb).",
            problems: [Rejection.Problem("/orderId", "is of an order that has ended: \(status.rawValue)")]
        )
    }

    private func busy(with open: OpenRequest) -> Rejection {
        let what = open.isCancellation ? "cancellation" : "amendment"
        return Rejection(
            .illegalTransition,
            "Order \(id) waits for \(what) \(open.id).",
            problems: [Rejection.Problem("/orderId", "is of an order whose \(what) \(open.id) is open")]
        )
    }
}
