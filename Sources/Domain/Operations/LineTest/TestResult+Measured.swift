import FoundationEssentials

extension TestResult {
    /// For how long a problem may be raised on a result (G-104).
    package static let validity: TimeInterval = 2 * 60 * 60

    /// What the invented town's lines answer (decision 28): an outage is one, slowness is slowness, the rest is well.
    static func measured(_ problem: ProblemType, at now: Date) -> TestResult {
        func reading(_ name: String, _ value: String, _ unit: String? = nil) -> Measure {
            Measure(name: name, value: value, unit: unit, capturedAt: now)
        }
        return switch problem {
        case .outage:
            TestResult(
                outcome: .red,
                code: "ONT_UNREACHABLE",
                text: "The optical terminal does not answer and gives no light.",
                raiseProblem: true,
                validUntil: now + validity,
                measures: [reading("ONT_STATUS", "DOWN")]
            )
        case .performance:
            TestResult(
                outcome: .amber,
                code: "PERFORMANCE_BOTTLENECK",
                text: "The line is up; its light is at the edge of its range.",
                raiseProblem: true,
                validUntil: now + validity,
                measures: [reading("ONT_STATUS", "UP"), reading("RECEIVED_LIGHT", "-26.8", "dBm")]
            )
        case .cpe, .customer, .stability, .synchronisation:
            TestResult(
                outcome: .green,
                code: "NO_FAULT_FOUND",
                text: "The line is up and within its limits.",
                raiseProblem: false,
                validUntil: now + validity,
                measures: [reading("ONT_STATUS", "UP"), reading("RECEIVED_LIGHT", "-18.2", "dBm")]
            )
        }
    }
}
