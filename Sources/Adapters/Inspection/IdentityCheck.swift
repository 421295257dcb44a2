import FoundationEssentials
import NIOCore
import NIOSSL
import SwiftASN1
import X509

/// What is wrong with one end of TLS: a certificate of ours with its key, and the authorities that it trusts.
package struct IdentityCheck: Sendable {
    package enum Use: Sendable {
        /// A listener's.
        ///
        /// - Parameter names: by which others reach it, as far as that is known; none: not looked at.
        case server(names: [String])
        /// Shown when we call.
        case client
    }

    /// Where the three files were named.
    package struct Places: Sendable {
        let certificate: String
        let key: String
        let authorities: String

        package init(certificate: String, key: String, authorities: String) {
            self.certificate = certificate
            self.key = key
            self.authorities = authorities
        }

        /// Members of an object of the configuration.
        package init(below pointer: String) {
            self.init(
                certificate: "\(pointer)/certificate",
                key: "\(pointer)/key",
                authorities: "\(pointer)/authorities"
            )
        }
    }

    private let files: TLSFiles
    private let use: Use
    private let places: Places

    package init(_ files: TLSFiles, for use: Use, at places: Places) {
        self.files = files
        self.use = use
        self.places = places
    }

    /// The first certificate of the file; `nil` if there is none that can be read.
    var leaf: X509.Certificate? { Self.certificates(files.certificate).first }

    /// Everything, at a moment.
    package func findings(at now: Date) -> [Finding] {
        unusable + certificateFindings(at: now) + authorityFindings(at: now)
    }

    /// Why no connection can be made with these files, whatever the day is.
    package var unusable: [Finding] {
        var found: [Finding] = []
        let leaf = leaf
        if leaf == nil {
            found.append(
                .error(
                    places.certificate,
                    "\(files.certificate) is no certificate in PEM",
                    "Name a PEM file with the certificate first, and its intermediate authorities after it."
                )
            )
        }
        if (try? files.privateKey()) == nil {
            found.append(
                .error(
                    places.key,
                    "\(files.key) is no private key in PEM",
                    "Name a PEM file with the private key, not encrypted."
                )
            )
        } else if let leaf, !isPair(leaf) {
            found.append(.error(places.key, "the key is another's", "Give the key of this certificate."))
        }
        if Self.certificates(files.authorities).isEmpty {
            found.append(
                .error(
                    places.authorities,
                    "\(files.authorities) has no certificates in PEM",
                    "Name a PEM file with the authorities that the other side's certificates are of."
                )
            )
        }
        return found
    }

    // MARK: - The certificate

    private func certificateFindings(at now: Date) -> [Finding] {
        let chain = Self.certificates(files.certificate)
        guard let leaf = chain.first else { return [] }
        var found = dates(of: leaf, at: now)
        for each in chain.dropFirst() where each.dateDoubt(at: now) != nil {
            let seen = "the intermediate authority \(each.subject) \(each.dateDoubt(at: now) ?? "")"
            found.append(.error(places.certificate, seen, "Put a valid certificate of that authority into the file."))
        }
        if let reason = leaf.unusableKey {
            found.append(
                .error(places.certificate, "\(leaf.subject) \(reason)", "Have a certificate made for such a key.")
            )
        }
        switch use {
        case .client where !leaf.isFor(.clientAuth): found.append(wrongUse(leaf, "clients", "clientAuth"))
        case .server where !leaf.isFor(.serverAuth): found.append(wrongUse(leaf, "servers", "serverAuth"))
        case .client, .server: break
        }
        if case .server(let names) = use { found += nameFindings(leaf, names) }
        return found
    }

    private func dates(of leaf: X509.Certificate, at now: Date) -> [Finding] {
        if let reason = leaf.dateDoubt(at: now) {
            let advice = "Renew it, and have the other sides register the new one."
            return [.error(places.certificate, "\(leaf.subject) \(reason)", advice)]
        }
        guard let reason = leaf.endsSoon(at: now) else { return [] }
        let advice = "Renew it soon, and have the new one registered beside the old one."
        return [.warning(places.certificate, "\(leaf.subject) \(reason)", advice)]
    }

    private func wrongUse(_ leaf: X509.Certificate, _ who: String, _ usage: String) -> Finding {
        .error(
            places.certificate,
            "\(leaf.subject) is not for \(who): its extended key usage lacks \(usage)",
            "Have a certificate made with the extended key usage \(usage)."
        )
    }

    private func nameFindings(_ leaf: X509.Certificate, _ names: [String]) -> [Finding] {
        let alternatives = leaf.hostNames
        guard !alternatives.isEmpty else {
            let seen = "\(leaf.subject) is for no host: it has no subject alternative names"
            return [.error(places.certificate, seen, "Have a certificate made with the names that others call it by.")]
        }
        return names.filter { name in !alternatives.contains { CertificateName.name($0, isFor: name) } }.map { name in
            .warning(
                places.certificate,
                "\(leaf.subject) is for \(alternatives.joined(separator: ", ")), not for \(name)",
                "Have a certificate made for \(name) too, unless the other sides call this listener by another name."
            )
        }
    }

    // MARK: - Its key

    private func isPair(_ leaf: X509.Certificate) -> Bool {
        if let text = try? String(contentsOfFile: files.key, encoding: .utf8),
            let key = try? X509.Certificate.PrivateKey(pemEncoded: text)
        {
            return key.publicKey == leaf.publicKey
        }
        // BoringSSL knows more ways to write a key, and compares when a context is made of both.
        var tls = TLSConfiguration.makeClientConfiguration()
        guard let chain = try? files.chain(), let key = try? files.privateKey() else { return false }
        tls.certificateChain = chain
        tls.privateKey = key
        return (try? NIOSSLContext(configuration: tls)) != nil
    }

    // MARK: - The authorities

    /// One that is of no use is a warning while another is: bundles keep old ones during a rotation.
    private func authorityFindings(at now: Date) -> [Finding] {
        let authorities = Self.certificates(files.authorities)
        let doubts = authorities.map { $0.isAuthority ? $0.dateDoubt(at: now) : "is no authority (basicConstraints)" }
        let severity: Finding.Severity = doubts.contains(nil) ? .warning : .error
        return zip(authorities, doubts).compactMap { authority, doubt in
            if let doubt {
                let advice = "Name an authority that is valid: certificates that this one signed are not taken."
                return Finding(severity, places.authorities, "\(authority.subject) \(doubt)", advice)
            }
            guard let reason = authority.endsSoon(at: now) else { return nil }
            let advice = "Add the authority's next certificate to the file."
            return .warning(places.authorities, "\(authority.subject) \(reason)", advice)
        }
    }

    private static func certificates(_ path: String) -> [X509.Certificate] {
        ((try? NIOSSLCertificate.fromPEMFile(path)) ?? [])
            .compactMap { try? X509.Certificate(derEncoded: $0.toDERBytes()) }
    }
}

extension X509.Certificate {
    /// Whether it may sign others. One of version 1 cannot say.
    fileprivate var isAuthority: Bool {
        guard version == .v3 else { return issuer == subject }
        guard case .isCertificateAuthority? = try? extensions.basicConstraints else { return false }
        return true
    }

    /// Those of its alternative names that hosts are called by, addresses as text.
    fileprivate var hostNames: [String] {
        ((try? extensions.subjectAlternativeNames).map { Array($0) } ?? []).compactMap { name in
            switch name {
            case .dnsName(let host): host
            case .ipAddress(let octets):
                try? SocketAddress(packedIPAddress: ByteBuffer(bytes: octets.bytes), port: 0).ipAddress
            case _: nil
            }
        }
    }
}
