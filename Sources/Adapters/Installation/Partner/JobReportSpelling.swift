import Domain
import Engine

extension DispatchReception {
    /// Spells what goes to an operator, but for its number; `nil` for what isn't a partner's (decision 1).
    package static func spell(
        _ message: Message,
        to recipient: Recipient,
        from sender: any Aggregate,
        _ context: SpellingContext
    ) -> Spelling? {
        guard case .jobReport(let report) = message, case .dispatcher = recipient, let order = sender as? WorkOrder
        else { return nil }
        let header = JobHeader(
            reference: order.reference,
            providerJobId: order.providerJobId,
            eventTime: report.at,
            sequence: report.sequence
        )
        guard case .closed(let closing) = report.news else {
            return .json(NotifyJob(header: header, news: report.news.spoken, answers: report.answers).bytes(id: nil))
        }
        return .json(CloseJob(header: header, closing: closing).bytes(id: nil))
    }
}

extension JobReport.News {
    /// In the words of `notifyJob` (G-125). An acceptance is a report of no progress yet.
    fileprivate var spoken: NotifyJob.News {
        switch self {
        case .accepted, .progress, .closed: .progress
        case .assigned(let engineer): .engineerAssigned(engineer: engineer)
        case .enRoute(let location): .enRoute(location: location, engineer: nil)
        case .onSite(let location): .onSite(location: location, engineer: nil)
        case .scanned(let device): .ontScanned(device: device)
        }
    }
}
