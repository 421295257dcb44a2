import Domain
import FoundationEssentials

/// What an engineer, or the office, does about a job: the events of `POST /sandbox/jobs/{ref}/{event}` (decision 22).
package enum VisitEvent: String, Codable, CaseIterable, Sendable {
    case accept, decline, assign, enRoute = "en-route", onSite = "on-site", scan, close
}

/// What is said with an event beyond what the job's book knows; all of it may be left out.
package struct VisitWords: Codable, Equatable, Sendable {
    package var reason: String?
    package var closureCode: String?
    package var secondaryClosureCode: String?
    /// The box that was scanned; by default the one that this engineer brings.
    package var fsan: String?
    package var serialNumber: String?
    package var vendor: String?
    package var lightLevelDbm: Double?

    package init() {}

    init(closing code: String, secondary: String? = nil, _ reason: String? = nil, lightLevelDbm: Double? = nil) {
        closureCode = code
        secondaryClosureCode = secondary
        self.reason = reason
        self.lightLevelDbm = lightLevelDbm
    }
}
