import Engine
import Formats
import FoundationEssentials
import NIOCore
import NIOSSL
import SwiftASN1
@_spi(FixedExpiryValidationTime) import X509

/// A second look at a server whose certificate was not accepted, to say why: BoringSSL says only that it was not.
struct TLSLook: Sendable {
    let host: String
    /// Where the call went; nil for a host that is an address.
    let address: String?
    let port: Int

    /// The call has failed; what it waits for this is only for the words.
    private static let deadline = TimeAmount.seconds(3)

    init?(at url: String, address: String?) {
        guard let parts = URL(string: url), parts.scheme?.lowercased() == "https",
            let host = parts.host(percentEncoded: false), let port = parts.port ?? Optional(443),
            (1...65_535).contains(port)
        else { return nil }
        self.host = host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
        self.address = address
        self.port = port
    }

    /// - Parameter authorities: a PEM file of authorities trusted beside the system's.
    /// - Returns: nil where the look finds nothing wrong.
    func fault(trusting authorities: String?) async -> String? {
        let isAddress = (try? SocketAddress(ipAddress: host, port: port)) != nil
        let shown = try? await ShownCertificates.chain(
            of: isAddress ? nil : host,
            at: address ?? host,
            port: port,
            within: Self.deadline
        )
        guard let chain = try? shown?.map({ try X509.Certificate(derEncoded: $0.toDERBytes()) }), let leaf = chain.first
        else { return nil }
        var roots = CertificateStore.systemTrustRoots
        let own = authorities.flatMap { try? NIOSSLCertificate.fromPEMFile($0) } ?? []
        roots.append(contentsOf: own.compactMap { try? X509.Certificate(derEncoded: $0.toDERBytes()) })
        let now = TimeSource.real.now()
        if let words = Self.dates(of: leaf, at: now) { return "the server's certificate " + words }
        if let words = await distrust(leaf, chain.dropFirst(), roots, at: now) {
            return "the server's certificate " + words
        }
        return await names(of: leaf, chain.dropFirst(), roots, isAddress: isAddress, at: now)
    }

    private static func dates(of certificate: X509.Certificate, at now: Date) -> String? {
        if certificate.notValidAfter < now { return "expired on \(day(certificate.notValidAfter))" }
        if certificate.notValidBefore > now { return "is valid only from \(day(certificate.notValidBefore))" }
        return nil
    }

    private func distrust(
        _ leaf: X509.Certificate,
        _ others: ArraySlice<X509.Certificate>,
        _ roots: CertificateStore,
        at now: Date
    ) async -> String? {
        var verifier = Verifier(rootCertificates: roots) { RFC5280Policy(fixedExpiryValidationTime: now) }
        guard case .couldNotValidate = await verifier.validate(leaf: leaf, intermediates: CertificateStore(others))
        else {
            let usage = try? leaf.extensions.extendedKeyUsage
            return usage.map { $0.contains(.serverAuth) || $0.contains(.any) } == false ? "is not for servers" : nil
        }
        for authority in others {
            if let words = Self.dates(of: authority, at: now) {
                return "has an authority whose own certificate " + words
            }
        }
        if leaf.issuer == leaf.subject { return "is of an unknown authority: it is signed by itself" }
        return "is of an unknown authority: \(String(describing: leaf.issuer).plainWords(Self.wordsMax))"
    }

    private func names(
        of leaf: X509.Certificate,
        _ others: ArraySlice<X509.Certificate>,
        _ roots: CertificateStore,
        isAddress: Bool,
        at now: Date
    ) async -> String? {
        var verifier = Verifier(rootCertificates: roots) {
            RFC5280Policy(fixedExpiryValidationTime: now)
            ServerIdentityPolicy(serverHostname: isAddress ? nil : host, serverIP: isAddress ? host : nil)
        }
        guard case .couldNotValidate = await verifier.validate(leaf: leaf, intermediates: CertificateStore(others))
        else {
            return nil
        }
        let alternatives = (try? leaf.extensions.subjectAlternativeNames).map { Array($0) } ?? []
        let names = alternatives.compactMap { name in
            if case .dnsName(let host) = name { host } else { nil as String? }
        }
        return CertificateName.otherName(names, host: host)
    }

    private static let wordsMax = 100

    private static func day(_ date: Date) -> String { String(Timestamp.format(date).prefix(10)) }
}
