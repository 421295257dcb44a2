import FoundationEssentials

/// What a line test found (G-103).
package struct TestResult: Codable, Equatable, Sendable {
    package enum Outcome: String, Codable, CaseIterable, Sendable {
        case green = "GREEN"
        case amber = "AMBER"
        case red = "RED"
    }

    package struct Measure: Codable, Equatable, Sendable {
        package let name: String
        package let value: String
        package let unit: String?
        package let capturedAt: Date

        package init(name: String, value: String, unit: String? = nil, capturedAt: Date) {
            self.name = name
            self.value = value
            self.unit = unit
            self.capturedAt = capturedAt
        }
    }

    package let outcome: Outcome
    /// Such as `STALE_PPP_SESSION`: the supplier's, kept as it came.
    package let code: String
    package let text: String
    /// Whether a problem should be raised on it.
    package let raiseProblem: Bool
    package let validUntil: Date?
    package let measures: [Measure]

    package init(
        outcome: Outcome,
        code: String,
        text: String,
        raiseProblem: Bool,
        validUntil: Date?,
        measures: [Measure] = []
    ) {
        self.outcome = outcome
        self.code = code
        self.text = text
        self.raiseProblem = raiseProblem
        self.validUntil = validUntil
        self.measures = measures
    }
}
