import FoundationEssentials

/// What a partner tells the operator about a job: `notifyJob` or `closeJob` (G-121…G-127), decided and not yet spelt.
package struct JobReport: Codable, Equatable, Sendable {
    package enum News: Codable, Equatable, Sendable {
        /// The contract has no word for it: the first header with our number is the acceptance.
        case accepted
        case assigned(engineer: Engineer)
        case enRoute(location: Location)
        case onSite(location: Location)
        case scanned(device: ScannedDevice)
        /// Answers only.
        case progress
        case closed(report: ClosingReport)
    }

    /// Which message about this job it is, from 1 (`jobHeader.sequence`); by it the operator's answer finds its step.
    package let sequence: Int64
    /// When it happened, by the engineer's clock.
    package let at: Date
    package let news: News
    package let answers: [QuestionAnswer]

    package init(sequence: Int64, at: Date, news: News, answers: [QuestionAnswer] = []) {
        self.sequence = sequence
        self.at = at
        self.news = news
        self.answers = answers
    }

    /// The operation as logs and metrics name it.
    package var operation: String {
        switch news {
        case .accepted, .progress: "notifyJob PROGRESS"
        case .assigned: "notifyJob ENGINEER_ASSIGNED"
        case .enRoute: "notifyJob EN_ROUTE"
        case .onSite: "notifyJob ON_SITE"
        case .scanned: "notifyJob ONT_SCANNED"
        case .closed(let report): "closeJob \(report.code)"
        }
    }
}
