import Adapters
import Formats
import FoundationEssentials

/// A configuration file under reading: JSON, with the files that it names beside it, and everything that is wrong.
struct ConfigurationFile {
    /// Why a file is refused, each reason with its place.
    struct Refused: Error, Equatable, CustomStringConvertible {
        let path: String
        let reasons: [String]

        var description: String { reasons.map { "\(path): \($0)" }.joined(separator: "\n") }
    }

    let path: String
    let root: ObjectReader
    /// Files, ports and hosts that it names, noted as they are read.
    let parts = NamedParts()
    /// The environment, by name.
    private let environment: [String: String]

    init(at path: String, environment: [String: String]) throws(Refused) {
        self.path = path
        self.environment = environment
        guard let bytes = NamedFile.contents(atPath: path) else {
            throw Refused(path: path, reasons: ["cannot be read"])
        }
        do {
            root = ObjectReader(try JSONDocument(parsing: bytes).root, problems: Problems())
        } catch {
            throw Refused(path: path, reasons: ["line \(error.line), column \(error.column): \(error.reason)"])
        }
    }

    /// Says all that is wrong, if anything is.
    func finish() throws(Refused) {
        let problems = root.problems.all
        guard problems.isEmpty else {
            throw Refused(
                path: path,
                reasons: problems.map { "\($0.pointer.isEmpty ? "/" : $0.pointer) \($0.message)" }
            )
        }
    }

    /// A path that the file names, from the file's own directory unless it begins at the root.
    func path(_ named: String) -> String {
        if named.hasPrefix("/") { return named }
        guard let slash = path.lastIndex(of: "/") else { return named }
        return path[...slash] + named
    }

    /// The text of a file that is named under a key.
    func text(_ key: String, in reader: ObjectReader) -> String? {
        guard let named = reader.requiredString(key, length: 1...1_000) else { return nil }
        return contents(of: named, key, in: reader)
    }

    func contents(of named: String, _ key: String, in reader: ObjectReader) -> String? {
        let path = path(named)
        guard let bytes = NamedFile.contents(atPath: path) else {
            reader.report(.rule, key, "names \(path), which cannot be read")
            return nil
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A certificate with its key, and the authorities that are trusted: each named, there, and of one another.
    func tlsFiles(_ reader: ObjectReader, for use: NamedParts.Identity.Use) -> TLSFiles? {
        let keys = ["certificate", "key", "authorities"]
        let paths = keys.compactMap { key -> String? in
            guard text(key, in: reader) != nil else { return nil }
            return reader.value(key)?.string.map(path)
        }
        guard paths.count == keys.count else { return nil }
        let files = TLSFiles(certificate: paths[0], key: paths[1], authorities: paths[2])
        let places = IdentityCheck.Places(below: reader.pointer)
        let unusable = IdentityCheck(files, for: .client, at: places).unusable
        for finding in unusable {
            reader.problems.report(.rule, at: finding.place, "names a file that cannot be used: \(finding.seen)")
        }
        parts.secrets.append(.init(path: files.key, what: "a private key", place: "\(reader.pointer)/key"))
        guard unusable.isEmpty else { return nil }
        parts.identities.append(.init(files: files, use: use, place: reader.pointer))
        do {
            _ = try ReloadableTLS(files)
            return files
        } catch {
            reader.problems.report(.rule, at: reader.pointer, "holds no certificate, key and authorities: \(error)")
            return nil
        }
    }

    /// A secret, from the environment or from a file of its own: never in the configuration itself.
    func secret(_ reader: ObjectReader) -> String? {
        let variable = reader.optionalString("secretVariable", length: 1...200)
        let file = reader.optionalString("secretFile", length: 1...1_000)
        switch (variable, file) {
        case (let variable?, nil):
            guard let secret = environment[variable], !secret.isEmpty else {
                reader.report(.rule, "secretVariable", "names \(variable), which the environment does not have")
                return nil
            }
            return secret
        case (nil, let file?):
            let place = reader.pointer(to: "secretFile")
            parts.secrets.append(.init(path: path(file), what: "a secret", place: place))
            return contents(of: file, "secretFile", in: reader)?.trimmingLineEnds
        case (nil, nil), (_?, _?):
            reader.report(.rule, "secretVariable", "or secretFile must say where the secret is, one of them")
            return nil
        }
    }
}

extension String {
    fileprivate var trimmingLineEnds: String {
        var text = self
        while let last = text.last, last.isNewline { text.removeLast() }
        return text
    }
}
