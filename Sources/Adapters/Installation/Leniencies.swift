import FoundationEssentials
import Formats

/// Something that was taken although the contract has it otherwise.
struct Leniency: Equatable, Sendable, CustomStringConvertible {
    /// Where our resolution is: `X-32`.
    let clause: String
    let problem: Problem

    /// As the message log has it.
    var description: String { "\(problem.pointer) \(problem.message) (\(clause))" }
}

/// What was forgiven in a message under reading. With a strict partner nothing is: it is reported as a problem.
final class Leniencies {
    private let isStrict: Bool
    private(set) var all: [Leniency] = []

    /// More says nothing new; a log row must not grow with what somebody sends.
    private static let countMax = 50

    init(isStrict: Bool = false) { self.isStrict = isStrict }

    func forgive(_ clause: String, _ reader: ObjectReader, _ code: Problem.Code, _ key: String, _ message: String) {
        guard !isStrict else {
            reader.report(code, key, message)
            return
        }
        guard all.count < Self.countMax else { return }
        let problem = Problem(pointer: reader.pointer(to: key), code: code, message: message)
        all.append(Leniency(clause: clause, problem: problem))
    }

    /// To be called when an object was read: what nobody asked for is ignored, and said.
    func forgiveUnknownFields(of reader: ObjectReader, _ clause: String = "I-007") {
        for key in reader.unknownFields() {
            forgive(clause, reader, .unknownField, key, "is not a field of this object")
        }
    }
}

extension ObjectReader {
    func requiredMoment(_ key: String, _ leniencies: Leniencies) -> Date? {
        requiredString(key, length: 1...40).flatMap { moment($0, key, leniencies) }
    }

    func optionalMoment(_ key: String, _ leniencies: Leniencies) -> Date? {
        optionalString(key, length: 1...40).flatMap { moment($0, key, leniencies) }
    }

    /// The published samples have an offset without its colon, which is no RFC 3339.
    private func moment(_ text: String, _ key: String, _ leniencies: Leniencies) -> Date? {
        guard let date = JobMoment.parse(text) else {
            report(.pattern, key, "must be a date-time with its offset, such as 2026-03-01T09:30:00+00:00")
            return nil
        }
        if !JobMoment.isPunctual(text) {
            leniencies.forgive("X-31", self, .pattern, key, "must have a colon in its offset")
        }
        return date
    }
}
