import Domain
import Storage

/// Which partner gets a job: the preferred one if it can, else the first of the others by name that covers the address
/// and has room on the day.
struct PartnerBook {
    private let partners: [(id: PartnerID, terms: PartnerTerms)]

    init(_ directory: Directory) { partners = directory.partners }

    /// `nil`: nobody is left.
    ///
    /// A preferred partner that nobody has registered is taken at its word: what goes wrong then is an alarm, and no
    /// silent change of installers.
    func choose(for placing: JobPlacing, in state: @autoclosure () throws -> any ReadTransaction) throws -> PartnerID? {
        let refused = Set(placing.refused)
        let preferred = partners.first { $0.id == placing.preferred }
        if preferred == nil, !refused.contains(placing.preferred) { return placing.preferred }
        let others = partners.filter { $0.id != placing.preferred }
        return try ([preferred].compactMap { $0 } + others).first { partner in
            try !refused.contains(partner.id) && !partner.terms.endpoints.isEmpty
                && partner.terms.covers(uprn: placing.uprn, postcode: placing.postcode)
                && hasRoom(partner.id, partner.terms, on: placing.day, in: state)
        }?.id
    }

    private func hasRoom(
        _ id: PartnerID,
        _ terms: PartnerTerms,
        on day: CivilDate,
        in state: () throws -> any ReadTransaction
    ) throws -> Bool {
        guard let most = terms.jobsPerDayMax else { return true }
        let value = InstallationJob.partnerDay(id, day.description)
        let taken = try state().find(InstallationJob.self, by: InstallationJob.partnerDayLookup, value, limit: most)
        return taken.count < most
    }
}

extension Directory {
    /// All partners, by name.
    package var partners: [(id: PartnerID, terms: PartnerTerms)] {
        all.compactMap { role in
            guard case .partner(let id, let terms) = role else { return nil }
            return (id, terms)
        }
        .sorted { $0.id.rawValue < $1.id.rawValue }
    }
}
