import Foundation
import Testing

/// A message of the contract, byte for byte, in `Golden/`, and which definition of the schema it is.
///
/// `PATCHBAY_GOLDEN=write swift test --filter InstallationGolden` writes the files anew.
struct InstallationGoldenFile: Sendable, CustomTestStringConvertible {
    let name: String
    let definition: String

    var testDescription: String { name }

    static let directory = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/Golden"
    private static let isWriting = ProcessInfo.processInfo.environment["PATCHBAY_GOLDEN"] == "write"

    private var path: String { "\(Self.directory)/\(name).json" }
    var bytes: [UInt8] { FileManager.default.contents(atPath: path).map { Array($0) } ?? [] }
    var text: String { String(decoding: bytes, as: UTF8.self) }

    func expected(seen: String) throws -> String {
        if Self.isWriting { try seen.write(toFile: path, atomically: true, encoding: .utf8) }
        return text
    }

    static let all: [InstallationGoldenFile] =
        [
            ("notifyJob-engineer-assigned", "notifyJobRequest"), ("notifyJob-en-route", "notifyJobRequest"),
            ("notifyJob-on-site", "notifyJobRequest"), ("notifyJob-ont-scanned", "notifyJobRequest"),
            ("notifyJob-progress", "notifyJobRequest"), ("closeJob", "closeJobRequest"),
            ("closeJob-secondary", "closeJobRequest"), ("closeJob-nobody-came", "closeJobRequest"),
            ("createJob", "createJobMessage"), ("createJob-full", "createJobMessage"),
            ("cancelJob", "cancelJobMessage"), ("cancelJob-unanswered", "cancelJobMessage"),
        ].map { InstallationGoldenFile(name: $0.0, definition: $0.1) }
        + (1...7).map { InstallationGoldenFile(name: "notifyJob-result-\($0)", definition: "notifyJobMessage") }
        + [
            "taken", "taken-jsonrpc", "parse-error", "duplicate-key", "invalid-request", "unknown-method",
            "invalid-params", "unknown-ref", "illegal-transition", "closure-code", "id-used", "too-large", "forbidden",
            "unauthorised",
        ].map { InstallationGoldenFile(name: "answer-\($0)", definition: "operatorAnswer") }
        + ["taken", "providerJobId", "refused"].map {
            InstallationGoldenFile(name: "partner-\($0)", definition: "partnerAnswer")
        }
}
