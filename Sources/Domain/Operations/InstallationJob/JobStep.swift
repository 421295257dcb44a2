import FoundationEssentials

/// One thing that happened to a job, as the partner told it or as it must have been.
package struct JobStep: Codable, Equatable, Sendable {
    package enum Happening: String, Codable, CaseIterable, Sendable {
        case accepted, assigned, enRoute, onSite, scanned, progress, closed
    }

    package let happening: Happening
    /// By the partner's clock.
    package let at: Date
    package let received: Date
    /// Nobody told us: a later message shows that it must have happened (§3.7).
    package let isBackfilled: Bool
    package let sequence: Int64?
    package let location: Location?

    package init(
        happening: Happening,
        at: Date,
        received: Date,
        isBackfilled: Bool = false,
        sequence: Int64? = nil,
        location: Location? = nil
    ) {
        self.happening = happening
        self.at = at
        self.received = received
        self.isBackfilled = isBackfilled
        self.sequence = sequence
        self.location = location
    }
}

/// Something accepted that a person should know of. Never a reason to refuse.
package enum JobRemark: Codable, Hashable, Sendable {
    /// En route or on site on another day than the appointment's (§3.7).
    case notOnTheDay(day: CivilDate)
    /// The partner used another number than it had given.
    case otherProviderJobId(given: String)
    /// Closed as SP although result 2 never came (§3.7).
    case serviceWithoutLight
    /// The slot began an hour ago and nobody was on the way.
    case noWordFromEngineer
    /// Files were named that are not in the bucket (I-031).
    case filesMissing
    /// A code that the published list doesn't have.
    case unknownClosureCode(raw: String)

    /// For the message log and the console.
    package var text: String {
        switch self {
        case .notOnTheDay(let day): "The visit was on \(day), not on the day of the appointment."
        case .otherProviderJobId(let given): "The partner's number changed to \(given); the first one stays."
        case .serviceWithoutLight: "SP without provisioning: the line never gave light."
        case .noWordFromEngineer: "An hour after the slot began the engineer had not set out."
        case .filesMissing: "Files were named that are not in the bucket."
        case .unknownClosureCode(let raw): "Closure code \(raw) is not in the list; it counts as another reason."
        }
    }
}
