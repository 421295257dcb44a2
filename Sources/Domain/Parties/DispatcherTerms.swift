/// A network operator that dispatches jobs to us as its installation partner, and on what terms.
package struct DispatcherTerms: Codable, Equatable, Sendable {
    /// How a dispatch is acknowledged (G-132).
    package enum Acknowledgement: String, Codable, CaseIterable, Sendable {
        /// `{}`, or the job's number alone: as published.
        case plain
        /// A JSON-RPC 2.0 reply with a `result`.
        case jsonrpc
    }

    /// Who says yes to a job.
    package enum Acceptance: String, Codable, CaseIterable, Sendable {
        /// The book itself: the acknowledgement brings our number.
        case automatic
        /// Somebody of the office: the acknowledgement is empty, and the first message brings the number.
        case manual
    }

    package var access: MutualTLSTerms
    /// Base of its Installation API; `/{method}` is appended (G-120).
    package var endpoint: Endpoint
    package var acknowledgement: Acknowledgement
    package var acceptance: Acceptance
    /// The kinds of visit that we do for it; others are declined at once. `nil`: all.
    package var jobTypes: [JobPack.JobType]?
    /// It numbers its messages anew on each connection: a message is known by method, reference and content, not by its
    /// `id`. `nil`: no.
    package var numbersPerConnection: Bool?

    package init(
        access: MutualTLSTerms,
        endpoint: Endpoint,
        acknowledgement: Acknowledgement = .plain,
        acceptance: Acceptance = .automatic,
        jobTypes: [JobPack.JobType]? = nil,
        numbersPerConnection: Bool? = nil
    ) {
        self.access = access
        self.endpoint = endpoint
        self.acknowledgement = acknowledgement
        self.acceptance = acceptance
        self.jobTypes = jobTypes
        self.numbersPerConnection = numbersPerConnection
    }
}
