/// An installation partner: who it is on the wire, where it listens, and what work it can take.
package struct PartnerTerms: Codable, Equatable, Sendable {
    package var access: MutualTLSTerms
    /// Base of its endpoint; `/{method}` is appended (G-120).
    package var endpoint: Endpoint?
    /// Further endpoints of the same partner, in the order in which they stand in (I-002).
    package var alternates: [Endpoint]?
    /// Which endpoint is asked first; `nil`: ``EndpointChoice/inOrder``.
    package var endpointChoice: EndpointChoice?
    /// Where it installs; `nil`: everywhere.
    package var coverage: Coverage?
    /// How many jobs it takes on a day; `nil`: as many as come.
    package var jobsPerDayMax: Int?
    /// How it speaks the Installation contract; `nil`: as published.
    package var profile: InstallationProfile?
    /// The bucket that it shares with us (I-031); `nil`: ``sharedBucket``.
    package var bucket: String?

    package static let sharedBucket = "job-files"

    package enum EndpointChoice: String, Codable, CaseIterable, Sendable {
        /// The first that answers; the others stand by.
        case inOrder = "in-order"
        /// By turns, a job always at the same while that answers.
        case roundRobin = "round-robin"
    }

    package init(
        access: MutualTLSTerms,
        endpoint: Endpoint? = nil,
        alternates: [Endpoint]? = nil,
        endpointChoice: EndpointChoice? = nil,
        coverage: Coverage? = nil,
        jobsPerDayMax: Int? = nil,
        profile: InstallationProfile? = nil,
        bucket: String? = nil
    ) {
        self.access = access
        self.endpoint = endpoint
        self.alternates = alternates
        self.endpointChoice = endpointChoice
        self.coverage = coverage
        self.jobsPerDayMax = jobsPerDayMax
        self.profile = profile
        self.bucket = bucket
    }

    package var endpoints: [Endpoint] { (endpoint.map { [$0] } ?? []) + (alternates ?? []) }

    /// In which order the endpoints are to be tried for a job.
    package func endpoints(for job: Int64) -> [Endpoint] {
        let all = endpoints
        guard endpointChoice == .roundRobin, all.count > 1 else { return all }
        let first = Int(job.magnitude % UInt64(all.count))
        return Array(all[first...] + all[..<first])
    }

    package func covers(uprn: Int64?, postcode: String?) -> Bool {
        coverage?.contains(uprn: uprn, postcode: postcode) ?? true
    }
}

/// A part of the country, by postcodes and by addresses: what lies in either is in it.
package struct Coverage: Codable, Equatable, Sendable {
    /// Consecutive UPRNs, both ends included.
    package struct Addresses: Codable, Equatable, Sendable {
        package let first: Int64
        package let last: Int64

        package init(first: Int64, last: Int64) {
            self.first = first
            self.last = last
        }
    }

    /// An area (`QQ`), a district (`QQ1`) or a sector (`QQ1 2`), upper case.
    package var postcodes: [String]
    package var addresses: [Addresses]

    package init(postcodes: [String] = [], addresses: [Addresses] = []) {
        self.postcodes = postcodes
        self.addresses = addresses
    }

    package func contains(uprn: Int64?, postcode: String?) -> Bool {
        if let uprn, addresses.contains(where: { $0.first <= uprn && uprn <= $0.last }) { return true }
        guard let postcode = postcode?.uppercased() else { return false }
        let outward = postcode.prefix { $0 != " " }
        let area = outward.prefix { $0.isLetter }
        return postcodes.contains { wanted in
            wanted.contains(" ") ? postcode.hasPrefix(wanted) : wanted == outward || wanted == area
        }
    }
}
