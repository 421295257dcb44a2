import FoundationEssentials

/// What the scripted supplier makes of a line test: the value of the test's characteristic `SCRIPT`.
package enum TestScript: String, Codable, CaseIterable, Sendable {
    case green = "GREEN"
    case amber = "AMBER"
    case red = "RED"
    case failed = "FAILED"
    case rejected = "REJECTED"
    case answersLate = "ANSWERS_LATE"
    case unanswered = "UNANSWERED"

    /// By the problem, where none is named: as the town's operator does it (decision 28).
    package init(_ request: TestRequest) {
        let named = request.characteristics[ScriptCharacteristics.script].flatMap(TestScript.init)
        switch request.problemType {
        case .outage: self = named ?? .red
        case .performance: self = named ?? .amber
        case .cpe, .customer, .stability, .synchronisation: self = named ?? .green
        }
    }

    package func answers(attempt: Int) -> Bool {
        switch self {
        case .answersLate: attempt > OrderScript.attemptsIgnored
        case .unanswered: false
        case .green, .amber, .red, .failed, .rejected: true
        }
    }

    /// The supplier's word on it, given at once.
    package func answer(about test: ID<ServiceTest>, at now: Date) -> ServiceTest.Input {
        let reference = "SCR-T\(test)"
        switch self {
        case .green, .answersLate, .unanswered: return done(.green, "LINE_TEST_NORMAL", reference, at: now)
        case .amber: return done(.amber, "PERFORMANCE_BOTTLENECK", reference, at: now)
        case .red: return done(.red, "KNOWN_INCIDENT", reference, at: now)
        case .rejected: return .supplierRejected(problems: ["By the script \(rawValue)."])
        case .failed:
            let news = SupplierNews(
                message: MessageID("scripted-test-\(test)"),
                sequence: 1,
                reason: .terminated,
                issuedOn: now,
                receivedOn: now,
                problemCode: ProblemCode.supplierIssue.rawValue,
                text: "By the script \(rawValue).",
                supplierReference: reference
            )
            return .supplierUpdated(news)
        }
    }

    private func done(
        _ outcome: TestResult.Outcome,
        _ code: String,
        _ reference: String,
        at now: Date
    ) -> ServiceTest.Input {
        let result = TestResult(
            outcome: outcome,
            code: code,
            text: "By the script \(rawValue).",
            raiseProblem: outcome == .red,
            validUntil: now + ServiceTest.validity
        )
        return .supplierAcknowledged(reference: reference, result: result)
    }
}
