import FoundationEssentials

/// A customer wants an order changed, or cancelled, while it is under way (decision 30).
extension SupplyOrder {
    /// The operator takes the request in, and decides it later. One at a time; a cancellation supersedes an amendment.
    package mutating func ask(
        _ number: Int64,
        _ content: SupplyChange.Content,
        at now: Date
    ) throws(Rejection) -> [Effect] {
        let change = SupplyChange(number: number, reference: "\(reference)-\(number)", content: content)
        guard !isDone, !isGivenUp else {
            throw Rejection(
                .illegalTransition,
                "Order \(reference) is \(state.name): it is no longer open.",
                problems: [Rejection.Problem("/orderId", "is of an order that has ended: \(state.name)")]
            )
        }
        var effects: [Effect] = []
        if let earlier = self.change {
            guard change.isCancellation, !earlier.isCancellation else {
                throw Rejection(
                    .illegalTransition,
                    "Order \(reference) has a request that is not decided yet.",
                    problems: [Rejection.Problem("/orderId", "is of an order with a request that is not decided yet")]
                )
            }
            effects += callOff(earlier.visit)
        }
        self.change = change
        return effects + [.arm(timer(.decision), at: now + request.pace.amendmentDecision)]
    }

    /// The operator decides. What has ended meanwhile is beyond changing: the end itself was the answer.
    mutating func decide(at now: Date) -> [Effect] {
        guard let change else { return [] }
        self.change = nil
        guard !isDone, !isGivenUp else { return callOff(change.visit) }
        switch change.content {
        case .cancellation:
            guard let effects = try? cancel(answering: change, at: now) else {
                return [refuse(change, "The order is past the point of no return.", at: now)]
            }
            return effects
        case .amendment(let changes, let visit):
            if let reason = obstacle(to: changes, visit) {
                return callOff(visit) + [refuse(change, reason, at: now)]
            }
            request.apply(changes)
            return amend(change, changes, visit, at: now)
        }
    }

    /// Why it can no longer be amended.
    private func obstacle(to changes: OrderChanges, _ visit: SupplyRequest.AgreedVisit?) -> String? {
        switch state {
        case .inProgress(_, .underWay): "The order is past the point of no return."
        case .held(_, let problem) where visit != nil && openJob != nil && problem != Self.noInstaller:
            "Works are under way that the visit has to wait for."
        case _ where needsAnotherJob(changes, visit) && jobs >= Self.jobNumbers - 1:
            "The order has had \(jobs) visits; it gets no more."
        case .received, .acknowledged, .committed, .inProgress, .held, .awaitingInformation, .completed, .partial,
            .cancelled, .failed:
            nil
        }
    }

    private func needsAnotherJob(_ changes: OrderChanges, _ visit: SupplyRequest.AgreedVisit?) -> Bool {
        visit != nil || openJob != nil && changes.concernsVisit
    }

    private mutating func amend(
        _ change: SupplyChange,
        _ changes: OrderChanges,
        _ visit: SupplyRequest.AgreedVisit?,
        at now: Date
    ) -> [Effect] {
        let earlier = self.visit
        let replaced = visit == nil || visit == earlier ? [] : callOff(earlier)
        switch state {
        case .received, .acknowledged:
            if let visit { latestVisit = visit }
            return [amended(change, at: now)] + replaced

        case .committed(var dates), .inProgress(var dates, .preparing), .held(var dates, _):
            guard let agreed = visit ?? (openJob != nil && changes.concernsVisit ? earlier : nil) else {
                return postpone(change, &dates, to: changes.requestedCompletionDate, at: now)
            }
            dates.targetDate = agreed.slot.day
            let calledOff = withdrawJob(because: visit == nil ? .orderAmended : .reappointed)
            state = .inProgress(dates: dates, stage: .preparing)
            let job = dispatch(openJobType ?? firstJob, slot: agreed.slot, agreed: agreed)
            return [amended(change, at: now)] + calledOff + replaced + [job]

        case .awaitingInformation(nil, _):
            guard let visit else { return [amended(change, at: now)] }
            latestVisit = visit
            state = .acknowledged
            return [amended(change, at: now)] + commit(at: now)

        case .awaitingInformation(let dates?, let problem):
            guard let visit else {
                let told = amended(change, at: now)
                guard problem == Self.askedForWords else { return [told] }
                state = .awaitingInformation(dates: dates, problem: Self.visitToAgree)
                let text = "Thank you. Another visit must be agreed."
                return [told, inform(.reappoint, problem: Self.visitToAgree, text, at: now)]
            }
            goOn(dates, on: visit.slot.day)
            return [amended(change, at: now)] + replaced + [dispatch(.revisit, slot: visit.slot, agreed: visit)]

        case .inProgress(_, .underWay), .completed, .partial, .cancelled, .failed:
            return []
        }
    }

    /// Another day for what nobody need come for. Where somebody comes, the appointment decides.
    private mutating func postpone(
        _ change: SupplyChange,
        _ dates: inout Commitment,
        to day: CivilDate?,
        at now: Date
    ) -> [Effect] {
        guard let day, visit == nil, openJob == nil, case .committed = state else { return [amended(change, at: now)] }
        dates.targetDate = day
        state = .committed(dates: dates)
        let told = amended(change, at: now)
        return [told, activation(on: day, dates, at: now)]
    }

    private mutating func withdrawJob(because reason: JobCancellation) -> [Effect] {
        guard let job = openJob else { return [] }
        openJob = nil
        return [.tell(.installationJob(id: job, input: .withdrawn(reason: reason)))]
    }

    private mutating func amended(_ change: SupplyChange, at now: Date) -> Effect {
        inform(.amended, answering: change, at: now)
    }

    private mutating func refuse(_ change: SupplyChange, _ reason: String, at now: Date) -> Effect {
        inform(
            change.isCancellation ? .cancellationRejected : .amendmentRejected,
            problem: .invalidRequest,
            reason,
            answering: change,
            at: now
        )
    }

    private func callOff(_ visit: SupplyRequest.AgreedVisit?) -> [Effect] {
        visit.map { [.tell(.appointment(id: $0.appointment, input: .cancelled))] } ?? []
    }

    /// What the customer is asked by INFORMATION_REQUIRED (SM-04), and what is asked next.
    static let askedForWords = ProblemCode.customerChangedMind
    static let visitToAgree = ProblemCode.additionalWork
}

extension SupplyRequest {
    /// As amended (G-057).
    mutating func apply(_ changes: OrderChanges) {
        characteristics = characteristics.merged(with: changes.characteristics)
        contact = Contact.merged(contact, changes.primaryContact)
        secondaryContact = Contact.merged(secondaryContact, changes.secondaryContact)
        requestedCompletionDate = changes.requestedCompletionDate ?? requestedCompletionDate
        engineerTasks = changes.engineerTasks ?? engineerTasks
        site = site.merged(with: changes.site)
    }
}
