/// One thing that is wrong with a well-formed message: where, which kind, and in words.
///
/// The words never repeat the value: it may be a subscriber's.
package struct Problem: Error, Equatable, Sendable, Codable {
    package enum Code: String, Sendable, Codable, CaseIterable {
        case missing, wrongType, empty, tooShort, tooLong, pattern, notAllowed, outOfRange, duplicate, unknownField
        /// A rule of the contract that is about more than one value's shape.
        case rule
    }

    /// RFC 6901; empty for the whole document.
    package var pointer: String
    package var code: Code
    package var message: String

    package init(pointer: String, code: Code, message: String) {
        self.pointer = pointer
        self.code = code
        self.message = message
    }
}

/// Everything wrong with one message, collected while it is read once.
///
/// A class, so that the readers of a message's parts report to one place; not `Sendable`, so that it cannot leave the
/// synchronous reading that it belongs to. What leaves is `all`.
package final class Problems {
    /// Nobody mends more than this at once, and an answer must not be larger than what it answers.
    package static let countMax = 100

    package private(set) var all: [Problem] = []
    /// Problems beyond ``countMax``, which are counted and not kept.
    package private(set) var omitted = 0

    package init() {}

    package var isEmpty: Bool { all.isEmpty }

    package func report(_ code: Problem.Code, at pointer: String, _ message: String) {
        report(Problem(pointer: pointer, code: code, message: message))
    }

    package func report(_ problem: Problem) {
        guard all.count < Self.countMax else {
            omitted += 1
            return
        }
        all.append(problem)
    }
}
