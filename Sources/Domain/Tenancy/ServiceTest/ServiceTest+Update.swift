import FoundationEssentials

extension ServiceTest {
    /// How long a result speaks for the line, where the supplier doesn't say (G-104).
    package static let validity: TimeInterval = 2 * 60 * 60

    /// What the supplier says became of the test, each update in its turn; what the state does not allow changes nothing.
    mutating func apply(_ news: SupplierNews, at now: Date) throws(Rejection) -> [Effect] {
        note(news.supplierReference)
        switch news.reason {
        case .acknowledged, .committed: return catchUpToInProgress(of: news, at: now)

        case .update:
            return catchUpToSent(at: now) + [inform(.update, news.details, of: news, at: now)]

        case .additional:
            return catchUpToSent(at: now) + [inform(.additional, news.details, of: news, at: now)]

        case .warning:
            try news.requireProblemCode()
            return catchUpToSent(at: now) + [inform(.warning, news.details, of: news, at: now)]

        case .orderRejected:
            guard status == .receivedByGateway || status == .sentToSupplier else { throw illegal("a rejection") }
            let effects = catchUpToSent(at: now)
            state = .rejected(at: now)
            return effects + [inform(.terminated, news.details, of: news, at: now)]

        case .terminated, .cancelled:
            let effects = catchUpToInProgress(of: news, at: now)
            state = .failed(at: now)
            return effects + [inform(.terminated, news.details, of: news, at: now)]

        case .completed:
            guard let result = news.result else {
                throw Rejection(
                    .invalid,
                    "A completed test has a result.",
                    problems: [Rejection.Problem("/serviceTest/result", "is missing")]
                )
            }
            return complete(with: result, of: news, at: now)

        case .created, .delay, .informationRequired, .reappoint, .amended, .amendmentRejected, .cancellationRejected,
            .resumed, .reappointed, .confirm:
            throw illegal(news.reason.rawValue)
        }
    }

    mutating func complete(with result: TestResult, of news: SupplierNews? = nil, at now: Date) -> [Effect] {
        let effects = catchUpToInProgress(of: news, at: now)
        let dated = TestResult(
            outcome: result.outcome,
            code: result.code,
            text: result.text,
            raiseProblem: result.raiseProblem,
            validUntil: result.validUntil ?? now + Self.validity,
            measures: result.measures
        )
        state = .completed(result: dated, at: now)
        return effects + [inform(.completed, news?.details ?? KCIDetails(), of: news, at: now)]
    }
}
