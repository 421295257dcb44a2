import FoundationEssentials

/// What becomes of a tenant's request (§3.2): the order's state and the request's change in one commit.
extension ServiceOrder {
    /// The supplier answers. An answer that an update or a cancellation overtook has nothing more to say (decision 4).
    mutating func hear(_ answer: RequestAnswer, to id: ID<ChangeRequest>, at now: Date) -> [Effect] {
        guard let open = openRequest, open.id == id else { return [] }
        switch answer {
        case .taken(let reference):
            return [.settle(id, .taken(reference: reference))] + wait(for: open, at: now)

        case .done(let reference):
            let effects: [Effect] = [.settle(id, .taken(reference: reference))]
            return effects + (open.isCancellation ? cancelled(by: open, at: now) : amended(by: open, at: now))

        case .refused(let problems):
            let details = KCIDetails(problemCode: ProblemCode.invalidRequest.rawValue, notes: problems)
            let reason = problems.isEmpty ? "refused by the supplier" : problems.joined(separator: " ")
            return refused(open, because: reason, details, at: now) + giveBack(open.visit)

        case .failed(let reason):
            openRequest = nil
            restore()
            let about = open.details(KCIDetails())
            let error = tell(.error(code: "SUPPLIER_FAULT", messages: [reason], about: about), at: now)
            return [.settle(id, .sendingFailed(reason: reason)), error] + giveBack(open.visit)
        }
    }

    /// The supplier has it and will decide. One that takes a request has the order: an acknowledgement that was skipped
    /// is caught up on.
    private mutating func wait(for open: OpenRequest, at now: Date) -> [Effect] {
        let effects = catchUpToAcknowledged(at: now)
        guard let resumable else { return effects }
        state = open.isCancellation ? .pendingCancellation(was: resumable) : .pendingAmendment(was: resumable)
        return effects + [inform(.update, open.details(KCIDetails(text: status.rawValue)), at: now)]
    }

    /// It is as the tenant wished. An order that waited for just that goes on.
    mutating func amended(by open: OpenRequest?, of news: SupplierNews? = nil, at now: Date) -> [Effect] {
        var effects = catchUpToAcknowledged(of: news, at: now)
        apply(open)
        if let moved = news?.visit { reappoint(moved) }
        if let open { effects.append(.settle(open.id, .completed)) }
        openRequest = nil
        restore()
        if case .pending(let was) = state, satisfies(open, news) { state = was.state }
        let details = news?.details ?? KCIDetails()
        return effects + [inform(.amended, open?.details(details) ?? details, of: news, at: now)]
    }

    mutating func cancelled(by open: OpenRequest?, of news: SupplierNews? = nil, at now: Date) -> [Effect] {
        var effects = catchUpToSent(at: now)
        if let open { effects.append(.settle(open.id, .completed)) }
        openRequest = nil
        state = .cancelled(at: now)
        let details = news?.details ?? KCIDetails()
        return effects + [inform(.cancelled, open?.details(details) ?? details, of: news, at: now)]
    }

    /// Refused: all is as it was before (SM-03), and the tenant may ask again.
    mutating func refused(
        _ open: OpenRequest?,
        because reason: String,
        _ details: KCIDetails,
        of news: SupplierNews? = nil,
        at now: Date
    ) -> [Effect] {
        openRequest = nil
        restore()
        let settled: [Effect] = open.map { [.settle($0.id, .rejected(reason: reason))] } ?? []
        return settled + [ask(.resubmit, open?.details(details) ?? details, of: news, at: now)]
    }

    /// Whatever is open when the order ends comes to nothing, and the tenant hears so after the end (SM-02).
    mutating func closeRequest(at now: Date) -> [Effect] {
        guard isTerminal, let open = openRequest else { return [] }
        openRequest = nil
        let name = open.isCancellation ? "Cancellation" : "Amendment"
        let reason = "\(name) \(open.id) came to nothing: the order is \(status.rawValue)."
        let fate: ChangeRequest.Input =
            if case .failedToSend = state { .sendingFailed(reason: reason) } else { .rejected(reason: reason) }
        return [
            .settle(open.id, fate),
            .withdraw(EntityRef(kind: .changeRequest, number: open.id.number), from: .supplier(id: request.supplier)),
            inform(.additional, open.details(KCIDetails(text: reason)), at: now),
        ]
    }

    /// As the state was before a request was with the supplier (SM-03).
    mutating func restore() {
        switch state {
        case .pendingAmendment(let was), .pendingCancellation(let was): state = was.state
        case .receivedByGateway, .sentToSupplier, .acknowledged, .inProgress, .held, .pending, .failedToSend, .rejected,
            .cancelled, .failed, .partial, .completed:
            break
        }
    }

    /// What the tenant wished is so.
    mutating func apply(_ open: OpenRequest?) {
        guard case .amendment(let changes, let visit)? = open?.content else { return }
        request.apply(changes, visit: visit)
        if let visit { reappoint(visit) }
    }

    mutating func reappoint(_ visit: BookedVisit) {
        self.visit = visit
        isReappointed = true
    }

    /// A slot that the supplier holds for nothing is given back to it.
    func giveBack(_ visit: BookedVisit?) -> [Effect] {
        visit?.reservation.map { [.tell(.reservation(id: $0, input: .unused))] } ?? []
    }

    /// Whether what the tenant was asked for is there: another visit, or words. A supplier that still misses something
    /// asks again.
    private func satisfies(_ open: OpenRequest?, _ news: SupplierNews?) -> Bool {
        switch awaited {
        case .reappoint: open?.visit != nil || news?.visit != nil || open == nil
        case .informationRequired, .resubmit, .confirm, nil: true
        }
    }

    /// What a request interrupts; `nil` before the acknowledgement and after the end.
    private var resumable: Resumable? {
        switch state {
        case .acknowledged: .working(.acknowledged)
        case .inProgress: .working(.inProgress)
        case .held: .working(.held)
        case .pending(let was): .pending(was: was)
        case .pendingAmendment(let was), .pendingCancellation(let was): was
        case .receivedByGateway, .sentToSupplier, .failedToSend, .rejected, .cancelled, .failed, .partial, .completed:
            nil
        }
    }
}

extension ServiceOrder.OpenRequest {
    var visit: BookedVisit? {
        switch content {
        case .amendment(_, let visit): visit
        case .cancellation: nil
        }
    }
}
