import FoundationEssentials

/// How long the automatic actors take over each step (decision 23): data, given to an aggregate when it is founded, so
/// that one program runs both on a clock that is advanced and on the wall's.
///
/// All in seconds, from the step before. The contract's own periods (a reservation's 12 hours, T-016's 48) aren't here:
/// they don't change with the clock.
package struct Pace: Codable, Equatable, Sendable {
    /// When visits happen.
    package enum Visits: String, Codable, Sendable {
        /// On their appointment's day and hour.
        case atTheirSlot
        /// As soon as the step before is done, whatever the day; the rule of the day then only warns.
        case atOnce
    }

    package var visits: Visits

    // A supply order.
    /// From the acknowledgement of a supply order to its commitment.
    package var commit: TimeInterval
    /// From a request to amend or cancel to the answer.
    package var amendmentDecision: TimeInterval
    /// From the request of a line test to its result.
    package var lineTest: TimeInterval

    // An installation.
    /// From the scan of an ONT to result 1 (I-041).
    package var provisioning: TimeInterval
    /// From result 1 to result 2.
    package var lightCheck: TimeInterval
    /// From a transient failure (result 4) to the next try.
    package var provisioningRetry: TimeInterval
    /// What the simulated head end answers to each try; `nil`, and beyond the list: it works.
    package var headEnd: [HeadEndAnswer]?

    // A ticket.
    /// From `pending` to `accepted`: at once, in a commit of its own (decision 32).
    package var faultAcceptance: TimeInterval
    package var triage: TimeInterval
    /// From triage to the start of work.
    package var workStart: TimeInterval
    /// From the end of a visit to `resolved`.
    package var resolutionAfterVisit: TimeInterval
    /// From the start of work to `resolved`, where nobody visits.
    package var resolutionWithoutVisit: TimeInterval

    // An engineer's day.
    /// How long before the slot the engineer sets out.
    package var setOutBeforeSlot: TimeInterval
    /// From arrival to the scan of the ONT.
    package var scanAfterArrival: TimeInterval
    /// From arrival to the end of the visit.
    package var closeAfterArrival: TimeInterval

    /// The town's timetable, for a virtual clock.
    package static let timetable = Pace(
        visits: .atTheirSlot,
        commit: 60,
        amendmentDecision: 5 * 60,
        lineTest: 0,
        provisioning: 3 * 60,
        lightCheck: 3 * 60,
        provisioningRetry: 5 * 60,
        faultAcceptance: 0,
        triage: 15 * 60,
        workStart: 30 * 60,
        resolutionAfterVisit: 5 * 60,
        resolutionWithoutVisit: 4 * 60 * 60,
        setOutBeforeSlot: 30 * 60,
        scanAfterArrival: 20 * 60,
        closeAfterArrival: 90 * 60
    )

    /// The same steps 200 ms apart, for a person who watches on the wall's clock.
    package static let brisk = Pace(
        visits: .atOnce,
        commit: 0.2,
        amendmentDecision: 0.2,
        lineTest: 0.2,
        provisioning: 0.2,
        lightCheck: 0.2,
        provisioningRetry: 0.2,
        faultAcceptance: 0,
        triage: 0.2,
        workStart: 0.2,
        resolutionAfterVisit: 0.2,
        resolutionWithoutVisit: 0.2,
        setOutBeforeSlot: 0.2,
        scanAfterArrival: 0.2,
        closeAfterArrival: 0.4
    )
}
