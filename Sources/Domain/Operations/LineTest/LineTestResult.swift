import FoundationEssentials

/// What a test found (G-103).
package struct LineTestResult: Codable, Equatable, Sendable {
    package enum Outcome: String, Codable, CaseIterable, Sendable {
        case green = "GREEN"
        case amber = "AMBER"
        case red = "RED"
    }

    /// One reading of the line.
    package struct Measure: Codable, Equatable, Sendable {
        package let name: String
        package let value: String
        package let unit: String?
        package let capturedAt: Date
    }

    /// For how long a problem may be raised on a result (G-104).
    package static let validity: TimeInterval = 2 * 60 * 60

    package let outcome: Outcome
    package let code: String
    package let text: String
    package let raiseProblem: Bool
    package let validUntil: Date
    package let measures: [Measure]

    /// What the invented town's lines answer (decision 28): an outage is one, slowness is slowness, the rest is well.
    package init(of problem: LineTest.ProblemType, at now: Date) {
        validUntil = now + Self.validity
        switch problem {
        case .outage:
            outcome = .red
            code = "ONT_UNREACHABLE"
            text = "The optical terminal does not answer and gives no light."
            raiseProblem = true
            measures = [Measure(name: "ONT_STATUS", value: "DOWN", unit: nil, capturedAt: now)]
        case .performance:
            outcome = .amber
            code = "PERFORMANCE_BOTTLENECK"
            text = "The line is up; its optical level is at the edge of its range."
            raiseProblem = true
            measures = [
                Measure(name: "ONT_STATUS", value: "UP", unit: nil, capturedAt: now),
                Measure(name: "RECEIVED_LIGHT", value: "-26.8", unit: "dBm", capturedAt: now),
            ]
        case .cpe, .customer, .stability, .synchronisation:
            outcome = .green
            code = "NO_FAULT_FOUND"
            text = "The line is up and within its limits."
            raiseProblem = false
            measures = [
                Measure(name: "ONT_STATUS", value: "UP", unit: nil, capturedAt: now),
                Measure(name: "RECEIVED_LIGHT", value: "-18.2", unit: "dBm", capturedAt: now),
            ]
        }
    }
}
