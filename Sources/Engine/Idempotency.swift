import Domain
import Formats
import FoundationEssentials
import Storage

extension Exchange {
    /// How long an answer is remembered (contract §2: 24 h).
    package static let answerLifetime: Duration = .seconds(24 * 60 * 60)

    /// Answers a request once: the first time by `body`, in the commit of what it promises; a repeat with the same
    /// content gets the stored answer again, and changes nothing.
    ///
    /// Concurrent repeats are one after another in the store, so only the first has an effect. Refusals aren't
    /// stored: they are worked out again.
    ///
    /// - Throws: ``Rejection/Code/keyReused`` if the key came before with other content; it names the earlier request.
    package func answer(
        _ key: IdempotencyKey,
        lifetime: Duration = Self.answerLifetime,
        _ cause: Cause,
        _ body: @escaping @Sendable (inout Change) throws -> StoredAnswer
    ) async throws -> Answered {
        try await change(cause) { change in
            if let stored = try change.storage.answer(to: key, at: change.now) {
                try key.requireSameContent(as: stored, lifetime: lifetime)
                return Answered(answer: stored, isRepeat: true)
            }
            let answer = try body(&change)
            try change.storage.remember(answer, for: key, until: change.now + lifetime)
            return Answered(answer: answer, isRepeat: false)
        }
    }

    /// The stored answer to a request that came before, if it did; for operations of more than one commit.
    package func earlierAnswer(
        to key: IdempotencyKey,
        lifetime: Duration = Self.answerLifetime
    ) async throws -> StoredAnswer? {
        let now = time.now()
        guard let stored = try await store.read({ try $0.answer(to: key, at: now) }) else { return nil }
        try key.requireSameContent(as: stored, lifetime: lifetime)
        return stored
    }
}

extension IdempotencyKey {
    /// - Throws: ``Rejection/Code/keyReused`` with the key and the time of the request that it was used for.
    fileprivate func requireSameContent(as stored: StoredAnswer, lifetime: Duration) throws(Rejection) {
        guard !isAnswered(by: stored) else { return }
        let at = stored.expires.map { " at \(Timestamp.format($0 + (.zero - lifetime)))" } ?? ""
        throw Rejection(.keyReused, "\(key) was used for another request\(at).")
    }
}

extension Change {
    /// Whether a request was answered meanwhile. An operation of more than one commit asks in its first one: a repeat that
    /// looked before the first was done, and comes after, finds nothing else of it there.
    package func isAnswered(_ key: IdempotencyKey) throws -> Bool {
        try storage.answer(to: key, at: now) != nil
    }
}

package struct Answered: Sendable {
    package let answer: StoredAnswer
    package let isRepeat: Bool
}
