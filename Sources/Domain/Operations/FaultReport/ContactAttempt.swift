import FoundationEssentials

/// One try to reach the end user while a ticket waits: a message if possible, then two further calls (T-019).
package struct ContactAttempt: Codable, Equatable, Sendable {
    package enum Means: String, Codable, CaseIterable, Sendable { case message, call }

    package enum Outcome: String, Codable, CaseIterable, Sendable {
        /// A message was left, or sent.
        case left = "message-left"
        case noAnswer = "no-answer"
        /// Busy, or a number that leads nowhere.
        case failed
        case reached
    }

    package let kind: Means
    package let outcome: Outcome
    package let at: Date

    package init(kind: Means, outcome: Outcome, at: Date) {
        self.kind = kind
        self.outcome = outcome
        self.at = at
    }

    /// As a line of the ticket's history says it.
    package var text: String {
        let what =
            switch kind {
            case .message: "Message to the end user"
            case .call: "Call to the end user"
            }
        return switch outcome {
        case .left: "\(what): a message was left"
        case .noAnswer: "\(what): no answer"
        case .failed: "\(what): not possible"
        case .reached: "\(what): reached"
        }
    }
}

extension [ContactAttempt] {
    /// On one hold: T-019 asks for three; twenty is a call a working day for a month.
    package static var contactsMax: Int { 20 }
    /// Calls that must follow the message before nobody can say that too little was tried (T-019).
    package static var callsAfterMessage: Int { 2 }

    /// Whether the end user was left a message and called twice after it, all in vain.
    package var isExhausted: Bool {
        guard !contains(where: { $0.outcome == .reached }), let first = firstIndex(where: { $0.kind == .message })
        else { return false }
        return self[first...].count(where: { $0.kind == .call }) >= Self.callsAfterMessage
    }
}
