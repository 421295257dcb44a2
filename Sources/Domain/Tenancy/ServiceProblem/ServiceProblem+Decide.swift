import FoundationEssentials

/// What the supplier makes of a tenant's request (§3.2). An answer to one that is no longer open is an echo.
extension ServiceProblem {
    /// 202: it has the request, and will say.
    mutating func take(_ id: ID<ProblemChange>, at now: Date) -> [Effect] {
        guard let change = openChange, change.id == id else { return [] }
        switch (state, change.wish) {
        case (.working(let was), .amendment): state = .pendingAmendment(was: was)
        case (.working(let was), .cancellation): state = .pendingCancellation(was: was)
        case (.pendingAmendment, _), (.pendingCancellation, _): return []
        // What isn't worked on keeps its state: there is nothing to interrupt.
        case (.receivedByGateway, _), (.sentToSupplier, _), (.resolved, _), (.failedToSend, _), (.rejected, _),
            (.cancelled, _), (.completed, _):
            break
        }
        return [inform(.update, change.details(), at: now), .tell(.problemChange(id: id, input: .taken))]
    }

    /// It is done as the tenant wished.
    mutating func make(_ id: ID<ProblemChange>, of news: SupplierNews? = nil, at now: Date) -> [Effect] {
        guard let change = openChange, change.id == id else { return [] }
        let details = change.details(news?.details ?? KCIDetails())
        switch change.wish {
        case .amendment(let amendment):
            let effects = settle(.made)
            report = report.amended(by: amendment)
            if let booked = change.visit { visit = booked }
            return [inform(.amended, details, of: news, at: now)] + effects
        case .cancellation:
            state = .cancelled(at: now)
            return [inform(.cancelled, details, of: news, at: now)] + settleAtEnd(at: now)
        }
    }

    /// The supplier refuses: the tenant may ask again, in other words (RESUBMIT).
    mutating func refuse(
        _ id: ID<ProblemChange>,
        because reason: String,
        of news: SupplierNews? = nil,
        at now: Date
    ) -> [Effect] {
        guard let change = openChange, change.id == id else { return [] }
        let details = change.details(news?.details ?? KCIDetails(text: reason))
        let effects = settle(.refused(reason: reason))
        return [tell(.action(type: .resubmit, details: details), of: news, at: now)] + effects
    }

    /// The request never reached the supplier.
    mutating func giveUp(_ id: ID<ProblemChange>, because reason: String, at now: Date) -> [Effect] {
        guard let change = openChange, change.id == id else { return [] }
        let effects = settle(.unsent(reason: reason))
        let error = KCI.Content.error(code: "SUPPLIER_FAULT", messages: [reason], about: change.details())
        return [tell(error, at: now)] + effects
    }
}
