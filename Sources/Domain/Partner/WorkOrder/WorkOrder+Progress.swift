import FoundationEssentials

extension WorkOrder {
    /// Answers on the way (I-030).
    package mutating func progress(
        _ answers: [QuestionAnswer],
        at time: Date,
        now: Date
    ) throws(Rejection) -> [Effect] {
        try tell(.progress, as: .progress, reaching: .accepted, at: time, answers: answers, now: now)
    }
}
