import Domain
import Formats
import NIOCore
import NIOSSL
import SwiftASN1
import X509

/// Whether a server's certificate is for the name that was called, looked at before the first request on a connection.
///
/// NIOSSL takes one that is for the connection's address instead: then who bends a name to a machine of his own, which has
/// an honest certificate for its address, would be taken for the name.
enum CertificateName {
    /// More of a certificate's names, and longer ones, tell a person nothing.
    private static let namesMax = 3
    private static let wordsMax = 100

    /// - Parameter names: of the certificate, as far as they are hosts'.
    static func otherName(_ names: [String], host: String) -> String {
        let shown = names.prefix(namesMax).map { $0.plainWords(wordsMax) }.joined(separator: ", ")
        return "the server's certificate is for another name\(shown.isEmpty ? "" : ": for \(shown)"), not for \(host)"
    }

    /// On the connection's own event loop, right after the handshake; without TLS there is nothing to look at.
    static func check(_ channel: any Channel, is host: String) throws {
        guard let handler = try? channel.pipeline.syncOperations.handler(type: NIOSSLClientHandler.self) else { return }
        guard let certificate = handler.peerCertificate else {
            throw OutboundFailure(.tls, "the server has shown no certificate")
        }
        let names = try names(of: certificate)
        // Without any name of this kind NIOSSL has compared the old way, with the subject.
        guard !names.isEmpty, !names.contains(where: { Self.name($0, isFor: host) }) else { return }
        throw OutboundFailure(.tls, otherName(names.compactMap(\.self), host: host))
    }

    /// Exactly, or with one label in place of a leading `*` (RFC 9525 §6.3).
    static func name(_ pattern: String?, isFor host: String) -> Bool {
        guard let pattern = pattern.map(normal) else { return false }
        let host = normal(host)
        guard pattern.hasPrefix("*.") else { return pattern.isExactly(host) }
        guard let dot = host.firstIndex(of: "."), dot != host.startIndex else { return false }
        return pattern.utf8.dropFirst().elementsEqual(host[dot...].utf8)
    }

    /// Lower case as host names have it, of ASCII letters alone: Unicode's of the Kelvin sign is `k`.
    private static func normal(_ name: String) -> String {
        let lower = String(decoding: name.utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
        return lower.hasSuffix(".") ? String(lower.dropLast()) : lower
    }

    /// One for each alternative name; `nil` for what isn't a host's.
    private static func names(of certificate: NIOSSLCertificate) throws -> [String?] {
        let read = try X509.Certificate(derEncoded: certificate.toDERBytes())
        return try read.extensions.subjectAlternativeNames.map { Array($0) }?.map { name in
            if case .dnsName(let host) = name { host } else { nil }
        } ?? []
    }
}
