/// A job that wants a partner: everything that the choice depends on.
package struct JobPlacing: Equatable, Sendable {
    package let job: ID<InstallationJob>
    package let day: CivilDate
    package let uprn: Int64?
    package let postcode: String?
    /// Asked first, if it can.
    package let preferred: PartnerID
    /// Had it, and did not keep it: not asked again.
    package let refused: [PartnerID]

    package init(
        job: ID<InstallationJob>,
        day: CivilDate,
        uprn: Int64?,
        postcode: String?,
        preferred: PartnerID,
        refused: [PartnerID] = []
    ) {
        self.job = job
        self.day = day
        self.uprn = uprn
        self.postcode = postcode
        self.preferred = preferred
        self.refused = refused
    }
}
