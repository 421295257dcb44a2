import FoundationEssentials

/// A fault of a customer of the Supplier API: what it asks for, and what it is told (§3.2, §3.4).
extension FaultReport {
    package static let customerReferenceKey = "customerReference"

    /// A customer numbers its faults itself, for each of its tenants.
    package static func customerReferenceValue(customer: CustomerID, tenant: String, number: String) -> String {
        "\(customer)/\(tenant)/\(number)"
    }

    /// The name of the resolution that stands, or would be the next: a refused one is never meant by it.
    package var resolutionReference: String { "\(reference)-\(clock.refusedResolutions.count + 1)" }

    /// The customer changes or adds something (G-114). Decided at once: AMENDED names the request.
    package mutating func amend(
        _ amendment: FaultAmendment,
        visit: Visit?,
        as request: Int64,
        at now: Date
    ) throws(Rejection) -> [Effect] {
        var next = self
        next.expect(FaultRequest(number: request, isCancellation: false))
        var effects = try next.amend(amendment, visit: visit, at: now)
        // A pending one is amended without a word to a buyer; a customer waits for its answer.
        if next.buyer.customer?.answering != nil { effects.append(next.notify(.amended, at: now)) }
        self = next
        return effects
    }

    /// The customer gives it up (G-115). Decided at once: CANCELLED names the request.
    package mutating func cancel(because reason: String?, as request: Int64, at now: Date) throws(Rejection) -> [Effect]
    {
        var next = self
        next.expect(FaultRequest(number: request, isCancellation: true))
        let effects = try next.cancel(by: .buyer, because: reason, at: now)
        self = next
        return effects
    }

    private mutating func expect(_ request: FaultRequest) {
        guard case .customer(var customer) = buyer else { return }
        customer.answering = request
        buyer = .customer(account: customer)
    }

    /// The update that tells a customer of a change (G-093).
    ///
    /// - Parameter isWithdrawal: the change follows from the end of the fault: nobody is asked for another visit.
    func update(
        _ customer: inout FaultCustomer,
        of change: TicketChange,
        from before: FaultStatus,
        isWithdrawal: Bool,
        at now: Date
    ) -> SupplyUpdate {
        let reason = reason(of: change, from: before, isWithdrawal, customer)
        let answered = customer.answers(reason)
        if reason == .committed { customer.isCommitted = true }
        customer.updates += 1
        let words = TicketChange(reaching: status) == change ? statusReason : updates.last?.text
        var update = SupplyUpdate(
            sequence: customer.updates,
            reason: reason,
            issuedOn: now,
            problemCode: problemCode(of: reason, answered),
            text: words,
            supplierCodes: change.isOfVisit ? visits.last?.state.codes ?? [] : []
        )
        update.fault = FaultMoment(
            status: status,
            answering: answered,
            resolution: offered(by: customer, at: now)
        )
        return update
    }

    private func reason(
        of change: TicketChange,
        from before: FaultStatus,
        _ isWithdrawal: Bool,
        _ customer: FaultCustomer
    ) -> SupplyUpdate.Reason {
        switch change {
        case .pending, .reopened: .update
        case .accepted: .acknowledged
        case .rejected: .orderRejected
        case .open, .inProgress:
            if !customer.isCommitted { .committed } else { before == .onHold ? .resumed : .update }
        case .onHold: clock.openPause?.code == HoldReason.noAccess.code ? .reappoint : .informationRequired
        case .resolved: .confirm
        case .closed: .completed
        case .cancelled: .cancelled
        case .amended: customer.answering?.isCancellation == false ? .amended : .update
        case .appointmentConfirmation: visits.last?.state == .failed ? .reappoint : .update
        case .appointmentCancelled: isWithdrawal ? .update : .reappoint
        case .appointmentCompleted: visits.last?.state.needsAnother == true ? .reappoint : .update
        // One that waits for the end user says so itself, at once after this.
        case .appointmentMissed: visits.last?.state.isMissedByEndUser == true && holdsIfMissed ? .update : .reappoint
        }
    }

    private var holdsIfMissed: Bool { status == .open || status == .inProgress }

    /// Some reasons mean nothing without one (G-077).
    private func problemCode(of reason: SupplyUpdate.Reason, _ answered: FaultRequest?) -> ProblemCode? {
        switch reason {
        case .orderRejected: .invalidRequest
        case .cancelled: answered == nil ? .other : .customerChangedMind
        case .reappoint:
            clock.openPause?.code == HoldReason.noAccess.code || visits.last?.state.isMissedByEndUser == true
                ? .accessIssue : .supplierIssue
        case .created, .update, .acknowledged, .committed, .additional, .warning, .delay, .informationRequired,
            .amended,
            .amendmentRejected, .cancellationRejected, .resumed, .reappointed, .terminated, .completed, .confirm:
            nil
        }
    }

    /// The resolution that stands. Where work never began, the line was found to be well.
    private func offered(by customer: FaultCustomer, at now: Date) -> FaultMoment.Resolution? {
        switch state {
        case .resolved, .closed:
            FaultMoment.Resolution(
                reference: resolutionReference,
                text: statusReason,
                code: customer.isCommitted ? "NETWORK_ISSUE" : "NO_FAULT_FOUND",
                supplierCodes: visits.last?.state.codes ?? [],
                isLate: delay(at: now).seller > 0
            )
        case .pending, .rejected, .accepted, .open, .inProgress, .onHold, .reopened, .cancelled: nil
        }
    }
}

extension FaultCustomer {
    /// The request that an update answers, and is then answered.
    fileprivate mutating func answers(_ reason: SupplyUpdate.Reason) -> FaultRequest? {
        guard let request = answering, reason == (request.isCancellation ? .cancelled : .amended) else { return nil }
        answering = nil
        return request
    }
}

extension TicketChange {
    fileprivate var isOfVisit: Bool {
        switch self {
        case .appointmentConfirmation, .appointmentCancelled, .appointmentCompleted, .appointmentMissed: true
        case .pending, .rejected, .accepted, .open, .reopened, .inProgress, .resolved, .closed, .onHold, .cancelled,
            .amended:
            false
        }
    }
}

extension Visit.State {
    /// How it ended, in the codes of visits (T-084).
    fileprivate var codes: [String] {
        switch self {
        case .completed(let code): [code.rawValue]
        case .missed(let cause): [cause.code.rawValue]
        case .booked, .confirmed, .failed, .cancelled: []
        }
    }

    fileprivate var needsAnother: Bool {
        switch self {
        case .completed(let code): code.consequence == .needsAnotherVisit
        case .booked, .confirmed, .failed, .cancelled, .missed: false
        }
    }

    fileprivate var isMissedByEndUser: Bool {
        switch self {
        case .missed(let cause): cause.endUser
        case .booked, .confirmed, .failed, .cancelled, .completed: false
        }
    }
}
