import FoundationEssentials

extension WorkOrder {
    /// The visit is over (I-006). The same again is said already; another is refused, for closed is final (§3.7).
    package mutating func close(_ closing: ClosingReport, now: Date) throws(Rejection) -> [Effect] {
        switch state {
        case .closing(closing, _), .closed(closing):
            return []
        case .closing, .closed:
            throw Rejection(.illegalTransition, "Job \(reference) is \(stateName) with other content.")
        case .open, .declining, .declined, .cancelled:
            let stage = try goingOn(.end)
            guard stage >= .assigned || closing.code.meaning.isWithoutVisit else {
                throw Rejection(
                    .illegalTransition,
                    "Job \(reference) is \(stateName); it cannot be closed before an engineer is assigned."
                )
            }
            // One that the operator refused may come again.
            answers += closing.answers.filter { !answers.contains($0) }
            state = .closing(report: closing, stage: stage)
            return report(.closed(report: closing), as: .closed, at: closing.closedAt, now: now)
        }
    }
}

extension ClosingReport {
    /// What a code demands of the rest: a reason for CON and POP (I-023), a secondary code of its own family (I-022),
    /// answers unless nobody came (G-126).
    ///
    /// - Throws: everything that is wrong, by the pointer of an app's request.
    package func check(against catalogue: ClosureCatalogue) throws(Rejection) {
        var problems: [Rejection.Problem] = []
        if ClosureCatalogue.mustExplain.contains(code.meaning) {
            let why = "is required with closure code \(code.canonical)"
            if secondary == nil { problems.append(.init("/secondaryClosureCode", why)) }
            if secondaryDescription == nil { problems.append(.init("/secondaryClosureDescription", why)) }
        }
        if let secondary {
            do throws(Rejection) {
                try catalogue.check(secondary, of: code)
            } catch {
                problems.append(.init("/secondaryClosureCode", error.problems.first?.message ?? error.message))
            }
        }
        if answers.isEmpty, !code.meaning.isWithoutVisit {
            problems.append(.init("/answers", "may be empty only with closure code NTR, MBORC or FTA"))
        }
        guard let first = problems.first else { return }
        throw Rejection(.invalid, "\(first.pointer.dropFirst()) \(first.message).", problems: problems)
    }
}
