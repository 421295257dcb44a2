import Adapters
import Engine
import Formats
import FoundationEssentials
import Glibc

/// A sandbox's directory: certificates, credentials, databases, the clock. The same directory is the same world, whatever
/// happened in between (decision 25).
package struct SandboxHome: Sendable {
    /// The directory, absolute.
    package let path: String
    package let secrets: SandboxSecrets
    package let authority: CertificateAuthority

    package var database: String { path + "/patchbay.sqlite" }
    package var counterpartsDatabase: String { path + "/counterparts.sqlite" }
    package var attachments: String { path + "/attachments" }
    /// A directory a bucket, where partners leave photographs (I-031).
    package var objects: String { path + "/objects" }
    package var sandboxFile: String { path + "/sandbox.json" }
    private var clockFile: String { path + "/clock" }

    /// Opens the directory, or makes it with fresh credentials; they are readable by their owner alone.
    package init(at directory: String, ids: IDSource, now: Date) throws {
        let url = URL(filePath: directory, directoryHint: .isDirectory).standardizedFileURL
        var path = url.path(percentEncoded: false)
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        self.path = path
        let files = FileManager.default
        try files.createDirectory(atPath: path, withIntermediateDirectories: true)
        try Self.restrict(path)
        authority = try CertificateAuthority(in: path + "/certificates", now: now)
        let secretsFile = path + "/secrets.json"
        if files.fileExists(atPath: secretsFile) {
            let bytes = [UInt8](try Data(contentsOf: URL(filePath: secretsFile)))
            secrets = try CodableJSONDecoder().decode(SandboxSecrets.self, from: bytes)
        } else {
            secrets = SandboxSecrets(
                ids: ids,
                startedAt: Date(millisecondsSince1970: now.millisecondsSince1970 / 1_000 * 1_000)
            )
            try Self.write(try CodableJSONEncoder().encode(secrets), to: secretsFile)
        }
    }

    /// Takes away what others may do in a directory that is a sandbox's, or will be: one that is empty, or has our secrets.
    private static func restrict(_ path: String) throws {
        let files = FileManager.default
        let isOurs = files.fileExists(atPath: path + "/secrets.json")
        guard try isOurs || files.contentsOfDirectory(atPath: path).isEmpty else { return }
        _ = chmod(path, 0o700)
        for name in ["secrets.json", "sandbox.json", "clock"] { _ = chmod("\(path)/\(name)", 0o600) }
    }

    /// Where the virtual clock stood when it was last turned, or when this world began.
    package func keptTime() -> Date {
        guard let data = try? Data(contentsOf: URL(filePath: clockFile)),
            let milliseconds = Int64(String(decoding: data, as: UTF8.self))
        else { return secrets.startedAt }
        return Date(millisecondsSince1970: milliseconds)
    }

    package func keep(time: Date) throws {
        try Self.write(Array(String(time.millisecondsSince1970).utf8), to: clockFile)
    }

    /// Writes `sandbox.json`: whole or not at all, so that its being there means ready.
    package func announce(_ bytes: [UInt8]) throws { try Self.write(bytes, to: sandboxFile) }

    /// Takes it away: this world no longer answers.
    package func withdraw() { try? FileManager.default.removeItem(atPath: sandboxFile) }

    private static func write(_ bytes: [UInt8], to path: String) throws {
        let fresh = path + ".new"
        let files = FileManager.default
        try? files.removeItem(atPath: fresh)
        let mode: [FileAttributeKey: Any] = [.posixPermissions: 0o600]
        guard files.createFile(atPath: fresh, contents: Data(bytes), attributes: mode) else {
            throw SandboxFailure("\(fresh) cannot be written: is the directory writable, and the disk not full?")
        }
        guard rename(fresh, path) == 0 else { throw SandboxFailure("\(path) cannot be replaced (error \(errno)).") }
    }
}

/// Why a sandbox does not start, in words that say what to do.
package struct SandboxFailure: Error, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
}
