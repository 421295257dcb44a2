import FoundationEssentials

extension ServiceOrder {
    /// The supplier answered 201: it has the order, and may have committed to a date already (G-091).
    ///
    /// An answer that an update overtook only fills in what it alone says (decision 4).
    mutating func acknowledge(
        reference: String?,
        committed: CivilDate?,
        target: CivilDate?,
        as status: AcknowledgedAs,
        at now: Date
    ) -> [Effect] {
        switch state {
        case .receivedByGateway, .sentToSupplier:
            note(reference: reference, target: target)
            var effects = catchUpToAcknowledged(at: now)
            if status == .inProgress, let date = committed ?? target {
                effects += commit(to: date, at: now)
            }
            return effects

        case .acknowledged, .inProgress, .held, .pending, .pendingAmendment, .pendingCancellation, .failedToSend,
            .rejected, .cancelled, .failed, .partial, .completed:
            note(reference: reference, target: targetDate == nil ? target : nil)
            return []
        }
    }

    /// The supplier answered 202: it has the order, and acknowledges it by an update.
    mutating func acceptedForLater(at now: Date) -> [Effect] {
        switch state {
        case .receivedByGateway: catchUpToSent(at: now)
        case .sentToSupplier, .acknowledged, .inProgress, .held, .pending, .pendingAmendment, .pendingCancellation,
            .failedToSend, .rejected, .cancelled, .failed, .partial, .completed:
            []
        }
    }

    /// The supplier's first promise sets both dates; from then on only the target moves (F-024).
    mutating func commit(to date: CivilDate, of news: SupplierNews? = nil, at now: Date) -> [Effect] {
        moveOn(to: .working(.inProgress))
        guard committedDate == nil else {
            return [inform(.update, news?.details ?? KCIDetails(), of: news, at: now)]
        }
        committedDate = date
        if targetDate == nil { targetDate = date }
        return [inform(.committed, news?.details ?? KCIDetails(), of: news, at: now)]
    }
}
