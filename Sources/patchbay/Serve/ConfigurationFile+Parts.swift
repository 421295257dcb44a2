import Adapters
import Domain
import Engine
import Formats
import FoundationEssentials

/// What every house's file has.
extension ConfigurationFile {
    struct Listener: Sendable {
        let host: String
        let port: Int

        fileprivate init?(_ reader: ObjectReader) {
            host = reader.optionalString("host", length: 1...253) ?? "127.0.0.1"
            guard let port = reader.requiredInteger("port", range: 0...65_535) else { return nil }
            self.port = port
        }
    }

    func listener(_ reader: ObjectReader) -> Listener? {
        guard let listener = Listener(reader) else { return nil }
        parts.listeners.append(
            .init(host: listener.host, port: listener.port, place: reader.pointer(to: "port"))
        )
        return listener
    }

    /// The SQLite file, from the configuration's own directory.
    func database() -> String? {
        parts.database = root.requiredString("database", length: 1...1_000).map(path)
        return parts.database
    }

    /// A listener apart for what is the house's own: `/metrics`, and a gateway's `/operator/v1` with its tokens.
    func operations() -> Listener? {
        guard let reader = root.optionalObject("operations") else { return nil }
        let listener = listener(reader)
        reader.finish(rejectUnknown: true)
        return listener
    }

    /// Short secrets are guessed, long before they are rotated.
    private static let secretCharactersMin = 16

    /// The key that signs access tokens, PEM; `nil` if the file names none.
    func signingKey() -> String? {
        guard root.has("signingKey"), let named = root.requiredString("signingKey", length: 1...1_000) else {
            return nil
        }
        return signingKey(named: named, "signingKey")
    }

    /// Keys that are good and published beside it: the next one, or the one before.
    func otherSigningKeys() -> [String] {
        (root.optionalStrings("otherSigningKeys", count: 0...10, length: 1...1_000) ?? [])
            .compactMap { signingKey(named: $0, "otherSigningKeys") }
    }

    private func signingKey(named: String, _ key: String) -> String? {
        guard let pem = contents(of: named, key, in: root) else { return nil }
        parts.secrets.append(.init(path: path(named), what: "a private key", place: root.pointer(to: key)))
        if (try? SigningKey(pem: pem)) == nil { root.report(.rule, key, "names no EC key of P-256 in PEM") }
        return pem
    }

    /// Names each address that calls may not go to. Only what is plain without a name server: the rest is seen at each call.
    ///
    /// Places are counted among what could be read, so they are right only in a file that is right otherwise.
    func refuseForbidden(_ urls: [(pointer: String, url: String?)], beside callable: [AddressRange]) {
        parts.called += urls.compactMap { place, url in url.map { (place, $0) } }
        guard root.problems.isEmpty else { return }
        let policy = AddressPolicy(.publicAnd(allowed: callable))
        for (pointer, url) in urls {
            guard let url = url.flatMap({ try? HTTPURL($0) }), policy.plainlyForbids(url) else { continue }
            root.problems.report(
                .rule,
                at: pointer,
                "has \(url.host), to which calls are forbidden; `callable` allows ranges"
            )
        }
    }

    /// Days, for people decide by them: a week at least, so that whoever is called on Monday finds Friday's messages.
    func retention() -> Retention {
        let reader = root.optionalObject("retention")
        let days = 7...36_500
        let messages = reader?.optionalInteger("messageDays", range: days)
        let parcels = reader?.optionalInteger("sentDays", range: days)
        reader?.finish(rejectUnknown: true)
        return Retention(
            messages: messages.map { .seconds($0 * 86_400) },
            parcels: parcels.map { .seconds($0 * 86_400) }
        )
    }

    /// By which certificates a party is known, and from where it may come.
    func peer(_ reader: ObjectReader) -> MutualTLSTerms {
        let certificates = reader.requiredStrings("certificates", count: 1...20, length: 1...1_000) ?? []
        let known = certificates.enumerated().compactMap { index, named -> KnownCertificate? in
            guard let text = contents(of: named, "certificates", in: reader) else { return nil }
            let place = "\(reader.pointer)/certificates/\(index)"
            if let certificate = try? KnownCertificate(pem: text) {
                parts.certificates.append((place, certificate))
                if let reason = certificate.unusable { reader.problems.report(.rule, at: place, reason) }
                return certificate
            }
            reader.problems.report(.rule, at: place, "is no X.509 certificate in PEM")
            return nil
        }
        return MutualTLSTerms(
            certificateFingerprints: known.map(\.fingerprint),
            sources: reader.sources("sources", isRequired: true),
            expiries: Dictionary(known.map { ($0.fingerprint, $0.expires) }) { first, _ in first }
        )
    }

    /// The hash of a client's secret, which is in the environment or in a file of its own.
    func clientSecret(_ reader: ObjectReader) -> String? {
        guard let secret = secret(reader) else { return nil }
        let key = reader.has("secretFile") ? "secretFile" : "secretVariable"
        if secret.count < Self.secretCharactersMin {
            reader.report(.tooShort, key, "names a secret of fewer than \(Self.secretCharactersMin) characters")
        } else if !SecretStrength.isEnough(secret) {
            reader.report(.rule, key, "names a secret that is easy to guess; draw one, as with `openssl rand -hex 32`")
        }
        return SecretHash.make(secret)
    }
}

extension ObjectReader {
    /// A base URL that we call, without a slash at its end.
    func url(_ key: String, schemes: [HTTPURL.Scheme] = [.https, .http]) -> String? {
        requiredURL(key, schemes: schemes).map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
    }

    /// Where we are reached from outside, without a slash at its end: the issuer of our tokens, which others compare by its text.
    func publicURL(_ key: String = "publicURL") -> String? {
        guard let text = url(key) else { return nil }
        if text.utf8.contains(UInt8(ascii: "?")) { report(.pattern, key, "must have no query (?…)") }
        return text
    }

    func ranges(_ key: String) -> [AddressRange] { sources(key).compactMap { AddressRange($0) } }

    /// Addresses and ranges in CIDR notation.
    func sources(_ key: String, isRequired: Bool = false) -> [String] {
        let found =
            isRequired
            ? requiredStrings(key, count: 1...100, length: 1...50)
            : optionalStrings(key, count: 0...100, length: 1...50)
        for source in found ?? [] where AddressRange(source) == nil {
            report(.pattern, key, "has \(source), which is no address or range in CIDR notation")
        }
        return found ?? []
    }

    func refuseDoubles(_ names: [String], _ key: String) {
        for name in names.repeated { report(.duplicate, key, "names \(name) twice") }
    }
}

extension [String] {
    /// Those that are there more than once, by their bytes.
    var repeated: [String] {
        let counts = Dictionary(map { (ExactText($0), 1) }, uniquingKeysWith: +)
        return counts.filter { $0.value > 1 }.keys.sorted().map(\.text)
    }
}

extension Pattern {
    /// What parties and their programs may be called.
    static let configuredName = Pattern("letters, digits, -, . and _") { utf8 in
        utf8.allSatisfy {
            (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
                || [0x2D, 0x2E, 0x5F].contains($0)
        }
    }
}
