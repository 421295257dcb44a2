import Domain
import Engine
import Formats
import HTTPTypes
import Hummingbird

extension Partners {
    /// `PUT /operator/v1/partners/{id}`: registers a partner, or replaces what is known of it.
    ///
    /// `{certificates, sources, endpoints, endpointChoice?, coverage?, jobsPerDay?, profile?, bucket?}`. Certificates and sources
    /// as a buyer's; endpoints are base URLs, to which `/{method}` is appended, chosen `in-order` or `round-robin`;
    /// coverage `{postcodes: ["QQ", "QQ1", "QQ1 2"], addresses: [{first, last}]}`, absent for everywhere; profile
    /// `{acknowledgement: "empty" | "jsonrpc", strict, requiresSecondary, fsan: "^[A-Z]{4}[0-9A-F]{8}$", methodInBody}`.
    /// 201 or 200 and the partner, with `warnings` about certificates; 400 with everything that is wrong; 409 a certificate is another party's.
    func put(_ request: Request, _ id: PartnerID, by name: String) async throws -> ByteResponse {
        var certificates: [KnownCertificate] = []
        let terms = try await PartyReading.terms(in: request, as: id.rawValue) { Self.terms($0, &certificates) }
        try PartyReading.requireFree(terms.access, for: "partner/\(id)", in: exchange.directory)
        let endpoints = terms.endpoints.enumerated().map { ("/endpoints/\($0.offset)", $0.element.url as String?) }
        try await checks.requireCallable(endpoints)
        let warnings = await checks.warnings(about: certificates)
        let isNew = exchange.directory.partner(id) == nil
        try await exchange.register(.partner(id: id, terms: terms), by: name)
        return Self.response(id, terms, status: isNew ? .created : .ok, warnings: warnings)
    }

    private static func terms(_ reader: ObjectReader, _ certificates: inout [KnownCertificate]) -> PartnerTerms? {
        let access = PartyReading.access(reader, &certificates)
        let endpoints = PartyReading.endpoints(reader, "endpoints", count: 1...endpointsMax)
        let choice: PartnerTerms.EndpointChoice? = reader.optionalEnum("endpointChoice")
        let coverage = reader.optionalObject("coverage").map(Self.coverage)
        let jobsPerDay = reader.optionalInteger("jobsPerDay", range: 0...jobsPerDayMax)
        let profile = reader.optionalObject("profile").map(Self.profile)
        let bucket = reader.optionalString("bucket", length: 3...63)
        if let bucket, !isBucket(bucket) {
            reader.report(
                .pattern,
                "bucket",
                "has lower-case letters, digits, dots and -, a letter or digit at both ends"
            )
        }
        guard let access, let endpoints else { return nil }
        return PartnerTerms(
            access: access,
            endpoint: endpoints.first,
            alternates: endpoints.count > 1 ? Array(endpoints.dropFirst()) : nil,
            endpointChoice: choice,
            coverage: coverage,
            jobsPerDayMax: jobsPerDay,
            profile: profile,
            bucket: bucket
        )
    }

    /// As every store that speaks S3 names buckets.
    private static func isBucket(_ text: String) -> Bool {
        func isPlain(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) }
        guard let first = text.utf8.first, let last = text.utf8.last, isPlain(first), isPlain(last) else {
            return false
        }
        return !text.contains("..")
            && text.utf8.allSatisfy { isPlain($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") }
    }

    private static func profile(_ reader: ObjectReader) -> InstallationProfile {
        var profile = InstallationProfile.published
        if let wanted: InstallationProfile.Acknowledgement = reader.optionalEnum("acknowledgement") {
            profile.acknowledgement = wanted
        }
        if let isStrict = reader.optionalBool("strict") { profile.isStrict = isStrict }
        if let requiresSecondary = reader.optionalBool("requiresSecondary") {
            profile.requiresSecondary = requiresSecondary
        }
        if let text = reader.optionalString("fsan", length: 1...100) {
            profile.fsan = FSANPattern(text)
            if profile.fsan == nil {
                reader.report(.pattern, "fsan", "has classes and characters with counts, such as ^[A-Z]{4}[0-9A-F]{8}$")
            }
        }
        profile.takesMethodInBody = reader.optionalBool("methodInBody")
        profile.numbersPerConnection = reader.optionalBool("idsPerConnection")
        reader.finish(rejectUnknown: true)
        return profile
    }

    private static func coverage(_ reader: ObjectReader) -> Coverage {
        let postcodes = reader.optionalStrings("postcodes", count: 0...areasMax, length: 1...8) ?? []
        for postcode in postcodes where !isPartOfPostcode(postcode) {
            reader.report(.pattern, "postcodes", "\(postcode) is no area, district or sector such as QQ, QQ1 or QQ1 2")
        }
        let objects = reader.optionalObjects("addresses", count: 0...areasMax) ?? []
        let addresses = objects.compactMap { object -> Coverage.Addresses? in
            let first = object.requiredInteger("first", range: uprns)
            let last = object.requiredInteger("last", range: uprns)
            object.finish(rejectUnknown: true)
            guard let first, let last else { return nil }
            if first > last { object.report(.rule, "last", "must not be less than first") }
            return Coverage.Addresses(first: Int64(first), last: Int64(last))
        }
        reader.finish(rejectUnknown: true)
        return Coverage(postcodes: postcodes, addresses: addresses)
    }

    /// Upper-case letters, then maybe digits and a letter, then maybe a space and the rest.
    private static func isPartOfPostcode(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: 0x20, omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let outward = parts.first, parts.allSatisfy({ !$0.isEmpty }),
            let initial = outward.first, (0x41...0x5A).contains(initial)
        else { return false }
        return parts.joined().allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) }
    }

    /// Each is tried in its turn while a message waits.
    private static let endpointsMax = 8
    private static let areasMax = 1_000
    /// More than any partner has vans; none at all for one that is to get no more work.
    private static let jobsPerDayMax = 10_000
    private static let uprns = 1...999_999_999_999
}
