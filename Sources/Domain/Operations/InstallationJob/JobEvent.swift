/// What happened in an installation job that its order must know of.
package enum JobEvent: String, Codable, CaseIterable, Sendable {
    case accepted
    case assigned
    /// From here the order can no longer be cancelled (decision 30).
    case enRoute
    case onSite
    case scanned
    /// Result 2: the line gives light.
    case provisioned
    case provisionFailed
    /// No partner took it, or none could be reached: no more will come of this job.
    case declined
    case failedToSend
    /// The partner is out of it: there will be no visit.
    case cancelled
    /// The partner refused to let go of it; the visit goes on.
    case cancellationRefused
}
