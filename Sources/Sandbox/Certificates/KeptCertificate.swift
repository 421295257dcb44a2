import Crypto
import FoundationEssentials
import Glibc
import SwiftASN1
import X509

/// A certificate and its key on disk, as PEM: `NAME.pem`, `NAME.key`.
struct KeptCertificate {
    let certificatePath: String
    let keyPath: String

    init(directory: String, name: String) {
        certificatePath = "\(directory)/\(name).pem"
        keyPath = "\(directory)/\(name).key"
    }

    /// Both, or nothing unless both are there: the key is written first, so a kill in between leaves half a pair.
    func read() throws -> (X509.Certificate, P256.Signing.PrivateKey)? {
        let files = FileManager.default
        guard files.fileExists(atPath: certificatePath), files.fileExists(atPath: keyPath) else { return nil }
        return (
            try X509.Certificate(pemEncoded: String(contentsOfFile: certificatePath, encoding: .utf8)),
            try P256.Signing.PrivateKey(pemRepresentation: String(contentsOfFile: keyPath, encoding: .utf8))
        )
    }

    func write(_ certificate: X509.Certificate, _ key: P256.Signing.PrivateKey) throws {
        try Self.write(key.pemRepresentation + "\n", to: keyPath, mode: 0o600)
        try Self.write(try certificate.serializeAsPEM().pemString + "\n", to: certificatePath, mode: 0o600)
    }

    /// Whole or not at all, and never for a moment readable by others.
    private static func write(_ text: String, to path: String, mode: mode_t) throws {
        let temporary = "\(path).new"
        let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
        guard file >= 0 else { throw CertificateFileError(path: path, errno: errno) }
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            guard count > 0 else {
                close(file)
                throw CertificateFileError(path: path, errno: errno)
            }
            bytes = bytes.dropFirst(count)
        }
        let isSynced = fsync(file) == 0
        guard close(file) == 0, isSynced, rename(temporary, path) == 0 else {
            throw CertificateFileError(path: path, errno: errno)
        }
    }
}

/// A certificate's file could not be written.
struct CertificateFileError: Error, CustomStringConvertible {
    let path: String
    let errno: Int32

    var description: String { "cannot write \(path): \(String(cString: strerror(errno)))" }
}
